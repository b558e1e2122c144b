from django.urls import path

app_name = "places"
urlpatterns = [
    # registrations
    # check-in
    # mails to those registered
    # questions and personal data
    # dates, venues, calendars
]
