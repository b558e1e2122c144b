from django.urls import path

from .views import desk, members, public

app_name = "network"
urlpatterns = [
    path("annuaire/", public.organisation_list, name="organisation_list"),
    path("annuaire/annuaire.csv", public.directory_csv, name="directory_csv"),
    path("annuaire/<slug:slug>/", public.organisation, name="organisation"),
    path("mon-organisation/", members.own_organisations, name="own_organisations"),
    path("mon-organisation/<slug:slug>/", members.own_organisation, name="own_organisation"),
    path("bureau/annuaire/", desk.organisations, name="desk_organisations"),
    path("bureau/annuaire/nouvelle-organisation/", desk.register, name="register"),
    path("bureau/annuaire/<slug:slug>/", desk.revise, name="desk_organisation"),
    path("bureau/annuaire/<slug:slug>/mandats/", desk.give, name="give_mandate"),
    path("bureau/annuaire/mandats/<int:pk>/fin/", desk.end, name="end_mandate"),
]
