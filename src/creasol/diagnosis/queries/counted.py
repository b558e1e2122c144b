"""Things counted kind by kind in any set of communes: facilities by type, employers by activity."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from creasol.diagnosis.enums import Domain, PerimeterMode, Source, ThinKind
from creasol.diagnosis.models import Dataset, EmployerTotal, Establishment, Observation
from creasol.network.activities import SECTIONS, activity_label, section_of

from .datasets import current_dataset
from .scopes import Scope


@dataclass(frozen=True)
class Things:
    """What a dataset counts: ``rows`` have a commune and a ``code``, ``known`` tells the communes that it covers.

    ``ess_only`` counts the establishments of one perimeter of the ESS instead of all employers.
    """

    kind: ThinKind
    dataset: Dataset
    rows: QuerySet
    known: QuerySet
    code: str
    number: Sum | Count
    by_type: bool = True
    ess_only: bool = False

    def counts(self, scope: Scope) -> dict[str, int]:
        """Return code → how many there are; codes without any are left out."""
        groups = scope.rows(self.rows).values_list(self.code).annotate(number=self.number).order_by()
        return {code: int(number) for code, number in groups if number}

    @property
    def label(self) -> str:
        """Return what is counted, in words."""
        if self.kind == ThinKind.FACILITIES:
            return _("Facilities by type") if self.by_type else _("Facilities by domain")
        return _("ESS employers by activity") if self.ess_only else _("Employers by activity")

    def measure(self, code: str) -> str:
        """Return the code by which a need remembers what it lacks."""
        return f"ess:{code}" if self.ess_only else code

    def words(self, code: str) -> str:
        """Return what a code means."""
        if self.kind == ThinKind.ACTIVITIES:
            return activity_label(code) or code
        labels: Mapping[str, str] = {**dict(Domain.choices), **self.dataset.labels}
        return str(labels.get(code) or f"{code} ({self.family(code)})")

    def family(self, code: str) -> str:
        """Return the domain of a facility, the section of an activity."""
        families = dict(Domain.choices) if self.kind == ThinKind.FACILITIES else SECTIONS
        letter = code[:1] if self.kind == ThinKind.FACILITIES else section_of(code)
        return str(families.get(letter, ""))


def things(kind: str, *, mode: PerimeterMode | None = None) -> Things | None:
    """Return what the newest dataset counts of a kind; None when none was imported.

    With a ``mode``, activities are those of the establishments that this perimeter counts as ESS. Facilities are
    counted by type, by domain when the file imported says no more.
    """
    kind = ThinKind(kind)
    dataset = current_dataset(Source.FACILITIES if kind == ThinKind.FACILITIES else Source.SIRENE)
    if dataset is None:
        return None
    if kind == ThinKind.FACILITIES:
        return facilities(dataset)
    employers = EmployerTotal.objects.filter(dataset=dataset)
    named = employers.exclude(activity_code="")
    if mode is None:
        return Things(kind, dataset, named, employers, "activity_code", Sum("count"))
    ess = Establishment.objects.filter(dataset=dataset).within(mode).exclude(activity_code="")
    return Things(kind, dataset, ess, employers, "activity_code", Count("pk"), ess_only=True)


def facilities(dataset: Dataset) -> Things:
    """Return the facilities that a dataset counts."""
    every = Observation.objects.filter(dataset=dataset)
    domains = every.filter(measure__in=Domain.values)
    types = every.exclude(measure__in=Domain.values)
    by_type = types.exists()
    rows = types if by_type else domains
    return Things(ThinKind.FACILITIES, dataset, rows, domains, "measure", Sum("value"), by_type=by_type)
