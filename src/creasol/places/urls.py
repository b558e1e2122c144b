from django.urls import path

from .views import (
    announcements,
    calendars,
    check_in,
    dates,
    own_calendar,
    participants,
    personal,
    questions,
    registrations,
    tickets,
    venues,
)

app_name = "places"
urlpatterns = [
    # registrations
    path("s-inscrire/<int:pk>/", registrations.register, name="register"),
    path("inscription/<str:code>/", registrations.registration, name="registration"),
    path("inscription/<str:code>/modifier/", registrations.change, name="change_registration"),
    path("inscription/<str:code>/annuler/", registrations.cancel, name="cancel_registration"),
    path("inscription/<str:code>/ajouter/", registrations.add, name="add_bookings"),
    path("inscription/<str:code>/<int:pk>/annuler/", registrations.cancel_booking, name="cancel_booking"),
    path("inscription/<str:code>/offre/<int:pk>/", registrations.answer_offer, name="answer_offer"),
    path("inscription/<str:code>/agenda.ics", registrations.calendar, name="registration_calendar"),
    path("bureau/inscriptions/<int:pk>/", participants.participants, name="participants"),
    path("bureau/inscriptions/<int:pk>/ajouter/", participants.add, name="add_participant"),
    path("bureau/inscriptions/<int:pk>/attente/", participants.waiting_list, name="waiting_list"),
    path("bureau/inscriptions/<int:pk>/places/<int:slot>/", participants.resize, name="resize_slot"),
    path(
        "bureau/inscriptions/<int:pk>/inscription/<int:registration>/refuser/",
        participants.refuse,
        name="refuse_registration",
    ),
    path("bureau/inscriptions/<int:pk>/reservation/<int:booking>/", participants.let_in, name="let_in"),
    # check-in
    path("e/<str:token>", tickets.ticket, name="ticket"),
    path("bureau/inscriptions/<int:pk>/accueil/", check_in.screen, name="check_in"),
    path("bureau/inscriptions/<int:pk>/accueil/liste.json", check_in.people, name="check_in_list"),
    path("bureau/inscriptions/<int:pk>/accueil/envoi/", check_in.receive, name="receive_check_ins"),
    path("bureau/inscriptions/<int:pk>/accueil/hors-ligne.js", check_in.worker, name="check_in_worker"),
    path("bureau/inscriptions/<int:pk>/accueil/compte/", check_in.counts, name="attendance"),
    path("bureau/inscriptions/<int:pk>/accueil/cloture/", check_in.close, name="close_attendance"),
    path("bureau/inscriptions/<int:pk>/emargement.pdf", check_in.sheet, name="attendance_sheet"),
    # mails to those registered
    path("bureau/inscriptions/<int:pk>/mails/", announcements.announcements, name="announcements"),
    path("bureau/inscriptions/<int:pk>/mails/<str:kind>/", announcements.announcement, name="announcement"),
    path(
        "bureau/inscriptions/<int:pk>/mails/<str:kind>/apercu-<str:language>/",
        announcements.as_designed,
        name="announcement_as_designed",
    ),
    path(
        "bureau/inscriptions/<int:pk>/mails/<str:kind>/envoyer/", announcements.send, name="send_announcement"
    ),
    path(
        "bureau/inscriptions/<int:pk>/mails/<str:kind>/retenir/",
        announcements.hold_back,
        name="hold_back_announcement",
    ),
    # questions and personal data
    path("inscription/<str:code>/mes-donnees/", personal.personal_data, name="personal_data"),
    path("inscription/<str:code>/mes-donnees.json", personal.personal_file, name="personal_file"),
    path("inscription/<str:code>/effacer/", personal.erase, name="erase_registration"),
    path("donnees-effacees/", personal.erased, name="erased"),
    path("bureau/inscriptions/<int:pk>/questions/", questions.questions, name="questions"),
    path(
        "bureau/inscriptions/<int:pk>/questions/<int:question>/", questions.revise_question, name="question"
    ),
    path(
        "bureau/inscriptions/<int:pk>/questions/<int:question>/deplacer/",
        questions.move_question,
        name="move_question",
    ),
    path(
        "bureau/inscriptions/<int:pk>/questions/<int:question>/retirer/",
        questions.remove_question,
        name="remove_question",
    ),
    path(
        "bureau/inscriptions/<int:pk>/participants.csv", questions.participants_file, name="participants_file"
    ),
    # dates, venues, calendars
    path("bureau/dates/alertes/", dates.date_alerts, name="date_alerts"),
    path("bureau/inscriptions/<int:pk>/date/", dates.occasion_date, name="occasion_date"),
    path(
        "bureau/inscriptions/<int:pk>/date/<int:dismissal>/reprendre/",
        dates.take_up_alert,
        name="take_up_alert",
    ),
    path("bureau/inscriptions/<int:pk>/accessibilite/", venues.occasion_access, name="occasion_access"),
    path("bureau/lieux/", venues.venues, name="venues"),
    path("bureau/lieux/nouveau/", venues.open_venue, name="open_venue"),
    path("bureau/lieux/<int:pk>/", venues.venue, name="venue"),
    path("bureau/lieux/<int:pk>/retirer/", venues.remove_venue, name="remove_venue"),
    path("bureau/lieux/calendriers/", calendars.calendars, name="calendars"),
    path("bureau/lieux/calendriers/<int:pk>/retirer/", calendars.remove_calendar, name="remove_calendar"),
    path("bureau/lieux/elections/", calendars.add_election, name="add_election"),
    path("bureau/lieux/elections/<int:pk>/retirer/", calendars.remove_election, name="remove_election"),
    path("mon-agenda/", own_calendar.my_calendar, name="my_calendar"),
    path("agenda/<str:key>.ics", own_calendar.own_calendar, name="own_calendar"),
]
