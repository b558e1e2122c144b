from django.urls import path

from .views import public, staff

app_name = "territories"
urlpatterns = [
    path("territoires/", public.territory_list, name="territory_list"),
    path("territoires/liste.csv", public.territories_csv, name="territories_csv"),
    path("territoires/<slug:slug>/", public.territory, name="territory"),
    path("territoires/<slug:slug>/communes.csv", public.communes_csv, name="communes_csv"),
    path("communes/<str:code>/", public.commune, name="commune"),
    path("bureau/territoires/", staff.manage, name="manage"),
    path("bureau/territoires/nouveau/", staff.define, name="define"),
    path("bureau/territoires/<int:pk>/", staff.revise, name="revise"),
    path("bureau/territoires/<int:pk>/supprimer/", staff.remove, name="remove"),
]
