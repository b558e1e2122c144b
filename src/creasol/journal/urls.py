from django.urls import path

from . import views

app_name = "journal"
urlpatterns = [path("bureau/journal/", views.entry_list, name="entry_list")]
