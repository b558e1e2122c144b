"""The programme « Création solidaire »: what it is for, and its six objectives."""

from datetime import date, datetime

from creasol.programmes.actions.programmes import ObjectiveDraft, create_programme
from creasol.programmes.models import Programme
from creasol.territories.models import Territory

TAGLINE = "Faire naître, territoire après territoire, des projets d’économie sociale et solidaire."
DESCRIPTION = (
    "Quelqu’un a une idée : une épicerie de producteurs, un service de transport pour aller travailler, "
    "une crèche tenue par des parents. Entre cette idée et un projet qui tient debout, il manque "
    "souvent quelqu’un à qui parler, et l’aide qu’on trouve n’est pas la même d’une commune à l’autre. "
    "**Création solidaire** répond à ces deux difficultés.\n\n"
    "Le programme a commencé fin 2010, à titre d’expérience, par un partenariat entre l’association "
    "Maillage et la Métropole lilloise. Il dure plusieurs années et concerne toute la métropole : il "
    "passe d’un territoire à l’autre, en lien avec les contrats de territoire.\n\n"
    "Il s’adresse :\n\n"
    "- aux élus et aux services des communes ;\n"
    "- aux acteurs de l’économie sociale et solidaire ;\n"
    "- à celles et ceux dont le métier est d’aider à créer une activité ;\n"
    "- à toute personne qui pourrait en créer une.\n\n"
    "Son ambition : créer des emplois dans les services de proximité et les services d’utilité sociale."
)
FRAMEWORK = "Plan métropolitain de développement de l’économie sociale et solidaire"
OBJECTIVES = (
    ObjectiveDraft("Aider les projets à naître", "Être là dès l’idée, quand tout est encore à faire."),
    ObjectiveDraft(
        "Faire travailler ensemble le territoire",
        "Renforcer la coopération entre les collectivités et les acteurs de l’économie sociale et solidaire.",
    ),
    ObjectiveDraft(
        "Repérer ce qui manque",
        "Trouver les activités et les services absents, pour développer ceux qui y répondent.",
    ),
    ObjectiveDraft("Transmettre l’expérience", "Faire connaître ailleurs ce qui a bien marché ici."),
    ObjectiveDraft(
        "Créer ou consolider",
        "Faire naître des organisations pour ces activités, ou affermir celles qui existent.",
    ),
    ObjectiveDraft(
        "Mettre en commun",
        "Favoriser la mutualisation et la mise en réseau, sur chaque territoire et dans toute la métropole.",
    ),
)


def load_programme(*, territory: Territory, at: datetime) -> Programme:
    """Create the programme over ``territory``."""
    return create_programme(
        slug="creation-solidaire",
        name="Création solidaire",
        territory=territory,
        tagline=TAGLINE,
        description=DESCRIPTION,
        framework=FRAMEWORK,
        started_on=date(2010, 12, 1),
        objectives=OBJECTIVES,
        by=None,
        at=at,
    )
