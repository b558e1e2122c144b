"""The needs of the example: from the themes of the evenings of 2011, and from what the figures say is rare.

The themes are those of the newsletter; the words, the authors and what became of each need are made up, and
the page of each says so.
"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from creasol.diagnosis.enums import ThinKind
from creasol.diagnosis.evidence import evidence_of
from creasol.diagnosis.queries.choices import choose
from creasol.diagnosis.queries.comparables import comparables_of
from creasol.diagnosis.queries.thin import thin_list
from creasol.needs.actions import EvidenceDraft, NeedDraft, move_need, record_need
from creasol.needs.enums import NeedState
from creasol.network.models import Organisation
from creasol.network.queries.organisations import all_organisations
from creasol.programmes.models import Edition

FOOD, TRANSPORT, WORK = 1, 2, 3  # places of the themes in the edition of 2011
REPAIR, CHILDREN = 1, 2  # and in the made-up one
SHARED, ADDRESSED, COVERED = NeedState.SHARED, NeedState.ADDRESSED, NeedState.COVERED


@dataclass(frozen=True)
class Wording:
    """A need as the example words it: its theme by its place, the code of the figure that says so, its life."""

    slug: str
    statement: str
    explanation: str
    theme: int | None = None
    measure: str = ""
    author: str = ""
    organisation: str = ""
    states: tuple[NeedState, ...] = ()
    set_aside: str = ""


OF_COURONNE_SUD = (
    Wording(
        slug="produits-frais-pres-de-chez-soi",
        statement="Acheter près de chez soi des produits frais et locaux, à un prix que chacun peut payer",
        explanation=(
            "Les commerces d’alimentation spécialisés sont rares ici. Une AMAP, un groupement d’achat ou des "
            "paniers au prix ajusté aux revenus rapprocheraient ceux qui cultivent de ceux qui mangent, sans "
            "laisser de côté les budgets serrés."
        ),
        theme=FOOD,
        measure="B210",
        author="Noa Exemple",
        organisation="Le Potager imaginaire",
        states=(SHARED, ADDRESSED),
    ),
    Wording(
        slug="produits-d-ici-dans-les-cantines",
        statement="Faire entrer les produits d’ici dans les cantines des treize communes",
        explanation=(
            "Une commune seule commande peu, et un maraîcher seul ne peut pas livrer tous les jours. En "
            "s’organisant ensemble, les communes et les producteurs auraient de quoi s’engager dans la durée."
        ),
        theme=FOOD,
        author="Sacha Exemple",
        states=(SHARED,),
    ),
    Wording(
        slug="apprendre-a-conduire",
        statement="Apprendre à conduire près de chez soi quand un emploi en dépend",
        explanation=(
            "Sans permis, beaucoup d’offres d’emploi restent hors de portée. Les écoles de conduite sont peu "
            "nombreuses sur le territoire, et leurs prix écartent ceux qui en auraient le plus besoin : une "
            "école de conduite associative leur ouvrirait la porte."
        ),
        theme=TRANSPORT,
        measure="A304",
        author="Lou Exemple",
        organisation="Mobilité imaginaire",
        states=(SHARED,),
    ),
    Wording(
        slug="aller-travailler-sans-voiture",
        statement="Aller travailler dans les parcs d’activités quand on n’a pas de voiture",
        explanation=(
            "Les transports publics sont le socle ; restent les derniers kilomètres, les horaires d’équipe et "
            "les entretiens d’embauche. Voiture partagée, transport à la demande, vélo remis en état : "
            "plusieurs réponses se complètent."
        ),
        theme=TRANSPORT,
        author="Lou Exemple",
        organisation="Mobilité imaginaire",
        states=(SHARED, ADDRESSED),
    ),
    Wording(
        slug="une-place-pour-chaque-tout-petit",
        statement="Trouver une place d’accueil pour son tout-petit, près de chez soi ou de son travail",
        explanation=(
            "Rapportés au nombre d’habitants, les lieux d’accueil des jeunes enfants sont bien moins nombreux "
            "ici que dans la métropole. Une crèche tenue par des parents, au bord d’un parc d’activités, "
            "servirait à la fois des familles et des employeurs."
        ),
        theme=WORK,
        measure="D502",
        author="Charlie Exemple",
        organisation="Les Petits Pas imaginaires",
        states=(SHARED, ADDRESSED),
    ),
    Wording(
        slug="un-comite-d-entreprise-a-plusieurs",
        statement="Donner aux salariés des petites entreprises les avantages d’un comité d’entreprise",
        explanation=(
            "Places de spectacle, vacances, coups de pouce : les grandes entreprises savent faire. En se "
            "regroupant, les petites entreprises d’un même parc pourraient en faire autant."
        ),
        theme=WORK,
        author="Camille Exemple",
        states=(SHARED,),
    ),
    Wording(
        slug="des-espaces-verts-qui-creent-de-l-emploi",
        statement="Confier l’entretien des espaces verts à des personnes éloignées de l’emploi",
        explanation=(
            "Communes et entreprises paient déjà pour cet entretien. Avec une clause sociale dans leurs "
            "marchés, le même argent crée aussi des emplois pour ceux qui en cherchent depuis longtemps."
        ),
        theme=WORK,
        author="Ange Exemple",
        organisation="Coopérative imaginaire du Mélantois",
        states=(SHARED, ADDRESSED, COVERED),
    ),
    Wording(
        slug="loger-les-visiteurs",
        statement="Loger sur place les visiteurs de passage",
        explanation="Les hôtels sont rares, rapportés au nombre d’habitants.",
        measure="G102",
        author="Camille Exemple",
        set_aside="Lille est à quelques minutes et a ce qu’il faut : personne ici n’en fait un besoin.",
    ),
    Wording(
        slug="se-former-sur-place",
        statement="Se former à tout âge sans quitter le territoire",
        explanation="Les organismes de formation d’adultes qui emploient du monde sont rares. À discuter.",
        measure="85.59A",
        author="Dominique Exemple",
    ),
)
OF_THE_RUNNING_EDITION = (
    Wording(
        slug="emprunter-un-outil",
        statement="Emprunter un outil plutôt que l’acheter",
        explanation="Une perceuse sert quelques minutes par an. La prêter demande un lieu et quelqu’un pour l’ouvrir.",
        theme=REPAIR,
        author="Maxime Exemple",
        organisation="La Recyclerie imaginaire",
        states=(SHARED,),
    ),
    Wording(
        slug="faire-garder-ses-enfants-avant-l-aube",
        statement="Faire garder ses enfants quand on commence à cinq heures du matin",
        explanation="Propos entendu pendant la mobilisation ; reste à savoir combien de familles sont concernées.",
        theme=CHILDREN,
        author="Eden Exemple",
    ),
)


def load_needs(edition: Edition, wordings: tuple[Wording, ...], *, at: datetime) -> None:
    """Record the needs of an edition, with the figures that say so, and bring each where it stands."""
    themes = {theme.position: theme for theme in edition.themes.all()}
    figures = figures_about(edition)
    for wording in wordings:
        draft = NeedDraft(
            territory=edition.territory,
            edition=edition,
            statement=wording.statement,
            explanation=wording.explanation,
            theme=themes.get(wording.theme),
        )
        need = record_need(
            draft,
            evidence=[figures[wording.measure]] if wording.measure in figures else [],
            organisation=organisation(wording.organisation),
            name=wording.author,
            slug=wording.slug,
            is_example=True,
            by=None,
            at=at,
        )
        for state in wording.states:
            move_need(need, to=state, by=None, at=at)
        if wording.set_aside:
            move_need(need, to=NeedState.SET_ASIDE, reason=wording.set_aside, by=None, at=at)


def figures_about(edition: Edition) -> dict[str, EvidenceDraft]:
    """Return what is rarer on the territory of an edition, by the code of what is counted."""
    choice = choose(slug=edition.territory.slug)
    comparables = comparables_of(choice)
    lists = [thin_list(choice, kind=kind, comparables=comparables) for kind in ThinKind]
    page = reverse("diagnosis:territory_thin", args=[edition.territory.slug])
    return {line.measure: evidence_of(listed, line, page) for listed in lists for line in listed.thin}


def organisation(name: str) -> Organisation | None:
    """Return the made-up organisation of this name."""
    return all_organisations().filter(name=name, is_example=True).first()
