"""Two made-up editions around today: what a programme under way looks like, and what comes next."""

from datetime import date, datetime

from django.utils import timezone

from creasol.programmes.actions.editions import (
    EditionDraft,
    PartnerDraft,
    PhaseDraft,
    ThemeDraft,
    plan_edition,
    start_edition,
)
from creasol.programmes.enums import PartnerRole, PhaseKind
from creasol.programmes.models import Programme
from creasol.programmes.queries.proposals import phases_from
from creasol.programmes.schedule import month_start
from creasol.territories.models import Territory

MONTHS_BEHIND = 5  # the second of three phases
YEAR = 12
WORDS = {
    PhaseKind.MOBILISATION: (
        "Regarder ensemble ce que le territoire a et ce qui lui manque.",
        "Un diagnostic partagé",
    ),
    PhaseKind.EVENTS: (
        "Se rencontrer, débattre, ouvrir au public.",
        "Des soirées à thème\nUn rendez-vous public",
    ),
    PhaseKind.SUPPORT: ("Accompagner chaque porteur d’idée.", "Des idées devenues projets"),
}
SUMMARY = "*Édition inventée, pour montrer à quoi ressemble un programme en marche.*"
CONTRACT = "*Contrat inventé.*"
THEMES = (
    ThemeDraft("Réparer plutôt que jeter", "Ateliers, prêt d’outils, pièces détachées."),
    ThemeDraft("Garder les enfants aux heures décalées", "Tôt le matin, tard le soir, le samedi."),
)
PARTNERS = (
    PartnerDraft("Association imaginaire", PartnerRole.LEAD, "anime l’édition"),
    PartnerDraft("Collectivité imaginaire", PartnerRole.FUNDER, "finance l’édition"),
)


def load_invented_editions(
    *, programme: Programme, running_on: Territory, planned_on: Territory, at: datetime
) -> None:
    """Load an edition that is in its second phase at ``at``, and one planned for the year after it."""
    first = month_start(timezone.localtime(at).date(), -MONTHS_BEHIND)
    running = plan_edition(draft(running_on, first), programme=programme, is_example=True, by=None, at=at)
    start_edition(running, by=None, at=at)
    following = draft(planned_on, month_start(first, YEAR))
    plan_edition(following, programme=programme, is_example=True, by=None, at=at)


def draft(territory: Territory, starts_on: date) -> EditionDraft:
    """Return a made-up edition of a year from the first day of a month."""
    phases = phases_from(starts_on)
    return EditionDraft(
        territory=territory,
        name=f"{territory.name} {starts_on.year} (exemple)",
        starts_on=starts_on,
        ends_on=phases[-1].ends_on,
        phases=[
            PhaseDraft(phase.kind, phase.starts_on, phase.ends_on, *WORDS[phase.kind]) for phase in phases
        ],
        summary=SUMMARY,
        contract=CONTRACT,
        themes=THEMES,
        partners=PARTNERS,
    )
