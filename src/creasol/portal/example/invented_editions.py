"""Two made-up editions around today: what a programme under way looks like, and what comes next."""

from datetime import date, datetime, timedelta

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
from creasol.programmes.schedule import spread
from creasol.territories.models import Territory

MONTHS_BEHIND = 5
WEIGHTS = (4, 3, 5)
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
    today = timezone.localtime(at).date()
    first = months_before(today, MONTHS_BEHIND)
    following = first.replace(year=first.year + 1)
    running = plan_edition(draft(running_on, first), programme=programme, is_example=True, by=None, at=at)
    start_edition(running, by=None, at=at)
    plan_edition(draft(planned_on, following), programme=programme, is_example=True, by=None, at=at)


def draft(territory: Territory, starts_on: date) -> EditionDraft:
    """Return a made-up edition of a year from the first day of a month."""
    ends_on = starts_on.replace(year=starts_on.year + 1) - timedelta(days=1)
    periods = spread(starts_on, ends_on, WEIGHTS)
    return EditionDraft(
        territory=territory,
        name=f"{territory.name} {starts_on.year} (exemple)",
        starts_on=starts_on,
        ends_on=ends_on,
        phases=[
            PhaseDraft(kind, begins, ends, *words)
            for (kind, words), (begins, ends) in zip(WORDS.items(), periods, strict=True)
        ],
        summary=SUMMARY,
        contract=CONTRACT,
        themes=THEMES,
        partners=PARTNERS,
    )


def months_before(day: date, months: int) -> date:
    """Return the first day of the month that is so many months before ``day``'s.

    >>> months_before(date(2026, 3, 31), 5)
    datetime.date(2025, 10, 1)
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, 1)
