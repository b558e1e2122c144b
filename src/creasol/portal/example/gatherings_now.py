"""Made-up gatherings around today, so that a newcomer can register at once and, as staff, welcome people at the door.

Nobody here exists. Those registered have no address: nobody is written to.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import cycle, islice
from uuid import uuid4

from django.utils import timezone

from creasol.accounts.queries import user_by_email
from creasol.foundation.dates import moment_at
from creasol.gatherings.actions.planning import GatheringDraft, plan_gathering
from creasol.gatherings.actions.shifts import ShiftDraft, add_shift
from creasol.gatherings.actions.states import confirm_gathering, hold_gathering, propose_gathering
from creasol.gatherings.actions.strands import StrandDraft, add_strand
from creasol.gatherings.actions.survey import SurveyDraft, answer_survey
from creasol.gatherings.actions.workshops import WorkshopDraft, add_workshop
from creasol.gatherings.enums import GatheringKind, StrandKind, WorkshopKind
from creasol.gatherings.models import Gathering
from creasol.needs.enums import ContributionKind
from creasol.network.queries.organisations import all_organisations
from creasol.places.actions.check_in import Word, check_in, close_attendance
from creasol.places.actions.questions import QuestionDraft, add_question
from creasol.places.actions.registrations import RegistrationDraft, cancel_registration, register
from creasol.places.actions.venues import RoomDraft, VenueDraft, open_venue
from creasol.places.enums import AccessFeature, Audience, BookingState, Mode, Origin, QuestionKind, SlotKind
from creasol.places.models import Room
from creasol.places.queries.registrations import bookings_of
from creasol.programmes.models import Edition, Theme
from creasol.territories.queries import resolve_codes

from .gatherings_2011 import Said, note
from .people import COORDINATOR

ROUBAIX, WATTRELOS = "59512", "59650"
NAMES = (
    "Adèle", "Bilal", "Chloé", "Driss", "Élise", "Farid", "Gaëlle", "Hugo", "Inès", "Jules", "Karima", "Léon",
    "Maud", "Nabil", "Odile", "Paul", "Quitterie", "Rayan", "Sabine", "Théo", "Ulysse", "Vera", "Wassim", "Zoé",
)  # fmt: skip
MADE_UP = "\n\n*Rencontre inventée, pour montrer une édition en marche.*"
MONTHS_BEFORE = timedelta(days=45)
DAYTIME = range(9, 21)


@dataclass(frozen=True)
class Around:
    """The edition of the example that is under way, its rooms, and the moment it is looked at."""

    edition: Edition
    hall: Room
    small_room: Room
    at: datetime

    def evening(self, days: int, hour: int, *, hours: float = 2) -> dict[str, datetime]:
        """Return the start and the end of something that many days from now, at a full hour here."""
        day = timezone.localdate(self.at) + timedelta(days=days)
        start = moment_at(day, time(hour))
        return {"starts_at": start, "ends_at": start + timedelta(hours=hours)}


def load_gatherings_around_now(edition: Edition, *, at: datetime) -> None:
    """Load a gathering held last week, one about to begin, one that is full, one far from full, a forum, a proposal."""
    venue = open_venue(
        VenueDraft(
            name="Maison imaginaire des associations",
            address="place de l’Exemple",
            commune=resolve_codes([ROUBAIX]).communes[0],
            directions="Métro et bus à cinq minutes, arceaux pour les vélos devant l’entrée.",
            access_contact="Camille Exemple, à l’accueil",
            rooms=(RoomDraft(name="grande salle", capacity=120), RoomDraft(name="atelier", capacity=15)),
            access={
                AccessFeature.STEP_FREE: "yes",
                AccessFeature.ADAPTED_TOILETS: "yes",
                AccessFeature.LIFT: "no",
            },
        ),
        by=None,
        at=at,
    )
    rooms = {room.name: room for room in venue.rooms.all()}
    around = Around(edition, rooms["grande salle"], rooms["atelier"], at)
    load_held(around)
    load_about_to_begin(around)
    load_full(around)
    load_open(around)
    load_forum(around)
    load_proposal(around)


def plan(around: Around, slug: str, title: str, summary: str, **over: object) -> Gathering:
    """Plan a made-up gathering in the large room."""
    description = over.pop("description", "Entrée par la place, café à l’arrivée. Venez avec vos questions.")
    draft = GatheringDraft(
        title=title,
        edition=around.edition,
        summary=summary,
        description=f"{description}{MADE_UP}",
        room=over.pop("room", around.hall),
        hosts=tuple(all_organisations().filter(name="La Recyclerie imaginaire")),
        **over,
    )
    return plan_gathering(draft, slug=slug, is_example=True, by=None, at=around.at - MONTHS_BEFORE)


def theme(edition: Edition, position: int) -> Theme:
    """Return a theme of an edition by its place."""
    return edition.themes.get(position=position)


def open_to_all(gathering: Gathering, around: Around) -> None:
    """Confirm a gathering: registration has been open for a month and a half."""
    confirm_gathering(gathering, by=None, at=around.at - MONTHS_BEFORE)


def fill(gathering: Gathering, people: int, *, at: datetime, sizes: tuple[int, ...] = (1, 1, 2)) -> None:
    """Register made-up people for the entry, until so many registrations are made."""
    entry = gathering.occasion.slots.filter(kind=SlotKind.ENTRY).exclude(capacity=None).first()
    names = zip(islice(cycle(NAMES), people), islice(cycle(sizes), people), strict=True)
    for number, (name, size) in enumerate(names):
        register(
            RegistrationDraft(first_name=f"{name} E."),
            occasion=gathering.occasion,
            places={entry.pk: size},
            origin=Origin.STAFF,
            at=at - timedelta(hours=people - number),
        )


def load_held(around: Around) -> None:
    """Load an evening of last week: people came, said things, answered two questions."""
    gathering = plan(
        around,
        "soiree-reparer",
        "Réparer plutôt que jeter : première soirée",
        "Trois ateliers du territoire montrent comment ils s’y prennent.",
        theme=theme(around.edition, 1),
        entries={Mode.ON_SITE: 40},
        **around.evening(-8, 18),
    )
    open_to_all(gathering, around)
    fill(gathering, 14, at=gathering.occasion.starts_at - timedelta(days=1))
    welcome(gathering)
    for said in (
        Said(
            ContributionKind.NEED,
            "J’ai une perceuse qui dort onze mois sur douze, et pas un lieu où la prêter.",
            need="emprunter-un-outil",
        ),
        Said(
            ContributionKind.IDEA,
            "Ouvrir l’atelier de la recyclerie le samedi, avec des bénévoles qui s’y connaissent.",
        ),
        Said(ContributionKind.OFFER, "Je sais souder et recoudre : je peux montrer deux soirs par mois."),
    ):
        note(gathering, said, at=gathering.occasion.ends_at)
    hold_gathering(gathering, by=None, at=gathering.occasion.ends_at)
    answer_two_questions(gathering)


def welcome(gathering: Gathering) -> None:
    """Check in all but the last two of those registered."""
    coordinator = user_by_email(COORDINATOR)
    bookings = list(bookings_of(gathering.occasion).filter(state=BookingState.CONFIRMED).order_by("id"))
    for minute, booking in enumerate(bookings[:-2]):
        at = gathering.occasion.starts_at + timedelta(minutes=minute - 10)
        word = Word(key=uuid4(), by=coordinator, at=at, received_at=at, device="accueil")
        check_in(booking, word=word)
    close_attendance(gathering.occasion, by=coordinator, at=gathering.occasion.ends_at)


def answer_two_questions(gathering: Gathering) -> None:
    """Let seven of those who came say what they thought of it."""
    came = bookings_of(gathering.occasion).filter(state=BookingState.PRESENT)
    opinions = (
        (4, "Un deuxième rendez-vous, outils en main."),
        (4, ""),
        (3, ""),
        (3, "Commencer plus tôt."),
        (4, ""),
        (2, ""),
        (3, ""),
    )
    for booking, (score, words) in zip(came.order_by("id"), opinions, strict=False):
        draft = SurveyDraft(score=score, words=words)
        answer_survey(
            draft,
            registration=booking.registration,
            at=gathering.occasion.ends_at + timedelta(days=1),
        )


def load_about_to_begin(around: Around) -> None:
    """Load a meeting that begins within two hours, or tomorrow morning: as staff, one can welcome people at once."""
    soon = timezone.localtime(around.at).replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    start = soon if soon.hour in DAYTIME else around.evening(1, DAYTIME[1])["starts_at"]
    gathering = plan(
        around,
        "accueil-du-jour",
        "Café des idées",
        "Une heure et demie pour dire ce qui manque par ici, et rencontrer ceux qui cherchent la même chose.",
        kind=GatheringKind.MEETING,
        entries={Mode.ON_SITE: 30},
        starts_at=start,
        ends_at=start + timedelta(minutes=90),
    )
    open_to_all(gathering, around)
    fill(gathering, 11, at=around.at - timedelta(days=1))


def load_full(around: Around) -> None:
    """Load a workshop of fifteen places that is full: people wait, and one of them is offered a place."""
    gathering = plan(
        around,
        "visite-de-l-atelier-velo",
        "Visite de l’atelier vélo",
        "On regarde, on démonte, on remonte. Quinze places, pas une de plus.",
        kind=GatheringKind.VISIT,
        room=around.small_room,
        theme=theme(around.edition, 1),
        entries={Mode.ON_SITE: 15},
        **around.evening(9, 14),
    )
    open_to_all(gathering, around)
    fill(gathering, 19, at=around.at - timedelta(days=2), sizes=(1,))
    first = gathering.occasion.registrations.order_by("id").first()
    cancel_registration(first, at=around.at)


def load_open(around: Around) -> None:
    """Load an evening with places left, on site and remotely."""
    gathering = plan(
        around,
        "garder-les-enfants-aux-heures-decalees",
        "Garder les enfants aux heures décalées",
        "Tôt le matin, tard le soir, le samedi : ce qui existe, ce que des parents inventent.",
        theme=theme(around.edition, 2),
        entries={Mode.ON_SITE: 60, Mode.REMOTE: 100},
        remote_link="https://visio.example.org/garder-les-enfants",
        practical="Un coin est prévu pour les enfants. Entrée par la place.",
        **around.evening(16, 18),
    )
    open_to_all(gathering, around)
    fill(gathering, 9, at=around.at - timedelta(days=3))
    ask_about_children(gathering, at=around.at - timedelta(days=2))


def ask_about_children(gathering: Gathering, *, at: datetime) -> None:
    """Ask one thing more of those who register, and let four of them answer."""
    draft = QuestionDraft(
        label="Venez-vous avec des enfants ?",
        purpose="Prévoir de quoi les occuper dans le coin des enfants",
        kind=QuestionKind.CHOICE,
        choices="Oui, de moins de six ans\nOui, de plus de six ans\nNon",
        keep_days=7,
    )
    question = add_question(draft, occasion=gathering.occasion, by=None, at=at)
    entry = gathering.occasion.slots.filter(kind=SlotKind.ENTRY).order_by("id").first()
    for name, option in zip(("Agathe", "Brahim", "Céline", "David"), (0, 0, 1, 2), strict=True):
        register(
            RegistrationDraft(first_name=f"{name} E.", answers={question.pk: question.options[option]}),
            occasion=gathering.occasion,
            places={entry.pk: 1},
            origin=Origin.STAFF,
            at=at,
        )


def load_forum(around: Around) -> None:
    """Load a forum: axes, workshops at the same hours, stands, shifts for volunteers; the entry is free."""
    hours = around.evening(30, 10, hours=7)
    forum = plan(
        around,
        "forum-faire-ensemble",
        "Forum « Faire ensemble »",
        "Une journée d’ateliers, de stands et de débats. Entrée libre ; on s’inscrit aux ateliers seulement.",
        kind=GatheringKind.FORUM,
        entries={Mode.ON_SITE: None},
        description="De dix heures à dix-sept heures, on vient et on repart quand on veut.",
        **hours,
    )
    start = hours["starts_at"]
    strands = {
        title: add_strand(StrandDraft(kind=kind, title=title), gathering=forum, by=None, at=around.at)
        for title, kind in (
            ("Faire durer les choses", StrandKind.AXIS),
            ("Prendre soin les uns des autres", StrandKind.AXIS),
        )
    }
    durable, care = strands.values()
    base = WorkshopDraft(name="", strand=durable, room=around.small_room, capacity=12)
    for name, after, strand, room in (
        ("Réparer son vélo", 1, durable, around.small_room),
        ("Recoudre, repriser", 1, care, around.hall),
        ("Lire une facture d’énergie", 2, durable, around.small_room),
        ("Garder les enfants à tour de rôle", 2, care, around.hall),
    ):
        begins = start + timedelta(hours=after)
        draft = replace(
            base, name=name, strand=strand, room=room, starts_at=begins, ends_at=begins + timedelta(hours=1)
        )
        add_workshop(draft, gathering=forum, by=None, at=around.at)
    stand = WorkshopDraft(
        name="Le coin des associations", kind=WorkshopKind.STAND, strand=care, room=around.hall
    )
    add_workshop(stand, gathering=forum, by=None, at=around.at)
    for role, after, needed in (("Installer la salle", -1, 6), ("Tenir l’accueil", 0, 3), ("Ranger", 6, 6)):
        begins = start + timedelta(hours=after)
        shift = ShiftDraft(role=role, starts_at=begins, ends_at=begins + timedelta(hours=2), needed=needed)
        add_shift(shift, gathering=forum, by=None, at=around.at)
    open_to_all(forum, around)


def load_proposal(around: Around) -> None:
    """Load an evening that is only proposed, its date to be confirmed."""
    gathering = plan(
        around,
        "une-monnaie-du-temps",
        "Échanger du temps plutôt que de l’argent",
        "Une soirée pour découvrir les systèmes d’échange local.",
        audience=Audience.PUBLIC,
        is_tentative=True,
        entries={Mode.ON_SITE: 50},
        **around.evening(44, 18),
    )
    propose_gathering(gathering, by=None, at=around.at)
