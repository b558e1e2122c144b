"""The edition of 2011 on the Couronne Sud de Lille, and the figures quoted about it."""

from datetime import date, datetime

from creasol.diagnosis.actions.declared import declare_figure
from creasol.diagnosis.indicators import Unit
from creasol.programmes.actions.editions import (
    EditionDraft,
    PartnerDraft,
    PhaseDraft,
    ThemeDraft,
    complete_edition,
    plan_edition,
    start_edition,
)
from creasol.programmes.enums import PartnerRole, PhaseKind
from creasol.programmes.models import Edition, Programme
from creasol.territories.models import Territory

SUMMARY = (
    "Treize communes du sud de Lille, de Loos à Fretin, ont accueilli le programme en 2011. À "
    "l’automne, trois soirées ouvertes à tous ont mis en débat ce que le diagnostic partagé avait fait "
    "ressortir : se nourrir, se déplacer, travailler.\n\n"
    "*Ce que dit cette page vient de la lettre d’information de l’association Maillage (automne 2011). "
    "La lettre donne les dates des soirées ; celles des phases sont indicatives.*"
)
CONTRACT = (
    "L’édition est liée au contrat de territoire de la métropole avec ses communes du sud, dans le "
    "cadre du Plan métropolitain de développement de l’économie sociale et solidaire."
)
PHASES = (
    PhaseDraft(
        PhaseKind.MOBILISATION,
        date(2011, 1, 1),
        date(2011, 8, 31),
        "Élus, services des communes et acteurs de l’économie sociale et solidaire se concertent.",
        "Un diagnostic partagé du territoire\nLa liste des acteurs\nDes besoins encore sans réponse",
    ),
    PhaseDraft(
        PhaseKind.EVENTS,
        date(2011, 9, 1),
        date(2011, 11, 30),
        "Les acteurs débattent et échangent ; le public découvre la création solidaire.",
        "Lundi 7 novembre, Emmerin : l’alimentation de qualité en circuit court\n"
        "Mardi 15 novembre, Seclin : des transports pour une mobilité plus durable\n"
        "Mardi 29 novembre, Lesquin : des services collectifs pour les entreprises et leurs salariés",
    ),
    PhaseDraft(
        PhaseKind.SUPPORT,
        date(2011, 12, 1),
        date(2012, 6, 30),
        "Chaque porteur de projet est accompagné, au plus près de chez lui, de l’idée au projet.",
        "Un accompagnement individuel\nDes idées devenues projets",
    ),
)
THEMES = (
    ThemeDraft(
        "Une alimentation locale de qualité, en circuit court",
        "AMAP, paniers solidaires ou biologiques, commandes des collectivités, éducation des consommateurs.",
    ),
    ThemeDraft(
        "Des transports plus complets, une mobilité plus durable",
        "Les transports publics comme socle, les personnes éloignées de l’emploi, la voiture partagée.",
    ),
    ThemeDraft(
        "Des services collectifs pour les entreprises et leurs salariés",
        "Crèche parentale, comité d’entreprise mutualisé, espaces verts ou déchets confiés avec une clause "
        "sociale, parcs d’activités.",
    ),
)
PARTNERS = (
    PartnerDraft("Maillage", PartnerRole.LEAD, "a lancé le programme fin 2010, avec la métropole"),
    PartnerDraft(
        "Métropole lilloise", PartnerRole.LOCAL_AUTHORITY, "a lancé le programme fin 2010, avec Maillage"
    ),
    PartnerDraft("Ville d’Emmerin", PartnerRole.LOCAL_AUTHORITY, "accueille la soirée du 7 novembre"),
    PartnerDraft("Ville de Seclin", PartnerRole.LOCAL_AUTHORITY, "accueille la soirée du 15 novembre"),
    PartnerDraft("Ville de Lesquin", PartnerRole.LOCAL_AUTHORITY, "accueille la soirée du 29 novembre"),
)
LETTER = "Lettre d’information de Maillage"
STUDY = "Étude de Lille Métropole citée par la lettre d’information de Maillage"
DATED = "automne 2011"
FIGURES = (
    ("area_km2", 85.4, Unit.KM2, LETTER),
    ("area_share_of_reference", 0.14, Unit.FRACTION, LETTER),
    ("population", 109_041, Unit.INHABITANTS, LETTER),
    ("population_share_of_reference", 0.10, Unit.FRACTION, LETTER),
    ("ess_establishments", 216, Unit.ESTABLISHMENTS, STUDY),
    ("ess_jobs", 2_632, Unit.JOBS, STUDY),
    ("ess_share_of_reference", 0.065, Unit.FRACTION, STUDY),
    ("ess_rank", 6, Unit.RANK, STUDY),
)


def load_couronne_sud(*, programme: Programme, territory: Territory, at: datetime) -> Edition:
    """Load the edition of 2011, long completed, and the figures the newsletter quotes."""
    edition = plan_edition(
        EditionDraft(
            territory=territory,
            name="Couronne Sud de Lille 2011",
            starts_on=PHASES[0].starts_on,
            ends_on=PHASES[-1].ends_on,
            phases=PHASES,
            summary=SUMMARY,
            contract=CONTRACT,
            themes=THEMES,
            partners=PARTNERS,
        ),
        programme=programme,
        slug="couronne-sud-2011",
        by=None,
        at=at,
    )
    start_edition(edition, by=None, at=at)
    complete_edition(edition, by=None, at=at)
    for indicator, value, unit, source in FIGURES:
        declare_figure(
            territory=territory,
            indicator=indicator,
            value=value,
            unit=unit,
            source=source,
            dated=DATED,
            by=None,
            at=at,
        )
    return edition
