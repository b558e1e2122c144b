"""What people write stays text, wherever it is shown: pages, mails, calendars, data for machines, files, paper."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from creasol.gatherings.actions.harvest import note_at
from creasol.gatherings.models import Gathering
from creasol.mailing.actions import deliver_message
from creasol.mailing.models import Message
from creasol.needs.actions import ContributionDraft
from creasol.network.tests.factories import make_organisation
from creasol.places.actions.registrations import RegistrationDraft, register
from creasol.places.tests.factories import make_question, make_room, make_slot, make_venue
from creasol.programmes.tests.factories import make_edition, make_programme
from tests.pdf import Pdf
from tests.roles import client_of, people_of

from .factories import make_gathering, make_host, make_speaker, make_strand, make_workshop

pytestmark = pytest.mark.django_db
SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
LINES = "Soirée\r\nATTENDEE:mailto:x@evil.example\nBEGIN:VALARM"
FORMULA = '=HYPERLINK("http://evil.example")'
TYPST = '#panic("x") *gras* $x$ `a` \\ @b <c> [d] {e}'
MARKDOWN = "[ici](javascript:alert(1)) <b onclick=alert(1)>gras</b>"
HARMFUL = re.compile(
    r"<script>alert|<img src=x|onerror=alert\(1\)>|<b onclick|href=\"javascript", re.IGNORECASE
)


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def coordinator(programme):
    return client_of(people_of(programme)["coordinator"])


@pytest.fixture
def evening(programme):
    """An evening whose every word is meant to harm."""
    now = timezone.now()
    room = make_room(venue=make_venue(name=SCRIPT, address=LINES.replace("\r", "")), name=SCRIPT[:60])
    gathering = make_gathering(
        slug="piege", edition=make_edition(programme=programme), title=SCRIPT + LINES, summary=SCRIPT + LINES,
        description=MARKDOWN + SCRIPT, practical=LINES + MARKDOWN + SCRIPT, room=room,
        starts_at=now + timedelta(days=9),
        opens_at=now - timedelta(days=1),
    )  # fmt: skip
    occasion = gathering.occasion
    make_slot(occasion=occasion, name=SCRIPT, capacity=9)
    hours = {"starts_at": occasion.starts_at, "ends_at": occasion.ends_at}
    make_workshop(
        gathering=gathering, slot=make_slot(occasion=occasion, kind="workshop", name=SCRIPT + TYPST, **hours),
        strand=make_strand(gathering=gathering, title=SCRIPT, description=MARKDOWN), description=MARKDOWN,
    )  # fmt: skip
    make_slot(occasion=occasion, kind="shift", name=SCRIPT, **hours)
    make_host(gathering=gathering, organisation=make_organisation(name=SCRIPT))
    make_speaker(gathering=gathering, name=SCRIPT, title=SCRIPT)
    return gathering


@pytest.fixture
def registration(evening):
    question = make_question(occasion=evening.occasion, label=SCRIPT, purpose=SCRIPT)
    draft = RegistrationDraft(
        first_name="<script>alert(1)</script>" + TYPST[:40],
        email="zoe@example.org",
        organisation_name=FORMULA,
        access_needs=SCRIPT,
        answers={question.pk: FORMULA + SCRIPT},
    )
    slot = evening.occasion.slots.get(kind="entry")
    return register(draft, occasion=evening.occasion, places={slot.pk: 1}, at=timezone.now())


def harmful(client, addresses):
    """Return which of some pages hold something that a browser would run."""
    found = {}
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = HARMFUL.findall(response.content.decode())
    return {address: words for address, words in found.items() if words}


def test_pages_show_what_is_written_and_run_nothing(coordinator, evening, registration):
    said = ContributionDraft(
        territory=evening.edition.territory, kind="need", words=SCRIPT, name=SCRIPT[:100], may_be_shown=True,
        name_may_be_shown=True,
    )  # fmt: skip
    contribution = note_at(evening, said, by=None, at=timezone.now()).contribution
    occasion, code = f"/bureau/inscriptions/{evening.occasion_id}/", registration.code
    everyone = ["/", "/rencontres/", "/rencontres/calendrier/", f"/s-inscrire/{evening.occasion_id}/"]
    everyone += [f"/rencontres/piege/{page}" for page in ("", "programme/", "benevoles/")]
    everyone += [f"/inscription/{code}/{page}" for page in ("", "modifier/", "mes-donnees/", "effacer/")]
    screens = ("", "accueil/?tous", "questions/", "mails/", "mails/reminder-day/", "date/", "accessibilite/")
    team = [f"{occasion}{page}" for page in (*screens, "mails/reminder-day/apercu-fr/")]
    team += [
        f"/bureau/rencontres/piege/{page}" for page in ("", "programme/", "recolte/", "benevoles/", "serie/")
    ]
    team += [
        "/bureau/lieux/",
        "/bureau/rencontres/",
        "/bureau/contributions/",
        f"/bureau/contributions/{contribution.pk}/",
    ]
    assert harmful(Client(), everyone) == {}
    assert harmful(coordinator, team) == {}


def test_data_for_search_engines_ends_where_it_should(client, evening):
    page = client.get("/rencontres/piege/").content.decode()
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data)["name"] == evening.occasion.title


@pytest.mark.parametrize(
    "address", ["/rencontres/agenda.ics", "/rencontres/piege/agenda.ics", "/inscription/{code}/agenda.ics"]
)
def test_calendars_hold_no_line_that_somebody_wrote(client, registration, address):
    content = client.get(address.format(code=registration.code)).content
    lines = content.replace(b"\r\n ", b"").split(b"\r\n")
    assert [line for line in lines if line.startswith((b"ATTENDEE", b"BEGIN:VALARM"))] == []
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1


def test_mails_leave_with_one_subject_and_run_nothing(registration):
    for message in Message.objects.all():
        assert deliver_message(message.pk, at=timezone.now()) == "sent"
    [sent] = mail.outbox
    assert "\n" not in sent.subject
    assert sent.to == ["zoe@example.org"]
    assert HARMFUL.findall(sent.alternatives[0].content) == []
    assert sent.message()["Bcc"] is None


def test_files_hold_no_formula(coordinator, evening, registration):
    file = coordinator.post(f"/bureau/inscriptions/{evening.occasion_id}/participants.csv").content.decode()
    cells = re.split(r'[,\n]"?', file)
    assert "'=HYPERLINK" in file
    assert [cell for cell in cells if cell.startswith(("=", "+", "@"))] == []
    public = Client().get("/rencontres/rencontres.csv").content.decode()
    assert [cell for cell in re.split(r'[,\n]"?', public) if cell.startswith(("=", "+", "@"))] == []


@pytest.mark.parametrize(
    "address",
    [
        "/rencontres/piege/programme.pdf",
        "/bureau/rencontres/piege/programme/salles.pdf",
        "/bureau/rencontres/piege/recolte/affiche.pdf",
        "/bureau/inscriptions/{pk}/emargement.pdf",
    ],
)
def test_paper_prints_what_is_written(coordinator, evening, registration, address):
    response = coordinator.get(address.format(pk=evening.occasion_id))
    assert response.status_code == 200
    text = re.sub(r"\s+", "", "".join(Pdf(response.content).pages))
    assert "alert(1)" in text


def test_news_and_answers_for_programs_can_be_read(client, evening):
    news = client.get("/rencontres/agenda.atom").content.decode()
    assert HARMFUL.findall(news) == []
    answer = client.get("/api/gatherings/piege")
    assert answer.json()["title"] == Gathering.objects.get().occasion.title
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
