from django.urls import path

from .views import contributions, desk, public

app_name = "needs"
urlpatterns = [
    path("besoins/", public.needs, name="need_list"),
    path("besoins/besoins.csv", public.needs_csv, name="needs_csv"),
    path("besoins/<slug:slug>/", public.need, name="need"),
    path("bureau/contributions/", contributions.contributions, name="desk_contributions"),
    path("bureau/contributions/nouvelle/", contributions.note, name="note_contribution"),
    path("bureau/contributions/contributions.csv", contributions.contributions_csv, name="contributions_csv"),
    path("bureau/contributions/avec-contacts.csv", contributions.contacts_csv, name="contacts_csv"),
    path("bureau/contributions/<int:pk>/", contributions.contribution, name="desk_contribution"),
    path("bureau/contributions/<int:pk>/besoin/", contributions.attach, name="attach_contribution"),
    path("bureau/contributions/<int:pk>/nouveau-besoin/", contributions.found, name="found_need"),
    path("bureau/contributions/<int:pk>/etat/", contributions.settle, name="settle_contribution"),
    path("bureau/besoins/", desk.needs, name="desk_needs"),
    path("bureau/besoins/nouveau/", desk.record, name="record"),
    path("bureau/besoins/<slug:slug>/", desk.revise, name="desk_need"),
    path("bureau/besoins/<slug:slug>/etat/", desk.move, name="move_need"),
    path("bureau/besoins/<slug:slug>/auteurs/", desk.add_author, name="add_author"),
    path("bureau/besoins/<slug:slug>/auteurs/<int:pk>/retirer/", desk.remove_author, name="remove_author"),
    path("bureau/besoins/<slug:slug>/chiffres/", desk.add_evidence, name="add_evidence"),
    path(
        "bureau/besoins/<slug:slug>/chiffres/<int:pk>/retirer/", desk.remove_evidence, name="remove_evidence"
    ),
]
