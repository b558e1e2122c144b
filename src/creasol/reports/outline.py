"""The usual outline of a shared diagnosis: what a report starts from when nobody has written yet."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, kw_only=True)
class SectionDraft:
    """What a section says: a title, a text (Markdown), and the keys of the figures shown with it."""

    title: str | Promise
    text: str = ""
    indicators: tuple[str, ...] = ()


OUTLINE = (
    SectionDraft(
        title=pgettext_lazy("section of a report", "In brief"),
        indicators=("population", "jobs", "ess_establishments", "ess_per_1000"),
    ),
    SectionDraft(
        title=pgettext_lazy("section of a report", "The territory and its people"),
        indicators=("population", "population_change", "density", "area_km2"),
    ),
    SectionDraft(
        title=pgettext_lazy("section of a report", "Its social and solidarity economy"),
        indicators=("ess_establishments", "ess_jobs", "ess_by_family", "ess_by_activity"),
    ),
    SectionDraft(title=pgettext_lazy("section of a report", "What is lacking here")),
    SectionDraft(title=pgettext_lazy("section of a report", "What we propose to do")),
)
