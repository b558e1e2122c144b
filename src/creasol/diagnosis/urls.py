from django.urls import path

from .views import comparison, files, pages

app_name = "diagnosis"

NAMED, CHOSEN = "territoires/<slug:slug>/diagnostic/", "diagnostic/"

urlpatterns = [
    path(NAMED, pages.diagnosis, name="territory"),
    path(f"{NAMED}etablissements/", pages.establishments, name="territory_establishments"),
    path(f"{NAMED}<str:name>.<str:suffix>", files.download, name="territory_file"),
    path(CHOSEN, pages.diagnosis, name="ad_hoc"),
    path(f"{CHOSEN}etablissements/", pages.establishments, name="ad_hoc_establishments"),
    path(f"{CHOSEN}comparer/", comparison.compare, name="compare"),
    path(f"{CHOSEN}comparer/comparaison.csv", comparison.compare_csv, name="compare_file"),
    path(f"{CHOSEN}<str:name>.<str:suffix>", files.download, name="ad_hoc_file"),
]
