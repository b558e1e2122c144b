from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("bureau/taches/", views.job_list, name="job_list"),
    path("bureau/taches/<uuid:pk>/relancer/", views.retry_job, name="retry_job"),
]
