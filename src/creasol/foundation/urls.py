from django.conf import settings
from django.urls import path

from . import views

app_name = "foundation"
urlpatterns = [path("langue/", views.set_language, name="set_language")]
if not settings.PRODUCTION:
    urlpatterns.append(path("composants/", views.components, name="components"))
