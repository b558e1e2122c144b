"""Every page of the site, by whom it is looked at; the list is held against the addresses by a test."""

from dataclasses import dataclass

TERRITORY = "couronne-sud-2011"


@dataclass(frozen=True)
class Stop:
    """A page: the name of its address, where it is (or the page and the link that lead to it), and who opens it."""

    name: str
    address: str
    link: str = ""
    who: str = ""

    @property
    def file(self) -> str:
        return self.name.replace(":", "-") + (f"-{self.who}" if self.who else "")


PUBLIC = (
    Stop("portal:home", "/"),
    Stop("portal:search", "/recherche/?q=seclin"),
    Stop("portal:about", "/a-propos/"),
    Stop("portal:open_data", "/donnees-ouvertes/"),
    Stop("portal:accessibility", "/accessibilite/"),
    Stop("portal:privacy", "/donnees-personnelles/"),
    Stop("portal:legal", "/mentions-legales/"),
    Stop("api:openapi-view", "/api/docs"),
    Stop("programmes:programme_list", "/programmes/"),
    Stop("programmes:programme", "/programmes/creation-solidaire/"),
    Stop("programmes:rotation", "/programmes/creation-solidaire/rotation/"),
    Stop("programmes:edition", "/editions/couronne-sud-2011/"),
    Stop("territories:territory_list", "/territoires/"),
    Stop("territories:territory", f"/territoires/{TERRITORY}/"),
    Stop("territories:commune", "/communes/59560/"),
    Stop("diagnosis:territory", f"/territoires/{TERRITORY}/diagnostic/"),
    Stop("diagnosis:territory_establishments", f"/territoires/{TERRITORY}/diagnostic/etablissements/"),
    Stop("diagnosis:ad_hoc", "/diagnostic/?communes=59560,59437"),
    Stop("diagnosis:ad_hoc_establishments", "/diagnostic/etablissements/?communes=59560,59437"),
    Stop("diagnosis:territory_comparables", f"/territoires/{TERRITORY}/diagnostic/comparables/"),
    Stop("diagnosis:ad_hoc_comparables", "/diagnostic/comparables/?communes=59560&sans=59152&avec=59350"),
    Stop("diagnosis:territory_thin", f"/territoires/{TERRITORY}/diagnostic/manques/"),
    Stop("diagnosis:ad_hoc_thin", "/diagnostic/manques/?communes=59560,59437&liste=employeurs"),
    Stop("diagnosis:territory_changes", f"/territoires/{TERRITORY}/diagnostic/evolution/"),
    Stop("diagnosis:ad_hoc_changes", "/diagnostic/evolution/?communes=59560,59437"),
    Stop("diagnosis:compare", "/diagnostic/comparer/?t=couronne-sud-2011&t=weppes-2011"),
    Stop("gatherings:gathering_list", "/rencontres/"),
    Stop("gatherings:calendar", "/rencontres/calendrier/?mois=2011-11"),
    Stop("gatherings:gathering", "/rencontres/", link="main h3 a[href^='/rencontres/']"),
    Stop("gatherings:programme", "/rencontres/forum-faire-ensemble/programme/"),
    Stop("gatherings:volunteers", "/rencontres/forum-faire-ensemble/benevoles/"),
    Stop("places:register", "/rencontres/visite-de-l-atelier-velo/", link="main a[href^='/s-inscrire/']"),
    Stop("places:erased", "/donnees-effacees/"),
    Stop("places:ticket", "/e/un-billet"),
    Stop("needs:need_list", "/besoins/"),
    Stop("needs:need", "/besoins/", link="main a[href^='/besoins/']"),
    Stop("reports:report_list", "/diagnostics/"),
    Stop("reports:report", "/diagnostics/couronne-sud-2011/"),
    Stop("reports:publication", "/diagnostics/couronne-sud-2011/v1/"),
    Stop("reports:compare", "/diagnostics/couronne-sud-2011/comparer/?a=1&b=2"),
    Stop("network:organisation_list", "/annuaire/"),
    Stop("network:organisation", "/annuaire/", link="main a[href^='/annuaire/']"),
    Stop("account_login", "/compte/connexion/"),
    Stop("account_signup", "/compte/inscription/"),
    Stop("account_inactive", "/compte/inactif/"),
    Stop("foundation:components", "/composants/"),
    Stop("mailing:mailbox", "/mailbox/"),
)
COORDINATION, ADMIN, MEMBER = "coordination", "admin", "association"
STAFF = (
    Stop("portal:desk", "/bureau/", who=COORDINATION),
    Stop("portal:desk", "/bureau/", who="conseil"),
    Stop("portal:desk", "/bureau/", who="elue"),
    Stop("portal:desk", "/bureau/", who="financeur"),
    Stop("portal:desk", "/bureau/", who=MEMBER),
    Stop("portal:desk", "/bureau/", who=ADMIN),
    Stop("programmes:desk_editions", "/bureau/editions/", who=COORDINATION),
    Stop("programmes:desk_edition", "/bureau/editions/couronne-sud-2011/", who=COORDINATION),
    Stop("programmes:desk_programme", "/bureau/programmes/creation-solidaire/", who=COORDINATION),
    Stop(
        "programmes:plan_edition", "/bureau/programmes/creation-solidaire/nouvelle-edition/", who=COORDINATION
    ),
    Stop("programmes:desk_people", "/bureau/personnes/", who=COORDINATION),
    Stop("territories:manage", "/bureau/territoires/", who=COORDINATION),
    Stop("territories:define", "/bureau/territoires/nouveau/", who=COORDINATION),
    Stop(
        "territories:revise",
        "/bureau/territoires/",
        link="main a[href^='/bureau/territoires/']",
        who=COORDINATION,
    ),
    Stop("gatherings:desk_gatherings", "/bureau/rencontres/", who=COORDINATION),
    Stop("gatherings:plan", "/bureau/rencontres/nouvelle/", who=COORDINATION),
    Stop(
        "gatherings:desk_gathering",
        "/bureau/rencontres/",
        link="main h3 a[href^='/bureau/rencontres/']",
        who=COORDINATION,
    ),
    Stop("gatherings:desk_workshops", "/bureau/rencontres/forum-faire-ensemble/programme/", who=COORDINATION),
    Stop(
        "gatherings:desk_workshop",
        "/bureau/rencontres/forum-faire-ensemble/programme/",
        link="main table a[href*='/programme/']",
        who=COORDINATION,
    ),
    Stop("gatherings:desk_wishes", "/bureau/rencontres/forum-faire-ensemble/voeux/", who=COORDINATION),
    Stop("gatherings:desk_shifts", "/bureau/rencontres/forum-faire-ensemble/benevoles/", who=COORDINATION),
    Stop("gatherings:harvest", "/bureau/rencontres/soiree-reparer/recolte/", who=COORDINATION),
    Stop(
        "gatherings:say",
        "/bureau/rencontres/soiree-reparer/recolte/",
        link="main .say-address a[href*='/dire/']",
        who=COORDINATION,
    ),
    Stop("gatherings:series", "/bureau/rencontres/soiree-reparer/serie/", who=COORDINATION),
    Stop(
        "gatherings:move",
        "/bureau/rencontres/garder-les-enfants-aux-heures-decalees/deplacer/",
        who=COORDINATION,
    ),
    Stop("places:announcements", "/bureau/inscriptions/8/mails/", who=COORDINATION),
    Stop("places:announcement", "/bureau/inscriptions/8/mails/reminder-day/", who=COORDINATION),
    Stop("places:my_calendar", "/mon-agenda/", who=MEMBER),
    Stop("places:check_in", "/bureau/inscriptions/1/accueil/", who=COORDINATION),
    Stop("places:occasion_date", "/bureau/inscriptions/8/date/", who=COORDINATION),
    Stop("places:occasion_access", "/bureau/inscriptions/8/accessibilite/", who=COORDINATION),
    Stop("places:venues", "/bureau/lieux/", who=COORDINATION),
    Stop("places:open_venue", "/bureau/lieux/nouveau/", who=COORDINATION),
    Stop("places:venue", "/bureau/lieux/1/", who=COORDINATION),
    Stop("places:calendars", "/bureau/lieux/calendriers/", who=COORDINATION),
    Stop("places:participants", "/bureau/inscriptions/7/", who=COORDINATION),
    Stop("places:add_participant", "/bureau/inscriptions/7/ajouter/", who=COORDINATION),
    Stop("places:waiting_list", "/bureau/inscriptions/7/attente/", who=COORDINATION),
    Stop("places:questions", "/bureau/inscriptions/8/questions/", who=COORDINATION),
    Stop(
        "places:question",
        "/bureau/inscriptions/8/questions/",
        link="main .card a[href*='/questions/']",
        who=COORDINATION,
    ),
    Stop("gatherings:survey_results", "/bureau/rencontres/soiree-reparer/avis/", who=COORDINATION),
    Stop("needs:desk_needs", "/bureau/besoins/", who="conseil"),
    Stop("needs:record", "/bureau/besoins/nouveau/", who="conseil"),
    Stop(
        "needs:desk_need",
        "/bureau/besoins/",
        link="main a[href^='/bureau/besoins/']:not([href$='/nouveau/'])",
        who="conseil",
    ),
    Stop("needs:desk_contributions", "/bureau/contributions/", who=COORDINATION),
    Stop("needs:note_contribution", "/bureau/contributions/nouvelle/", who=COORDINATION),
    Stop(
        "needs:desk_contribution",
        "/bureau/contributions/",
        link="main table a[href^='/bureau/contributions/']",
        who=COORDINATION,
    ),
    Stop("reports:desk_reports", "/bureau/diagnostics/", who="conseil"),
    Stop("reports:open", "/bureau/diagnostics/nouveau/", who=COORDINATION),
    Stop("reports:desk_report", "/bureau/diagnostics/couronne-sud-2011/", who=COORDINATION),
    Stop("reports:settings", "/bureau/diagnostics/couronne-sud-2011/reglages/", who=COORDINATION),
    Stop("reports:proofread", "/bureau/diagnostics/couronne-sud-2011/relire/", who=COORDINATION),
    Stop(
        "reports:section",
        "/bureau/diagnostics/couronne-sud-2011/",
        link="main .parts h3 a",
        who=COORDINATION,
    ),
    Stop(
        "reports:history",
        "/bureau/diagnostics/couronne-sud-2011/",
        link="main a[href$='/historique/']",
        who=COORDINATION,
    ),
    Stop("network:desk_organisations", "/bureau/annuaire/", who="conseil"),
    Stop("network:register", "/bureau/annuaire/nouvelle-organisation/", who="conseil"),
    Stop(
        "network:desk_organisation",
        "/bureau/annuaire/",
        link="main table a[href^='/bureau/annuaire/']",
        who="conseil",
    ),
    Stop("network:duplicates", "/bureau/annuaire/doublons/", who="conseil"),
    Stop("network:merge", "/bureau/annuaire/doublons/", link="main a.button", who="conseil"),
    Stop("network:own_organisations", "/mon-organisation/", who=COORDINATION),
    Stop("network:own_organisation", "/mon-organisation/", who=MEMBER),
    Stop(
        "diagnosis:territory_raise_need",
        f"/territoires/{TERRITORY}/diagnostic/manques/besoin/?type=A504",
        who=COORDINATION,
    ),
    Stop("diagnosis:mobilisation_list", "/bureau/mobilisation/", who=COORDINATION),
    Stop("diagnosis:mobilisation", "/bureau/mobilisation/", link="main table a", who=COORDINATION),
    Stop("diagnosis:mobilise", f"/bureau/mobilisation/nouvelle/{TERRITORY}/", who=COORDINATION),
    Stop("diagnosis:import_list", "/bureau/imports/", who=COORDINATION),
    Stop("diagnosis:own_indicators", "/bureau/indicateurs/", who=COORDINATION),
    Stop("diagnosis:own_indicator", "/bureau/indicateurs/", link="main table a", who=COORDINATION),
    Stop("diagnosis:import", "/bureau/imports/", link="main a[href^='/bureau/imports/']", who=COORDINATION),
    Stop("mailing:message_list", "/bureau/envois/", who=COORDINATION),
    Stop("journal:entry_list", "/bureau/journal/", who=COORDINATION),
    Stop("jobs:job_list", "/bureau/taches/", who=ADMIN),
    Stop("mailing:mail", "/mailbox/", link="main a[href^='/mailbox/']", who=ADMIN),
    Stop("accounts:account_list", "/bureau/comptes/", who=ADMIN),
    Stop("accounts:account", "/compte/", who=MEMBER),
    Stop("accounts:erase", "/compte/supprimer/", who=MEMBER),
    Stop("account_email", "/compte/adresse/", who=MEMBER),
    Stop("account_logout", "/compte/deconnexion/", who=MEMBER),
    Stop("mfa_index", "/compte/securite/", who=MEMBER),
    Stop("mfa_activate_totp", "/compte/securite/application/activer/", who=MEMBER),
    Stop("mfa_list_webauthn", "/compte/securite/cles/", who=MEMBER),
    Stop("mfa_add_webauthn", "/compte/securite/cles/ajouter/", who=MEMBER),
)
# Files, data for programs, and addresses that only change something or only lead elsewhere.
WITHOUT_A_PAGE = """
gatherings:gatherings_csv gatherings:agenda gatherings:gathering_agenda gatherings:atom gatherings:bring
gatherings:leave_out api:list_gatherings api:one_gathering
portal:api_root portal:robots portal:sitemap portal:favicon foundation:set_language api:openapi-json
api:api-root api:list_communes api:one_commune api:one_commune_geojson api:list_territories
api:one_territory api:territory_communes api:territory_geojson api:list_indicators api:list_datasets
api:figures api:figures_as_csv api:list_establishments api:list_organisations api:one_organisation
api:search_pages diagnosis:territory_file diagnosis:ad_hoc_file diagnosis:territory_thin_file
diagnosis:ad_hoc_thin_file diagnosis:compare_file diagnosis:stop_import diagnosis:own_values
diagnosis:bring_own_values diagnosis:remove_own_indicator diagnosis:remove_own_year reports:invite
reports:remove_drafter reports:add_section reports:preview reports:change_section reports:advance
reports:publication_file reports:territory_file reports:ad_hoc_file territories:communes_csv
territories:territories_csv programmes:rotation_csv network:directory_csv territories:remove
network:give_mandate network:end_mandate network:tell_apart network:undo_merge diagnosis:export_invitations
network:verify network:verify_own needs:needs_csv needs:move_need needs:add_author needs:remove_author
needs:add_evidence needs:remove_evidence needs:contributions_csv needs:contacts_csv needs:attach_contribution
needs:found_need needs:settle_contribution gatherings:say_sheet api:list_needs api:one_need programmes:change_state
programmes:end_membership mailing:retry_message mailing:mail_as_designed jobs:retry_job accounts:export
places:cancel_registration places:add_bookings places:cancel_booking places:answer_offer
places:registration_calendar places:resize_slot places:refuse_registration places:let_in
places:announcement_as_designed places:send_announcement places:hold_back_announcement places:own_calendar
places:check_in_list places:receive_check_ins places:check_in_worker places:attendance places:close_attendance
places:date_alerts places:take_up_alert places:remove_venue places:remove_calendar places:add_election
places:remove_election
places:attendance_sheet places:personal_file places:move_question places:remove_question places:participants_file
accounts:deactivate accounts:reactivate mfa_download_recovery_codes mfa_login_webauthn
gatherings:programme_pdf gatherings:rooms_pdf gatherings:add_strand gatherings:revise_strand
gatherings:raise_strand gatherings:remove_strand gatherings:remove_workshop gatherings:revise_shift
gatherings:remove_shift gatherings:ask_for_wishes
"""
# Steps of a dialogue: they have a page only for whoever is in the middle of it. The code is walked through at sign-in.
MID_DIALOGUE = """
places:registration places:change_registration places:personal_data places:erase_registration
gatherings:survey gatherings:survey_thanks
gatherings:said
account_request_login_code account_confirm_login_code account_email_verification_sent account_reauthenticate
mfa_authenticate mfa_reauthenticate mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes
mfa_reauthenticate_webauthn mfa_edit_webauthn mfa_remove_webauthn
"""
