"""The three evenings of 2011 and the forum of Fives, as the newsletter tells them; what was said there is made up.

True: themes, dates, places, the committee's organisations, the axes and the workshops of the forum. The newsletter does
not say at what hours the forum opened: those given are indicative, and its page says so.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from creasol.gatherings.actions.harvest import note_at
from creasol.gatherings.actions.planning import GatheringDraft, plan_gathering
from creasol.gatherings.actions.states import confirm_gathering, hold_gathering
from creasol.gatherings.actions.strands import StrandDraft, add_strand
from creasol.gatherings.actions.workshops import WorkshopDraft, add_workshop
from creasol.gatherings.enums import GatheringKind, StrandKind, WorkshopKind
from creasol.gatherings.models import Gathering
from creasol.needs.actions.contributions import ContributionDraft, attach_contribution, follow_up
from creasol.needs.enums import ContributionKind
from creasol.needs.queries.needs import public_need
from creasol.network.models import Organisation
from creasol.network.queries.organisations import all_organisations
from creasol.places.actions.venues import RoomDraft, VenueDraft, open_venue
from creasol.places.enums import Audience
from creasol.places.models import Room
from creasol.programmes.models import Edition
from creasol.territories.queries import resolve_codes

from .organisations import OF_FIVES, WIDER
from .people import load_committee


def paris(*parts: int) -> datetime:
    """Return a moment by the clocks of Lille: year, month, day, hour, minute."""
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Paris"))


FOOD, TRANSPORT, WORK = 1, 2, 3  # places of the themes in the edition of 2011
TOWN_HALL_OF_EMMERIN, MOUCHONNIERE, LESQUIN, ROGER_SALENGRO = range(4)
VENUES = (
    ("Ville d’Emmerin", "rue Auguste-Potié", "59193", "salle du conseil"),
    ("Espace communal Mouchonnière", "avenue Jude-Blanckaert", "59560", "salle Ronny-Coutteure"),
    ("Ville de Lesquin", "", "59343", "salle d’honneur"),
    ("Centre social Roger-Salengro", "", "59350", ""),
)
ANNOUNCED = paris(2011, 10, 3, 9)
SOURCE = (
    "\n\n*Thème, date et lieu viennent de la lettre d’information de l’association Maillage (automne 2011) ; "
    "ce qui est rapporté comme dit ce soir-là est inventé.*"
)


@dataclass(frozen=True)
class Said:
    """Something said at a gathering of the example, and the need it supports, or the answer it got."""

    kind: ContributionKind
    words: str
    need: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Evening:
    """An evening as the newsletter announces it."""

    slug: str
    title: str
    starts_at: datetime
    ends_at: datetime
    venue: int
    theme: int
    summary: str
    description: str
    said: tuple[Said, ...]


EVENINGS = (
    Evening(
        slug="alimentation-locale-emmerin",
        title="Bien manger, près d’ici",
        starts_at=paris(2011, 11, 7, 18),
        ends_at=paris(2011, 11, 7, 20),
        venue=TOWN_HALL_OF_EMMERIN,
        theme=FOOD,
        summary="Une alimentation locale de qualité, en circuit court : qui la produit, qui l’achète, qui l’apprend.",
        description=(
            "AMAP, paniers solidaires ou biologiques, commandes des collectivités, éducation des consommateurs : "
            "une soirée pour les acteurs du territoire, pour voir ce qui marche déjà et ce qui manque encore."
        ),
        said=(
            Said(
                ContributionKind.NEED,
                "Entre le champ et la ville, il n’y a nulle part où retirer un panier après six heures du soir.",
                need="produits-frais-pres-de-chez-soi",
            ),
            Said(
                ContributionKind.NEED,
                "Notre cantine voudrait des légumes d’ici, mais elle est trop petite pour passer commande seule.",
                need="produits-d-ici-dans-les-cantines",
            ),
            Said(
                ContributionKind.PRACTICE,
                "Chez nous, le prix du panier dépend du quotient familial, et tout le monde mange la même chose.",
                answer="La pratique est racontée dans le compte rendu de la soirée.",
            ),
            Said(ContributionKind.OFFER, "Je peux prêter un local frais deux soirs par semaine."),
        ),
    ),
    Evening(
        slug="mobilite-durable-seclin",
        title="Se déplacer mieux, et durablement",
        starts_at=paris(2011, 11, 15, 18, 30),
        ends_at=paris(2011, 11, 15, 20, 30),
        venue=MOUCHONNIERE,
        theme=TRANSPORT,
        summary="Des services de transport plus complets, avec les transports publics comme socle.",
        description=(
            "Les personnes éloignées de l’emploi, la voiture partagée, les derniers kilomètres : comment compléter "
            "les transports publics sans les remplacer ?"
        ),
        said=(
            Said(
                ContributionKind.NEED,
                "L’équipe du matin commence à cinq heures, le premier bus passe à six heures et demie.",
                need="aller-travailler-sans-voiture",
            ),
            Said(
                ContributionKind.IDEA,
                "Une école de conduite associative, avec des moniteurs payés et des heures offertes par des bénévoles.",
                need="apprendre-a-conduire",
            ),
            Said(ContributionKind.OFFER, "Notre atelier peut remettre en état dix vélos par mois."),
        ),
    ),
    Evening(
        slug="services-aux-entreprises-lesquin",
        title="Des services à plusieurs pour les entreprises et leurs salariés",
        starts_at=paris(2011, 11, 29, 18),
        ends_at=paris(2011, 11, 29, 20),
        venue=LESQUIN,
        theme=WORK,
        summary="Ce que les entreprises d’un même parc peuvent s’offrir ensemble.",
        description=(
            "Une crèche tenue par des parents, un comité d’entreprise à plusieurs, l’entretien des espaces verts ou "
            "la collecte des déchets confiés par un marché avec clause sociale : quatre pistes à discuter."
        ),
        said=(
            Said(
                ContributionKind.NEED,
                "Trois de mes salariées ont refusé un poste faute de garde : la crèche la plus proche est complète.",
                need="une-place-pour-chaque-tout-petit",
            ),
            Said(
                ContributionKind.IDEA,
                "Six entreprises du parc paient chacune un jardinier : une coopérative ferait mieux, et en insertion.",
                need="des-espaces-verts-qui-creent-de-l-emploi",
            ),
        ),
    ),
)

FORUM_STARTS_AT, FORUM_ENDS_AT = paris(2011, 11, 5, 10), paris(2011, 11, 5, 18)
FORUM = (
    "Depuis le début de 2011, avec la Ville de Lille et dans le cadre du Plan lillois de développement de l’économie "
    "sociale et solidaire, Maillage anime à Fives un groupe d’acteurs du quartier. Six réunions d’un comité de "
    "bénévoles ont construit ce forum.\n\n"
    "On y vient pour découvrir, et on en repart avec une envie : **donner un coup de main, créer une activité, "
    "échanger des savoirs**.\n\n"
    "*Fives est un quartier de Lille : ce forum est une démarche coopérative de la même association, à côté de "
    "l’édition. La lettre d’information n’en donne pas les heures : celles-ci sont indicatives.*"
)
AXES = (
    "Répondre aux besoins fondamentaux",
    "L’autre économie : de nouvelles formes d’échange, moteur d’initiatives",
    "Habitants et organisations ensemble, pour un territoire plus vivant",
)
THEMES = {
    "Se nourrir": (
        (
            "Des instruments de musique en légumes",
            WorkshopKind.WORKSHOP,
            "On taille, on perce, on souffle, on joue.",
        ),
        (
            "Jeux coopératifs : le bio et les légumes oubliés",
            WorkshopKind.WORKSHOP,
            "On gagne ensemble ou pas du tout.",
        ),
        (
            "La malbouffe, parlons-en",
            WorkshopKind.DEBATE,
            "Ce que l’on mange, ce que cela coûte, ce que l’on peut.",
        ),
    ),
    "Habiter, économiser l’énergie": (
        ("Trier ses déchets, à hauteur d’enfant", WorkshopKind.WORKSHOP, "Un atelier pour les enfants."),
        (
            "Astuces de la maison et produits faits soi-même",
            WorkshopKind.STAND,
            "Des gestes simples, des recettes à emporter.",
        ),
    ),
    "Créer son activité": (
        (
            "Association, entreprise ou coopérative : vos questions",
            WorkshopKind.STAND,
            "Des organismes d’accompagnement et de financement répondent.",
        ),
        ("Ils ont créé à Fives", WorkshopKind.DEBATE, "Des entrepreneurs du quartier racontent."),
    ),
    "Échanger": (
        (
            "Les systèmes d’échange local (SEL)",
            WorkshopKind.STAND,
            "Échanger des services sans argent, entre voisins.",
        ),
        (
            "Les réseaux d’échanges réciproques de savoirs (RERS)",
            WorkshopKind.STAND,
            "Chacun sait quelque chose, chacun peut l’apprendre à d’autres.",
        ),
    ),
}


def load_gatherings_of_2011(edition: Edition) -> None:
    """Load what the newsletter of autumn 2011 announces, held since, with what was said there."""
    rooms = [load_room(*venue, at=ANNOUNCED) for venue in VENUES]
    themes = {theme.position: theme for theme in edition.themes.all()}
    for evening in EVENINGS:
        gathering = plan_gathering(
            GatheringDraft(
                title=evening.title,
                edition=edition,
                starts_at=evening.starts_at,
                ends_at=evening.ends_at,
                theme=themes[evening.theme],
                summary=evening.summary,
                description=evening.description + SOURCE,
                room=rooms[evening.venue],
                audience=Audience.ACTORS,
                hosts=named("Maillage"),
            ),
            slug=evening.slug,
            by=None,
            at=ANNOUNCED,
        )
        hold(gathering, evening.said, at=ANNOUNCED)
    load_forum(edition, rooms[ROGER_SALENGRO], at=ANNOUNCED)


def load_forum(edition: Edition, room: Room, *, at: datetime) -> None:
    """Load the forum of Fives, its axes, its themes and what each of them holds; its committee's accounts."""
    committee = (*OF_FIVES, *WIDER)
    load_committee(named(*committee), at=at)
    forum = plan_gathering(
        GatheringDraft(
            title="Forum de la solidarité et du mieux-vivre à Fives",
            edition=edition,
            kind=GatheringKind.FORUM,
            starts_at=FORUM_STARTS_AT,
            ends_at=FORUM_ENDS_AT,
            summary="Un samedi pour découvrir l’économie sociale et solidaire à Fives : ouvert à tous, accès libre.",
            description=FORUM,
            room=room,
            hosts=named("Maillage", *committee),
        ),
        slug="forum-fives-2011",
        by=None,
        at=at,
    )
    for axis in AXES:
        add_strand(StrandDraft(kind=StrandKind.AXIS, title=axis), gathering=forum, by=None, at=at)
    for theme, workshops in THEMES.items():
        strand = add_strand(StrandDraft(kind=StrandKind.THEME, title=theme), gathering=forum, by=None, at=at)
        for name, kind, description in workshops:
            draft = WorkshopDraft(name=name, kind=kind, strand=strand, description=description)
            add_workshop(draft, gathering=forum, by=None, at=at)
    hold(forum, (), at=at)


