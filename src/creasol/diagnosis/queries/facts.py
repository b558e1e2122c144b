"""Everything a diagnosis reads, in a fixed number of queries whatever the size of the territory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from creasol.diagnosis.enums import POPULATION_OF_YEAR, Domain, Measure, PerimeterMode, Source
from creasol.diagnosis.indicators.facts import (
    Count,
    Establishments,
    Facts,
    Origin,
    OwnNumber,
    Register,
    Standing,
)
from creasol.diagnosis.indicators.reading import names
from creasol.diagnosis.models import Dataset, EmployerTotal, Observation
from creasol.journal.queries import site_version
from creasol.territories.models import Commune, Territory

from . import sums
from .datasets import all_datasets, newest
from .memory import remembered
from .own import own_numbers
from .scopes import Scope, scope_of

TOLERANCE = 0.01


@dataclass(frozen=True)
class Subject:
    """Whose facts are read: communes (those of ``territory``, when it is a named one) and their reference."""

    communes: tuple[Commune, ...]
    reference: Territory | None
    mode: PerimeterMode
    territory: Territory | None = None
    version: str = field(default_factory=site_version)

    @property
    def here(self) -> Scope:
        return scope_of(self.communes) if self.territory is None else Scope(territory=self.territory)

    @property
    def there(self) -> Scope | None:
        return None if self.reference is None else Scope(territory=self.reference)


def facts_of(subject: Subject, datasets: Sequence[Dataset] | None = None) -> Facts:
    """Read the facts of a territory and of its reference, out of ``datasets`` or of all that are imported.

    Indicators that people added belong to no dataset: they are read with all that is imported.
    """
    facts = facts_about(subject)
    if datasets is None:
        datasets = all_datasets()
        facts = replace(facts, own=own_of(subject, facts))
    datasets = list(datasets)
    facts = with_observations(facts, subject, datasets)
    register = newest(dataset for dataset in datasets if dataset.source == Source.SIRENE)
    return facts if register is None else with_register(facts, subject, register)


def own_of(subject: Subject, facts: Facts) -> tuple[OwnNumber, ...]:
    """Return what the indicators that people added say."""
    return own_numbers(
        subject.here,
        subject.there,
        communes=facts.communes,
        others=facts.reference_communes,
        version=subject.version,
    )


def facts_about(subject: Subject) -> Facts:
    """Return what needs no dataset: the communes, and those that the reference does not hold."""
    if subject.reference is None:
        return Facts(len(subject.communes))
    members = Territory.communes.through.objects.filter(territory=subject.reference)
    codes = [commune.code for commune in subject.communes]
    inside = frozenset(members.filter(commune__in=codes).values_list("commune", flat=True))
    outside = tuple(commune.name for commune in subject.communes if commune.code not in inside)
    return Facts(len(subject.communes), members.count(), subject.reference.name, outside)


def with_observations(facts: Facts, subject: Subject, datasets: list[Dataset]) -> Facts:
    """Add populations, areas, jobs, employers and facilities."""
    populations = [dataset for dataset in datasets if dataset.source == Source.POPULATIONS]
    comparator = newest(dataset for dataset in datasets if dataset.source == Source.COMPARATOR)
    facilities = newest(dataset for dataset in datasets if dataset.source == Source.FACILITIES)
    read = [*populations, *(dataset for dataset in (comparator, facilities) if dataset is not None)]
    own = observed(subject, subject.here, read)
    others = {} if subject.there is None else observed(subject, subject.there, read)
    reasons = dict(facts.reasons)

    def number(dataset: Dataset, measure: str) -> Count | None:
        total, known = own.get((dataset.pk, measure), (0.0, 0))
        if not known:
            return None
        missing = ()
        if known < facts.communes:
            missing = sums.without_observation(subject.here, dataset, measure)
        reference, reference_known = others.get((dataset.pk, measure), (None, 0))
        if reference_known < (facts.reference_communes or 0) * (1 - TOLERANCE):
            reference = None
        return Count(origin_of(dataset), total, reference, missing)

    years = {}
    if comparator is not None:
        years |= {
            int(measure.removeprefix(POPULATION_OF_YEAR)): number(comparator, measure)
            for pk, measure in own
            if pk == comparator.pk and measure.startswith(POPULATION_OF_YEAR)
        }
    years |= {int(dataset.vintage[:4]): number(dataset, Measure.POPULATION) for dataset in populations}
    usable = {year: found for year, found in years.items() if found is not None}
    complete = {
        year: found for year, found in usable.items() if subject.there is None or found.reference is not None
    }
    if populations and not usable:
        reasons[Measure.POPULATION] = _(
            "not available: these communes are unknown to the populations imported"
        )

    counts = {}
    if comparator is not None:
        for measure in (Measure.AREA, Measure.JOBS, Measure.EMPLOYERS):
            found = number(comparator, measure)
            if found is None:
                reasons[measure] = _(
                    "not available: these communes are unknown to this vintage of the comparator"
                )
            else:
                counts[measure] = found
    facts = replace(facts, populations=complete or usable, counts=counts, reasons=reasons)
    return facts if facilities is None else with_facilities(facts, subject, facilities, own, others)


def with_facilities(facts: Facts, subject: Subject, dataset: Dataset, own: dict, others: dict) -> Facts:
    """Add the facilities: a commune without row has none, a commune that the file does not cover is said."""
    rows = Observation.objects.filter(dataset=dataset, measure__in=Domain.values)
    unknown = not_covered(subject, subject.here, rows, dataset)
    if unknown:
        reason = _("not available: the facilities imported leave out %(communes)s") % {
            "communes": names(unknown)
        }
        return replace(facts, reasons={**facts.reasons, Source.FACILITIES: reason})
    covered = subject.there is not None and not not_covered(subject, subject.there, rows, dataset)
    facilities = {
        domain: Count(
            origin_of(dataset),
            own.get((dataset.pk, domain), (0.0, 0))[0],
            others.get((dataset.pk, domain), (0.0, 0))[0] if covered else None,
        )
        for domain in Domain.values
    }
    return replace(facts, facilities=facilities)


def with_register(facts: Facts, subject: Subject, dataset: Dataset) -> Facts:
    """Add what the register of establishments says."""
    rows = EmployerTotal.objects.filter(dataset=dataset)
    unknown = not_covered(subject, subject.here, rows, dataset)
    if unknown:
        reason = _("not available: the register imported leaves out %(communes)s") % {
            "communes": names(unknown)
        }
        return replace(facts, reasons={**facts.reasons, Source.SIRENE: reason})
    register = Register(origin_of(dataset), *registered(subject, subject.here, dataset))
    if subject.there is None or not_covered(subject, subject.there, rows, dataset):
        return replace(facts, register=register)
    reference, reference_employers = registered(subject, subject.there, dataset)
    register = replace(register, reference=reference, reference_employers=reference_employers)
    facts = replace(facts, register=register)
    if facts.outside:
        return facts
    return with_standing(facts, subject, dataset)


def observed(
    subject: Subject, scope: Scope, datasets: list[Dataset]
) -> dict[tuple[int, str], tuple[float, int]]:
    """Return the sums of the observations of a scope."""
    about = ("observed", *(dataset.pk for dataset in datasets))
    return remembered(subject.version, scope, about, lambda: sums.observed(scope, datasets))


def registered(subject: Subject, scope: Scope, dataset: Dataset) -> tuple[Establishments, int]:
    """Return the ESS establishments of a scope, and all its employers."""
    return remembered(
        subject.version,
        scope,
        ("registered", dataset.pk, subject.mode.value),
        lambda: (sums.establishments(scope, dataset, subject.mode), sums.employers(scope, dataset)),
    )


def not_covered(subject: Subject, scope: Scope, rows: QuerySet, dataset: Dataset) -> tuple[str, ...]:
    """Return the names of the communes of a scope that a dataset does not cover."""
    return remembered(
        subject.version,
        scope,
        ("not-covered", dataset.pk),
        lambda: sums.not_covered(scope, rows, synthetic=dataset.synthetic),
    )


def with_standing(facts: Facts, subject: Subject, dataset: Dataset) -> Facts:
    """Add the numbers to rank: those of the reference's territories, or of its communes when there is only one."""
    reference = subject.reference
    territory = subject.territory or territory_made_of(subject.communes, reference)
    if territory is not None:
        parts = rivals(territory, reference)
        if territory.pk not in parts:
            words = {"territory": territory.name, "reference": reference.name}
            reason = (
                _("not available: %(territory)s is not one of the territories that part %(reference)s")
                % words
            )
            return replace(facts, reasons={**facts.reasons, "standing": reason})
        found = remembered(
            subject.version,
            subject.there,
            ("standing", dataset.pk, subject.mode.value, *parts),
            lambda: sums.establishments_by_territory(dataset, subject.mode, parts),
        )
        numbers = {part.slug: found.get(pk, 0) for pk, part in parts.items()}
        labels = {part.slug: part.name for part in parts.values()}
        return replace(facts, standing=Standing(territory.slug, numbers, labels))
    if len(subject.communes) > 1:
        reason = _("not available: only a named territory has a rank")
        return replace(facts, reasons={**facts.reasons, "standing": reason})
    found = sums.establishments_by_commune(subject.there, dataset, subject.mode)
    labels = dict(reference.communes.values_list("code", "name"))
    numbers = {code: found.get(code, 0) for code in labels}
    return replace(facts, standing=Standing(subject.communes[0].code, numbers, labels))


def territory_made_of(communes: tuple[Commune, ...], reference: Territory) -> Territory | None:
    """Return the part of ``reference`` that holds just these communes, however they were chosen.

    One commune alone is ranked among communes.
    """
    if len(communes) == 1:
        return None
    chosen = models.Q(communes__in=[commune.code for commune in communes])
    parts = Territory.objects.filter(reference=reference)
    parts = parts.annotate(size=models.Count("communes"), shared=models.Count("communes", filter=chosen))
    return parts.filter(size=len(communes), shared=len(communes)).first()


def rivals(territory: Territory, reference: Territory) -> dict[int, Territory]:
    """Return, by id, the territories of one kind that part ``reference`` at the same date."""
    parts = Territory.objects.filter(reference=reference, kind=territory.kind)
    day = territory.valid_from or territory.valid_to
    if day is not None:
        parts = parts.valid_on(day)
    return parts.in_bulk()


def origin_of(dataset: Dataset) -> Origin:
    """Return where the rows of ``dataset`` come from."""
    return Origin(Source(dataset.source), dataset.vintage, dataset.synthetic)
