from django.urls import path

from . import views

app_name = "mailing"
urlpatterns = [
    path("bureau/envois/", views.message_list, name="message_list"),
    path("bureau/envois/<int:pk>/relancer/", views.retry_message, name="retry_message"),
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<int:number>/", views.mail, name="mail"),
    path("mailbox/<int:number>/html/", views.mail_as_designed, name="mail_as_designed"),
]
