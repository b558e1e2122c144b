import pytest
from django.conf import settings
from django.test import Client

from creasol.accounts.models import User
from creasol.accounts.tests.factories import make_user
from creasol.mailing.models import Message
from creasol.network.tests.factories import make_organisation
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership
from creasol.reports.actions.sections import write_section
from creasol.reports.models import Publication, Report, Section
from creasol.reports.outline import SectionDraft

from .conftest import MONDAY
from .factories import make_drafter, make_report, make_section

DESK = "/bureau/diagnostics/"


def signed_in(user):
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


@pytest.fixture
def staff(coordinator):
    return signed_in(coordinator)


@pytest.fixture
def drafter(report):
    return make_drafter(report=report).user


def part(report):
    return f"{DESK}{report.slug}/parties/{report.sections.first().pk}/"


def sent(report, **over):
    section = report.sections.first()
    values = {
        "title": section.title,
        "text": section.text,
        "indicators": section.indicators,
        "seen": section.edits,
    }
    return {**values, **over}


def test_a_diagnosis_is_opened_with_the_usual_parts(staff, couronne, edition):
    assert staff.get(f"{DESK}nouveau/?territoire={couronne.pk}").status_code == 200
    answer = staff.post(
        f"{DESK}nouveau/",
        {
            "territory": couronne.pk,
            "title": "Le Sud",
            "edition": edition.pk,
            "perimeter": "insee",
            "usual": "on",
        },
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{DESK}le-sud/")
    report = Report.objects.get()
    assert (report.territory, report.reference, report.edition) == (couronne, couronne.reference, edition)
    assert [section.title for section in report.sections.all()] == [
        "En bref",
        "Le territoire et ses habitants",
        "Son économie sociale et solidaire",
        "Ce qui manque ici",
        "Ce que nous proposons",
    ]


def test_a_part_is_written_with_figures_chosen_by_their_names(staff, report):
    page = staff.get(part(report)).content.decode()
    assert "Établissements employeurs de l’ESS" in page
    answer = staff.post(
        part(report), sent(report, text="Un texte.\r\n\r\nDeux.  ", indicators=["population"])
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{DESK}{report.slug}/")
    section = report.sections.get()
    assert (section.text, section.indicators) == ("Un texte.\n\nDeux.", ["population"])
    answer = staff.post(part(report), sent(report, text="Encore.", then="stay"))
    assert answer.headers["Location"] == part(report)


def test_the_preview_is_what_readers_will_see_and_saves_nothing(staff, report):
    values = sent(report, text="Du **gras**, <script>alert(1)</script>", indicators=["ess_establishments"])
    live = staff.post(f"{part(report)}apercu/", values, headers={"HX-Request": "true"}).content.decode()
    assert "<strong>gras</strong>" in live
    assert "<script>" not in live
    assert "SIRENE" in live
    assert "<html" not in live
    whole = staff.post(f"{part(report)}apercu/", values).content.decode()
    assert "<strong>gras</strong>" in whole
    assert "Du **gras**" in whole
    assert Section.objects.get().text == "Deux associations emploient ici."


def test_an_empty_preview_is_no_error(staff, report):
    assert staff.post(f"{part(report)}apercu/", {}).status_code == 200
    assert staff.post(f"{part(report)}apercu/", {"indicators": "x", "seen": "y"}).status_code == 200


def test_two_people_at_once_lose_nothing(staff, report):
    mine = sent(report, text="Le texte de Paul.")
    anne = make_user(name="Anne")
    section = report.sections.get()
    write_section(section, SectionDraft(title="En bref", text="Le texte d’Anne."), seen=1, by=anne, at=MONDAY)
    answer = staff.post(part(report), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Anne a écrit dans cette partie" in page
    assert "Le texte d’Anne." in page
    assert "Le texte de Paul." in page
    assert 'name="seen" value="2"' in page
    assert Section.objects.get().text == "Le texte d’Anne."
    staff.post(part(report), mine | {"seen": 2, "text": "Les deux textes."})
    assert Section.objects.get().text == "Les deux textes."


def test_a_part_without_title_is_refused_and_what_was_written_stays_in_the_form(staff, report):
    page = staff.post(part(report), sent(report, title="", text="Un long texte.")).content.decode()
    assert "error-summary" in page
    assert "Un long texte." in page


def test_who_wrote_what_is_told(staff, report):
    staff.post(
        part(report), sent(report, text="Trois associations emploient ici.", indicators=["population"])
    )
    page = staff.get(f"{part(report)}historique/").content.decode()
    assert "<del>Deux</del><ins>Trois</ins>" in page
    assert "Habitants" in page


def test_parts_are_added_moved_taken_out_and_put_back(staff, report):
    answer = staff.post(f"{DESK}{report.slug}/parties/", {"new-title": "La suite"})
    second = report.sections.get(title="La suite")
    assert answer.headers["Location"] == f"{DESK}{report.slug}/parties/{second.pk}/"
    order = f"{DESK}{report.slug}/parties/{second.pk}/ordre/"

    def titles():
        return [section.title for section in report.sections.standing()]

    staff.post(order, {"change": "up"})
    assert titles() == ["La suite", "En bref"]
    staff.post(order, {"change": "down"})
    assert titles() == ["En bref", "La suite"]
    staff.post(order, {"change": "remove"})
    assert titles() == ["En bref"]
    assert "La suite" in staff.get(f"{DESK}{report.slug}/").content.decode()
    staff.post(order, {"change": "restore"})
    assert titles() == ["En bref", "La suite"]
    assert staff.post(order, {"change": "explode"}).status_code == 400
    assert staff.post(f"{DESK}{report.slug}/parties/", {"new-title": ""}).status_code == 200


def test_somebody_is_invited_told_by_mail_and_let_go(staff, report):
    organisation = make_organisation(name="Les Pieds verts")
    form = {
        "drafter-name": "Samira",
        "drafter-email": "samira@example.org",
        "drafter-organisation": organisation.pk,
    }
    staff.post(f"{DESK}{report.slug}/auteurs/", form)
    samira = User.objects.get(email="samira@example.org")
    mail = Message.objects.get(kind="reports.invited_to_write")
    assert mail.to == "samira@example.org"
    assert f"{DESK}{report.slug}/" in mail.text
    assert "Les Pieds verts" in mail.text
    again = staff.post(f"{DESK}{report.slug}/auteurs/", form)
    assert "déjà parmi les auteurs" in again.content.decode()
    assert signed_in(samira).get(part(report)).status_code == 200
    drafter = report.drafters.get()
    staff.post(f"{DESK}{report.slug}/auteurs/{drafter.pk}/retirer/")
    assert signed_in(samira).get(part(report)).status_code == 403


def test_a_diagnosis_goes_from_its_authors_to_its_readers_to_everyone(
    staff, report, drafter, client, coordinator
):
    step = f"{DESK}{report.slug}/etape/"
    author = signed_in(drafter)
    author.post(step, {"step": "submit"})
    mails = Message.objects.filter(kind="reports.asked_to_proofread")
    assert [mail.to for mail in mails] == [coordinator.email]
    assert f"{DESK}{report.slug}/relire/" in mails.get().text
    assert author.post(part(report), sent(report, text="Trop tard.")).status_code == 200
    assert Section.objects.get().text == "Deux associations emploient ici."
    page = author.get(f"{DESK}{report.slug}/relire/").content.decode()
    assert "Deux associations emploient ici." in page
    author.post(f"{DESK}{report.slug}/relire/", {"agrees": "no", "remark": ""})
    assert not report.proofreadings.exists()
    author.post(f"{DESK}{report.slug}/relire/", {"agrees": "yes", "remark": "Très clair."})
    assert "Très clair." in staff.get(f"{DESK}{report.slug}/").content.decode()
    assert author.post(step, {"step": "publish"}).status_code == 404
    assert client.get(f"/diagnostics/{report.slug}/").status_code == 404
    answer = staff.post(step, {"step": "publish"})
    assert answer.headers["Location"] == f"/diagnostics/{report.slug}/"
    assert client.get(f"/diagnostics/{report.slug}/").status_code == 200
    assert staff.post(step, {"step": "correct", "reason": ""}).status_code == 200
    staff.post(step, {"step": "correct", "reason": "Un chiffre"})
    report.refresh_from_db()
    assert (report.state, report.correction) == ("drafting", "Un chiffre")
    assert Publication.objects.count() == 1
    assert staff.post(step, {"step": "explode"}).status_code == 400


def test_the_settings_are_changed_while_it_is_written(staff, report, metropole):
    address = f"{DESK}{report.slug}/reglages/"
    assert staff.get(address).status_code == 200
    form = {
        "title": "Autre titre",
        "perimeter": "law-2014",
        "reference": "",
        "comparables": "weppes-2011, lillois",
    }
    staff.post(address, form)
    report.refresh_from_db()
    assert (report.title, report.perimeter, report.reference) == ("Autre titre", "law-2014", None)
    assert report.comparables == ["weppes-2011", "lillois"]


def test_a_report_of_others_is_not_found(report):
    other = signed_in(make_membership(role=Role.ADVISER).user)
    addresses = ["", "relire/", "reglages/", f"parties/{report.sections.get().pk}/"]
    assert [other.get(f"{DESK}{report.slug}/{address}").status_code for address in addresses] == [404] * 4
    assert other.get(f"{DESK}{make_report().slug}/").status_code == 200
    elsewhere = make_section()
    assert other.get(f"{DESK}{elsewhere.report.slug}/parties/{report.sections.get().pk}/").status_code == 404


def test_the_desk_costs_the_same_whatever_the_number(staff, report, assert_constant_queries):
    assert_constant_queries(staff, DESK, lambda: make_report(edition=report.edition))
    assert_constant_queries(staff, f"{DESK}{report.slug}/", lambda: make_section(report=report))
    assert_constant_queries(staff, f"{DESK}{report.slug}/", lambda: make_drafter(report=report))


def test_staff_of_another_programme_invited_to_write_neither_sets_nor_invites(report):
    adviser = make_membership(role=Role.ADVISER).user
    invited = make_drafter(report=report, user=adviser)
    other = signed_in(adviser)
    assert other.get(f"{DESK}{report.slug}/").status_code == 200
    assert other.get(f"{DESK}{report.slug}/reglages/").status_code == 404
    guest = {"drafter-name": "Zoé", "drafter-email": "zoe@example.org"}
    assert other.post(f"{DESK}{report.slug}/auteurs/", guest).status_code == 404
    assert other.post(f"{DESK}{report.slug}/auteurs/{invited.pk}/retirer/").status_code == 404
    assert list(report.drafters.all()) == [invited]
