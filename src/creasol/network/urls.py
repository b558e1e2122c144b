from django.urls import path

from .views import desk, duplicates, members, public

app_name = "network"
urlpatterns = [
    path("annuaire/", public.organisation_list, name="organisation_list"),
    path("annuaire/annuaire.csv", public.directory_csv, name="directory_csv"),
    path("annuaire/<slug:slug>/", public.organisation, name="organisation"),
    path("mon-organisation/", members.own_organisations, name="own_organisations"),
    path("mon-organisation/<slug:slug>/", members.own_organisation, name="own_organisation"),
    path("mon-organisation/<slug:slug>/verifier/", members.verify, name="verify_own"),
    path("bureau/annuaire/", desk.organisations, name="desk_organisations"),
    path("bureau/annuaire/nouvelle-organisation/", desk.register, name="register"),
    path("bureau/annuaire/doublons/", duplicates.duplicates, name="duplicates"),
    path("bureau/annuaire/doublons/<int:one>/<int:other>/", duplicates.merge, name="merge"),
    path(
        "bureau/annuaire/doublons/<int:one>/<int:other>/distinguer/",
        duplicates.tell_apart,
        name="tell_apart",
    ),
    path("bureau/annuaire/fusions/<int:pk>/defaire/", duplicates.undo, name="undo_merge"),
    path("bureau/annuaire/<slug:slug>/verifier/", desk.verify, name="verify"),
    path("bureau/annuaire/<slug:slug>/", desk.revise, name="desk_organisation"),
    path("bureau/annuaire/<slug:slug>/mandats/", desk.give, name="give_mandate"),
    path("bureau/annuaire/mandats/<int:pk>/fin/", desk.end, name="end_mandate"),
]
