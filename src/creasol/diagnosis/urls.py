from django.urls import path

from .views import comparables, comparison, files, imports, pages

app_name = "diagnosis"

NAMED, CHOSEN = "territoires/<slug:slug>/diagnostic/", "diagnostic/"

urlpatterns = [
    path(NAMED, pages.diagnosis, name="territory"),
    path(f"{NAMED}etablissements/", pages.establishments, name="territory_establishments"),
    path(f"{NAMED}comparables/", comparables.comparables, name="territory_comparables"),
    path(f"{NAMED}<str:name>.<str:suffix>", files.download, name="territory_file"),
    path(CHOSEN, pages.diagnosis, name="ad_hoc"),
    path(f"{CHOSEN}etablissements/", pages.establishments, name="ad_hoc_establishments"),
    path(f"{CHOSEN}comparables/", comparables.comparables, name="ad_hoc_comparables"),
    path(f"{CHOSEN}comparer/", comparison.compare, name="compare"),
    path(f"{CHOSEN}comparer/comparaison.csv", comparison.compare_csv, name="compare_file"),
    path(f"{CHOSEN}<str:name>.<str:suffix>", files.download, name="ad_hoc_file"),
    path("bureau/imports/", imports.import_list, name="import_list"),
    path("bureau/imports/<int:pk>/", imports.import_detail, name="import"),
    path("bureau/imports/<int:pk>/arreter/", imports.stop, name="stop_import"),
]
