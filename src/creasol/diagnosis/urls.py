from django.urls import path

from .views import changes, comparables, comparison, files, imports, mobilisation, own, pages, thin

app_name = "diagnosis"

NAMED, CHOSEN = "territoires/<slug:slug>/diagnostic/", "diagnostic/"

urlpatterns = [
    path(NAMED, pages.diagnosis, name="territory"),
    path(f"{NAMED}etablissements/", pages.establishments, name="territory_establishments"),
    path(f"{NAMED}comparables/", comparables.comparables, name="territory_comparables"),
    path(f"{NAMED}evolution/", changes.changes, name="territory_changes"),
    path(f"{NAMED}manques/", thin.thin, name="territory_thin"),
    path(f"{NAMED}manques/besoin/", thin.raise_a_need, name="territory_raise_need"),
    path(f"{NAMED}manques.csv", thin.thin_csv, name="territory_thin_file"),
    path(f"{NAMED}<str:name>.<str:suffix>", files.download, name="territory_file"),
    path(CHOSEN, pages.diagnosis, name="ad_hoc"),
    path(f"{CHOSEN}etablissements/", pages.establishments, name="ad_hoc_establishments"),
    path(f"{CHOSEN}comparables/", comparables.comparables, name="ad_hoc_comparables"),
    path(f"{CHOSEN}manques/", thin.thin, name="ad_hoc_thin"),
    path(f"{CHOSEN}manques.csv", thin.thin_csv, name="ad_hoc_thin_file"),
    path(f"{CHOSEN}comparer/", comparison.compare, name="compare"),
    path(f"{CHOSEN}comparer/comparaison.csv", comparison.compare_csv, name="compare_file"),
    path(f"{CHOSEN}evolution/", changes.changes, name="ad_hoc_changes"),
    path(f"{CHOSEN}<str:name>.<str:suffix>", files.download, name="ad_hoc_file"),
    path(f"{CHOSEN}indicateurs/<slug:key>.csv", own.own_values, name="own_values"),
    path("bureau/indicateurs/", own.indicators, name="own_indicators"),
    path("bureau/indicateurs/<slug:key>/", own.indicator, name="own_indicator"),
    path("bureau/indicateurs/<slug:key>/table/", own.bring, name="bring_own_values"),
    path("bureau/indicateurs/<slug:key>/retirer/", own.remove, name="remove_own_indicator"),
    path("bureau/indicateurs/<slug:key>/<int:year>/retirer/", own.remove_year, name="remove_own_year"),
    path("bureau/mobilisation/", mobilisation.mobilisation_list, name="mobilisation_list"),
    path("bureau/mobilisation/nouvelle/<slug:slug>/", mobilisation.mobilise, name="mobilise"),
    path("bureau/mobilisation/<int:pk>/", mobilisation.mobilisation, name="mobilisation"),
    path(
        "bureau/mobilisation/<int:pk>/exporter/", mobilisation.export_invitations, name="export_invitations"
    ),
    path("bureau/imports/", imports.import_list, name="import_list"),
    path("bureau/imports/<int:pk>/", imports.import_detail, name="import"),
    path("bureau/imports/<int:pk>/arreter/", imports.stop, name="stop_import"),
]
