from django.urls import path

from .views import check_in, participants, personal, questions, registrations, tickets

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
]
