"""What a gathering leaves: said on the spot or from the secret address, and told with what became of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.utils import timezone

from creasol.accounts.tests.factories import make_user
from creasol.gatherings.actions.harvest import note_at
from creasol.gatherings.enums import GatheringState
from creasol.gatherings.models import Harvest
from creasol.gatherings.queries.harvest import harvest_of, places_said
from creasol.journal.models import Entry
from creasol.needs import actions
from creasol.needs.actions import ContributionDraft, NeedDraft
from creasol.needs.enums import ContributionKind, ContributionState, NeedState
from creasol.needs.models import Contribution
from creasol.needs.tests.factories import make_contribution, make_need
from creasol.places.tests.factories import AT
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_edition, make_membership, make_theme
from creasol.territories.tests.factories import make_territory
from tests.pdf import Pdf

from .factories import make_gathering, make_harvest, make_workshop

pytestmark = pytest.mark.django_db
SECRET = {"name": "Yasmina Benali", "email": "yasmina@exemple.fr", "phone": "06 01 02 03 04"}
PERSONAL = ("Yasmina", "yasmina@exemple.fr", "06 01 02 03 04")


def draft(**over):
    fields = {"territory": make_territory(), "kind": ContributionKind.NEED, "words": "Rien le soir"}
    return ContributionDraft(**fields | over)


def going_on(**over):
    """Make a gathering that takes place now."""
    now = timezone.now()
    return make_gathering(
        **{"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)} | over
    )


def address_of(gathering, key=None):
    return f"/rencontres/{gathering.slug}/dire/{key or gathering.say_key}/"


def written(**over):
    return {"kind": "idea", "words": "Un atelier vélo", "request_key": str(uuid4())} | over


def staff_of(gathering, role=Role.ADVISER):
    client = Client()
    user = make_membership(programme=gathering.occasion.programme, role=role).user
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def html_of(response):
    return response.content.decode()


# Noted with the place


def test_what_is_said_belongs_to_the_edition_of_the_gathering():
    theme = make_theme()
    gathering = make_gathering(edition=theme.edition, theme=theme)
    workshop = make_workshop(gathering=gathering)
    user = make_user()
    harvest = note_at(gathering, draft(), workshop=workshop, by=user, at=AT)
    said = harvest.contribution
    assert (said.territory, said.edition, said.theme) == (theme.edition.territory, theme.edition, theme)
    assert (Harvest.objects.get(), harvest.gathering, harvest.workshop) == (harvest, gathering, workshop)
    assert [entry.verb for entry in Entry.objects.filter(subject_type="needs.contribution")] == ["note"]


def test_nothing_is_said_where_nothing_takes_place():
    for state in (GatheringState.DRAFT, GatheringState.CANCELLED):
        with pytest.raises(ValidationError):
            note_at(make_gathering(state=state), draft(), by=None, at=AT)
    with pytest.raises(ValidationError):
        note_at(make_gathering(), draft(), workshop=make_workshop(), by=None, at=AT)
    assert not Contribution.objects.exists()


def test_a_key_of_one_gathering_is_no_key_of_another():
    one = note_at(make_gathering(), draft(), by=None, at=AT, request_key="k")
    other = note_at(make_gathering(), draft(), by=None, at=AT, request_key="k")
    assert one != other


def test_who_steps_back_to_the_form_says_something_else():
    gathering = make_gathering()
    sent = [draft(words=words) for words in ("Un atelier vélo", "Une garde le soir", "Une garde le soir")]
    noted = [note_at(gathering, said, by=None, at=AT, request_key="k") for said in sent]
    assert [str(one.contribution.words) for one in noted] == [
        "Un atelier vélo",
        "Une garde le soir",
        "Une garde le soir",
    ]
    assert Contribution.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_phone_that_sends_many_times_at_once_says_it_once():
    gathering, said, together = make_gathering(), draft(), Barrier(5)

    def work(_number):
        try:
            together.wait()
            return note_at(gathering, said, by=None, at=AT, request_key="k").contribution_id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(work, range(5)))) == 1
    assert (Contribution.objects.count(), Harvest.objects.count()) == (1, 1)


# Told with what became of it


def test_a_gathering_tells_what_became_of_each_thing(django_assert_num_queries):
    gathering = make_gathering()
    shared = make_need(territory=gathering.edition.territory, state=NeedState.SHARED)
    candidate = make_need(territory=gathering.edition.territory)

    def said(words, **over):
        contribution = make_contribution(
            territory=gathering.edition.territory, words=words, settled_at=AT, **over
        )
        return make_harvest(gathering=gathering, contribution=contribution)

    workshop = make_workshop(gathering=gathering)
    said("Un", may_be_shown=True, need=shared, state=ContributionState.SUPPORTS)
    said("Deux", may_be_shown=True, need=candidate, state=ContributionState.FOUNDED, kind="idea")
    said("Trois", need=shared, state=ContributionState.SUPPORTS)
    said("Quatre")
    last = said("Cinq", may_be_shown=True, name_may_be_shown=True, name="Noa", state="noted")
    last.workshop = workshop
    last.save()
    make_harvest()
    with django_assert_num_queries(1):
        harvest = harvest_of(gathering)
    assert (harvest.total, harvest.hidden) == (5, 2)
    assert harvest.kinds == (("un manque", 4), ("une idée", 1))
    assert harvest.others == (("notée", 1), ("soutient un besoin", 1))
    assert [(told.words, told.author, told.need) for told in harvest.shown] == [
        ("Un", "", shared),
        ("Deux", "", None),
        ("Cinq", "Noa", None),
    ]
    assert harvest.shown[2].said_at.label == str(workshop)
    assert harvest_of(make_gathering()) is None


def test_a_draft_is_not_named_as_the_place_where_something_was_said():
    known, hidden = make_harvest(), make_harvest(gathering=make_gathering(state=GatheringState.DRAFT))
    places = places_said([known.contribution_id, hidden.contribution_id])
    assert {pk: place.label for pk, place in places.items()} == {
        known.contribution_id: known.gathering.occasion.title
    }


def test_from_the_gathering_to_the_need_and_back(client):
    gathering = going_on(title="Soirée garde d’enfants")
    said = note_at(gathering, draft(may_be_shown=True), by=None, at=timezone.now()).contribution
    coordinator = make_membership(programme=gathering.occasion.programme, role=Role.COORDINATOR).user
    wanted = NeedDraft(territory=said.territory, edition=said.edition, statement="Une garde le soir")
    need = actions.found_need(said, wanted, by=coordinator, at=timezone.now())
    page = html_of(client.get(f"/rencontres/{gathering.slug}/"))
    assert "Rien le soir" in page
    assert "Une garde le soir" not in page
    actions.move_need(need, to=NeedState.SHARED, by=coordinator, at=timezone.now())
    page = html_of(client.get(f"/rencontres/{gathering.slug}/"))
    assert f'<a href="/besoins/{need.slug}/" lang="fr">Une garde le soir</a> (partagé)' in page
    page = html_of(client.get(f"/besoins/{need.slug}/"))
    assert "D’où il vient" in page
    assert "Rien le soir" in page
    assert f'<a href="/rencontres/{gathering.slug}/" lang="fr">Soirée garde d’enfants</a>' in page


def test_a_name_or_an_address_shows_nowhere_without_consent(client):
    gathering = going_on()
    quiet = note_at(gathering, draft(**SECRET, may_be_contacted=True), by=None, at=timezone.now())
    named = note_at(
        gathering, draft(**SECRET, may_be_contacted=True, may_be_shown=True), by=None, at=timezone.now()
    )
    need = make_need(territory=quiet.contribution.territory, state=NeedState.SHARED)
    for said in (quiet.contribution, named.contribution):
        actions.attach_contribution(said, need=need, by=None, at=timezone.now())
    addresses = [
        f"/rencontres/{gathering.slug}/",
        "/rencontres/rencontres.csv",
        f"/besoins/{need.slug}/",
        "/besoins/besoins.csv",
        "/api/needs",
        f"/api/needs/{need.slug}",
        address_of(gathering),
    ]
    for address in addresses:
        text = html_of(client.get(address))
        assert not any(word in text for word in PERSONAL), address
    journal = " ".join(f"{entry.subject_label} {entry.details}" for entry in Entry.objects.all())
    assert not any(word in journal for word in (*PERSONAL, "Rien le soir"))
    staff = staff_of(gathering)
    for address in (f"/bureau/rencontres/{gathering.slug}/recolte/", "/bureau/contributions/"):
        text = html_of(staff.get(address))
        assert not any(word in text for word in PERSONAL), address


# On the spot


def test_the_staff_notes_one_thing_after_another():
    gathering = going_on()
    workshop = make_workshop(gathering=gathering)
    client, here = staff_of(gathering), f"/bureau/rencontres/{gathering.slug}/recolte/"
    assert "Rien encore" in html_of(client.get(here))
    response = client.post(here, written(workshop=workshop.pk, may_be_shown="on"))
    assert response.headers["Location"] == f"{here}?atelier={workshop.pk}"
    page = html_of(client.get(response.headers["Location"]))
    assert "Un atelier vélo" in page
    assert f'<option value="{workshop.pk}" selected>' in page
    said = Contribution.objects.get()
    assert (said.kind, said.may_be_shown, said.noted_by) == ("idea", True, said.noted_by)
    assert said.noted_by is not None
    assert f'href="/bureau/contributions/{said.pk}/"' in page
    assert "<svg" in page


def test_a_refusal_stays_beside_the_words(client):
    gathering = going_on()
    staff, here = staff_of(gathering), f"/bureau/rencontres/{gathering.slug}/recolte/"
    page = html_of(staff.post(here, written(kind="contact", words="Rappeler")))
    assert "Personne n’est rappelé sans l’avoir accepté" in page
    assert '<details class="more" open>' in page
    assert "Aucune organisation" in html_of(staff.post(here, written(organisation="Inconnue")))
    assert not Contribution.objects.exists()


def test_who_may_note_at_a_gathering():
    gathering = going_on()
    here = f"/bureau/rencontres/{gathering.slug}/recolte/"
    assert Client().get(here).status_code == 302
    clients = {
        "adviser": staff_of(gathering),
        "coordinator": staff_of(gathering, Role.COORDINATOR),
        "elected": staff_of(gathering, Role.ELECTED_OFFICIAL),
        "elsewhere": staff_of(going_on(), Role.COORDINATOR),
    }
    for address in (here, f"{here}affiche.pdf"):
        answers = {who: client.get(address).status_code for who, client in clients.items()}
        assert answers == {"adviser": 200, "coordinator": 200, "elected": 403, "elsewhere": 404}
    assert clients["elsewhere"].post(here, written()).status_code == 404
    assert not Contribution.objects.exists()
    assert clients["adviser"].get("/bureau/rencontres/nulle-part/recolte/").status_code == 404


@pytest.mark.parametrize(("paper", "width"), [("a4", b"595.2"), ("a5", b"419.5")])
def test_the_sheet_for_the_room(paper, width):
    gathering = going_on(title="Soirée garde d’enfants")
    response = staff_of(gathering).get(
        f"/bureau/rencontres/{gathering.slug}/recolte/affiche.pdf?format={paper}"
    )
    pdf = Pdf(response.content)
    assert len(pdf.pages) == 1
    assert width in response.content
    assert "Qu’aimeriez-vous dire ?" in pdf.words
    assert gathering.say_key in pdf.words.replace("\n", "")
    assert "Soirée garde d’enfants" in pdf.words


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_a_long_title_and_a_long_address_stay_on_one_page(paper):
    gathering = going_on(title="Garder les enfants ensemble " * 7, slug="garder-" * 16 + "x")
    response = staff_of(gathering).get(
        f"/bureau/rencontres/{gathering.slug}/recolte/affiche.pdf?format={paper}"
    )
    assert len(Pdf(response.content).pages) == 1


def test_there_is_no_sheet_of_another_size():
    gathering = going_on()
    sheet = f"/bureau/rencontres/{gathering.slug}/recolte/affiche.pdf?format=a0"
    assert staff_of(gathering).get(sheet).status_code == 404


def test_more_that_is_said_costs_no_more_queries(assert_constant_queries):
    edition = make_edition()
    gathering = going_on(edition=edition)

    def say_more():
        need = make_need(territory=edition.territory, state=NeedState.SHARED)
        contribution = make_contribution(
            territory=edition.territory, edition=edition, may_be_shown=True, need=need, state="supports"
        )
        make_harvest(
            gathering=gathering, contribution=contribution, workshop=make_workshop(gathering=gathering)
        )

    assert_constant_queries(staff_of(gathering), f"/bureau/rencontres/{gathering.slug}/recolte/", say_more)
