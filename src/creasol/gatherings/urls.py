from django.urls import path

from .views import desk, desk_forum, feeds, forum, harvest, public, survey

app_name = "gatherings"
urlpatterns = [
    # gatherings
    path("rencontres/", public.gatherings, name="gathering_list"),
    path("rencontres/rencontres.csv", public.gatherings_csv, name="gatherings_csv"),
    path("rencontres/calendrier/", public.calendar, name="calendar"),
    path("rencontres/agenda.ics", feeds.agenda, name="agenda"),
    path("rencontres/agenda.atom", feeds.atom, name="atom"),
    path("rencontres/<slug:slug>/", public.gathering, name="gathering"),
    path("rencontres/<slug:slug>/agenda.ics", feeds.gathering_agenda, name="gathering_agenda"),
    path("bureau/rencontres/", desk.gatherings, name="desk_gatherings"),
    path("bureau/rencontres/nouvelle/", desk.plan, name="plan"),
    path("bureau/rencontres/<slug:slug>/", desk.gathering, name="desk_gathering"),
    path("bureau/rencontres/<slug:slug>/deplacer/", desk.move, name="move"),
    path("bureau/rencontres/<slug:slug>/etat/", desk.bring, name="bring"),
    path("bureau/rencontres/<slug:slug>/serie/", desk.repeat, name="series"),
    path("bureau/rencontres/<slug:slug>/serie/laisser/", desk.leave_out, name="leave_out"),
    # forum
    path("rencontres/<slug:slug>/programme/", forum.programme, name="programme"),
    path("rencontres/<slug:slug>/programme.pdf", forum.programme_pdf, name="programme_pdf"),
    path("rencontres/<slug:slug>/benevoles/", forum.volunteers, name="volunteers"),
    path("bureau/rencontres/<slug:slug>/programme/", desk_forum.workshops, name="desk_workshops"),
    path("bureau/rencontres/<slug:slug>/programme/salles.pdf", desk_forum.rooms_pdf, name="rooms_pdf"),
    path("bureau/rencontres/<slug:slug>/programme/axes/", desk_forum.add_strand, name="add_strand"),
    path(
        "bureau/rencontres/<slug:slug>/programme/axes/<int:pk>/",
        desk_forum.revise_strand,
        name="revise_strand",
    ),
    path(
        "bureau/rencontres/<slug:slug>/programme/axes/<int:pk>/monter/",
        desk_forum.raise_strand,
        name="raise_strand",
    ),
    path(
        "bureau/rencontres/<slug:slug>/programme/axes/<int:pk>/retirer/",
        desk_forum.remove_strand,
        name="remove_strand",
    ),
    path("bureau/rencontres/<slug:slug>/programme/<int:pk>/", desk_forum.workshop, name="desk_workshop"),
    path(
        "bureau/rencontres/<slug:slug>/programme/<int:pk>/retirer/",
        desk_forum.remove_workshop,
        name="remove_workshop",
    ),
    path("bureau/rencontres/<slug:slug>/voeux/", desk_forum.wishes, name="desk_wishes"),
    path("bureau/rencontres/<slug:slug>/voeux/delai/", desk_forum.ask_for_wishes, name="ask_for_wishes"),
    path("bureau/rencontres/<slug:slug>/benevoles/", desk_forum.shifts, name="desk_shifts"),
    path("bureau/rencontres/<slug:slug>/benevoles/<int:pk>/", desk_forum.revise_shift, name="revise_shift"),
    path(
        "bureau/rencontres/<slug:slug>/benevoles/<int:pk>/retirer/",
        desk_forum.remove_shift,
        name="remove_shift",
    ),
    # contributions
    path("rencontres/<slug:slug>/dire/<str:key>/", harvest.say, name="say"),
    path("rencontres/<slug:slug>/dire/<str:key>/merci/", harvest.said, name="said"),
    path("bureau/rencontres/<slug:slug>/recolte/", harvest.harvest, name="harvest"),
    path("bureau/rencontres/<slug:slug>/recolte/affiche.pdf", harvest.sheet, name="say_sheet"),
    # survey
    path("rencontres/<slug:slug>/avis/<str:code>/", survey.survey, name="survey"),
    path("rencontres/<slug:slug>/avis/<str:code>/merci/", survey.thanks, name="survey_thanks"),
    path("bureau/rencontres/<slug:slug>/avis/", survey.results, name="survey_results"),
]
