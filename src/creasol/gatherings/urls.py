from django.urls import path

app_name = "gatherings"
urlpatterns = [
    # gatherings
    # forum
    # contributions
    # survey
]