def hold(gathering: Gathering, said: tuple[Said, ...], *, at: datetime) -> None:
    """Confirm a gathering, hold it on its day, note what was said and what became of it."""
    confirm_gathering(gathering, by=None, at=at)
    ended = gathering.occasion.ends_at
    for one in said:
        note(gathering, one, at=ended)
    hold_gathering(gathering, by=None, at=ended)


def note(gathering: Gathering, said: Said, *, at: datetime) -> None:
    """Note something said, and link it to the need it supports."""
    edition = gathering.edition
    draft = ContributionDraft(
        territory=edition.territory,
        edition=edition,
        theme=gathering.theme,
        kind=said.kind,
        words=said.words,
        may_be_shown=True,
    )
    contribution = note_at(gathering, draft, is_example=True, by=None, at=at).contribution
    if said.need:
        attach_contribution(contribution, need=public_need(said.need), by=None, at=at)
    elif said.answer:
        follow_up(contribution, reason=said.answer, by=None, at=at)


def load_room(name: str, address: str, commune: str, room: str, *, at: datetime) -> Room:
    """Enter a venue with one room."""
    draft = VenueDraft(
        name=name,
        address=address,
        commune=resolve_codes([commune]).communes[0],
        rooms=(RoomDraft(name=room),),
    )
    return open_venue(draft, by=None, at=at).rooms.get()


def named(*names: str) -> tuple[Organisation, ...]:
    """Return organisations of the directory by their names, in that order."""
    found = {organisation.name: organisation for organisation in all_organisations().filter(name__in=names)}
    return tuple(found[name] for name in names)
