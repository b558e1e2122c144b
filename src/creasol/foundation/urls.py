app_name = "foundation"
urlpatterns = []
