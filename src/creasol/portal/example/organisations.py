"""The directory: real organisations, only as the newsletter names them, and made-up ones beside them."""

from datetime import date, datetime

from creasol.network.actions.organisations import register_organisation
from creasol.network.actions.origins import Provenance
from creasol.network.drafts import OrganisationDraft
from creasol.network.enums import OriginKind
from creasol.network.models import Organisation
from creasol.territories.queries import resolve_codes

LILLE = "59350"
LETTER = Provenance(OriginKind.STAFF, date(2011, 11, 1), source="La lettre de Maillage, automne 2011")
FORUM = (
    "A fait partie du comité qui a préparé, en six réunions, le forum de la solidarité et du mieux-vivre "
    "à Fives, le 5 novembre 2011 au centre social Roger-Salengro."
)
MAILLAGE = (
    "Association à l’origine du programme Création solidaire, avec la Métropole lilloise. "
    "Elle a aussi animé en 2011, à Fives, le groupe d’acteurs d’où est né le forum de la solidarité et du "
    "mieux-vivre."
)
OF_FIVES = (
    "Les Potes en Ciel",
    "Nasdac",
    "Culture et Liberté",
    "La Régie de quartier",
    "Mos’art",
    "Centre social Roger-Salengro",
    "Centre social Mosaïque",
    "Association d’animation du Petit Maroc",
)
WIDER = ("Les Cigales", "ADIE", "CLAP de Lille", "APES")
INVENTED = (
    (
        "Le Potager imaginaire",
        "59193",
        "88.10C",
        "Des paniers de légumes de saison cultivés à Emmerin par des personnes en insertion, à prix ajusté.",
    ),
    (
        "La Roue imaginaire",
        "59560",
        "95.29Z",
        "Un atelier où l’on répare son vélo soi-même, avec l’aide de bénévoles.",
    ),
    ("Les Petits Pas imaginaires", "59343", "88.91A", "Une crèche parentale au bord du parc d’activités."),
    (
        "Coopérative imaginaire du Mélantois",
        "59256",
        "81.30Z",
        "Une coopérative d’entretien d’espaces verts.",
    ),
    (
        "Mobilité imaginaire",
        "59507",
        "49.39B",
        "Un transport à la demande pour aller à l’entretien d’embauche.",
    ),
    ("La Recyclerie imaginaire", "59650", "38.32Z", "Collecte, réparation et vente d’objets de la maison."),
)


def load_organisations(*, at: datetime) -> Organisation:
    """Fill the directory; return the made-up organisation that an example account speaks for."""
    lille = resolve_codes([LILLE]).communes[0]
    register_organisation(
        OrganisationDraft(name="Maillage", commune=lille, description=MAILLAGE),
        by=None,
        at=at,
        provenance=LETTER,
    )
    for name in OF_FIVES:
        draft = OrganisationDraft(name=name, commune=lille, description=FORUM)
        register_organisation(draft, by=None, at=at, provenance=LETTER)
    for name in WIDER:
        draft = OrganisationDraft(name=name, description=FORUM)
        register_organisation(draft, by=None, at=at, provenance=LETTER)
    invented = [
        register_organisation(
            OrganisationDraft(
                name=name,
                commune=resolve_codes([code]).communes[0],
                activity_code=activity,
                description=description,
            ),
            is_example=True,
            by=None,
            at=at,
        )
        for name, code, activity, description in INVENTED
    ]
    return invented[0]
