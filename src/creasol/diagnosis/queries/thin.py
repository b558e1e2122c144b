"""What is thin in a territory: each type held against the reference, and against the comparable territories."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from creasol.diagnosis import poisson
from creasol.diagnosis.enums import POPULATION_OF_YEAR, Measure, Source, ThinKind, Verdict
from creasol.diagnosis.indicators.declaration import UnavailableError
from creasol.diagnosis.indicators.facts import Count, Facts, Origin
from creasol.diagnosis.indicators.reading import (
    missing_note,
    names,
    newest_population,
    not_imported,
    whole_reference,
)
from creasol.diagnosis.models import Observation
from creasol.diagnosis.rates import per_thousand
from creasol.diagnosis.thinness import judge_against_others, judge_against_rate

from .choices import Choice
from .communes import dataset_at
from .comparables import Comparables
from .counted import Things, things
from .datasets import all_datasets
from .facts import Subject, facts_about, not_covered, origin_of, with_observations
from .memory import remembered
from .scopes import Scope
from .sums import uncovered


@dataclass(frozen=True)
class ThinLine:
    """One type: how many there are, and per 1,000 inhabitants with the exact 95 % interval of that rate.

    ``expected`` is what the reference's rate would give here, ``shortfall`` what is missing to reach it (0 when
    nothing is). ``measure`` is the code by which a need remembers it, ``family`` its domain or section in words.
    """

    key: str
    label: str
    family: str
    measure: str
    count: int
    rate: float
    low: float
    high: float
    reference_rate: float
    expected: float
    shortfall: float
    verdict: Verdict
    comparables_rate: float | None = None
    comparables_verdict: Verdict | None = None

    @property
    def lacking(self) -> int:
        """How many more would do, whole; what rounding leaves of a sum is not one more."""
        return ceil(round(self.shortfall, 6))

    @property
    def wanted(self) -> int:
        """How many there would be then."""
        return self.count + self.lacking


@dataclass(frozen=True)
class ThinList:
    """What was counted and what it proves, the greatest shortfall first; ``reason`` says why there is no line.

    ``tested`` is how many types could have been proven thin, ``unsure`` of how many nothing can be told.
    ``comparables`` and ``left_out`` name the comparable territories that are counted, and those of which the dataset
    says nothing.
    """

    kind: ThinKind
    label: str
    origin: Origin | None = None
    reason: str = ""
    note: str = ""
    people: Origin | None = None
    inhabitants: int = 0
    reference: str = ""
    by_type: bool = True
    tested: int = 0
    unsure: int = 0
    lines: tuple[ThinLine, ...] = ()
    comparables: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def of(self, verdict: Verdict) -> tuple[ThinLine, ...]:
        """Return the lines of one verdict against the reference."""
        return tuple(line for line in self.lines if line.verdict == verdict)

    @property
    def thin(self) -> tuple[ThinLine, ...]:
        return self.of(Verdict.THIN)

    @property
    def unproven(self) -> tuple[ThinLine, ...]:
        return self.of(Verdict.UNSURE)

    @property
    def synthetic(self) -> bool:
        return any(origin is not None and origin.synthetic for origin in (self.origin, self.people))


@dataclass(frozen=True)
class Pool:
    """Comparable territories taken together: how many of each type, among how many people."""

    counts: Mapping[str, int]
    inhabitants: int
    names: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def thin_list(
    choice: Choice, *, kind: str, comparables: Comparables | None, mode_only_ess: bool = False
) -> ThinList:
    """Hold every type of facility, or every activity, against the reference's rate and the comparables' own.

    ``kind`` is one of `ThinKind`; activities are those of all employers, or of the ESS alone as the perimeter of the
    choice has it. ``ValueError`` for another kind.
    """
    subject = Subject(choice.communes, choice.reference, choice.perimeter, choice.territory)
    counted = things(kind, mode=choice.perimeter if mode_only_ess else None)
    if counted is None:
        source = Source.FACILITIES if ThinKind(kind) == ThinKind.FACILITIES else Source.SIRENE
        return ThinList(ThinKind(kind), str(ThinKind(kind).label), reason=not_imported(source))
    origin = origin_of(counted.dataset)
    facts = with_observations(facts_about(subject), subject, list(all_datasets()))
    try:
        people = people_of(facts, subject, counted)
    except UnavailableError as reason:
        return ThinList(counted.kind, counted.label, origin, str(reason))
    pool = pooled(comparables, subject, counted, population_of(facts, people))
    lines, tested = judged(counted, people, here_and_there(counted, subject), pool)
    return ThinList(
        counted.kind,
        counted.label,
        origin,
        note=missing_note(people),
        people=people.origin,
        inhabitants=int(people.territory),
        reference=facts.reference_name,
        by_type=counted.by_type,
        tested=tested,
        unsure=sum(line.verdict == Verdict.UNSURE for line in lines),
        lines=tuple(sorted(lines, key=lambda line: (-line.shortfall, line.key))),
        comparables=() if pool is None else pool.names,
        left_out=() if pool is None else pool.left_out,
    )


def people_of(facts: Facts, subject: Subject, counted: Things) -> Count:
    """Return the inhabitants of the territory and of its reference, or raise ``UnavailableError``."""
    words = {"communes": names(not_covered(subject, subject.here, counted.known, counted.dataset))}
    if words["communes"]:
        raise UnavailableError(_("not available: the file imported leaves out %(communes)s") % words)
    whole_reference(facts)
    words = {"reference": facts.reference_name}
    if not_covered(subject, subject.there, counted.known, counted.dataset):
        raise UnavailableError(
            _("not available: the file imported covers only a part of %(reference)s") % words
        )
    people = newest_population(facts)
    if people.reference is None:
        raise UnavailableError(_("not available: this vintage knows only a part of %(reference)s") % words)
    if not people.territory:
        raise UnavailableError(_("not available: nobody lives there"))
    return people


def population_of(facts: Facts, people: Count) -> QuerySet[Observation]:
    """Return the inhabitants of every commune, out of the dataset and the year of those of the territory."""
    measure = Measure.POPULATION.value
    if people.origin.source == Source.COMPARATOR:
        measure = f"{POPULATION_OF_YEAR}{max(facts.populations)}"
    dataset = dataset_at(list(all_datasets()), people.origin)
    return Observation.objects.filter(dataset=dataset, measure=measure)


def here_and_there(counted: Things, subject: Subject) -> tuple[dict[str, int], dict[str, int]]:
    """Return code → number in the territory, and in its reference."""
    about = ("counted", counted.dataset.pk, counted.kind.value, counted.ess_only and subject.mode.value)
    here, there = (
        remembered(subject.version, scope, about, lambda scope=scope: counted.counts(scope))
        for scope in (subject.here, subject.there)
    )
    return here, there


def pooled(
    comparables: Comparables | None, subject: Subject, counted: Things, population: QuerySet[Observation]
) -> Pool | None:
    """Count in the comparable territories that the dataset covers whole; None when there is no such one."""
    if comparables is None or not comparables.items:
        return None
    own = {commune.code for commune in subject.communes}
    every = Scope(codes=tuple({code for item in comparables.items for code in item.communes} - own))
    unknown = uncovered(every, counted.known, synthetic=counted.dataset.synthetic)
    usable = [item for item in comparables.items if not unknown.keys() & set(item.communes)]
    left_out = tuple(item.name for item in comparables.items if item not in usable)
    scope = Scope(codes=tuple({code for item in usable for code in item.communes} - own))
    inhabitants = scope.rows(population).aggregate(total=Sum("value"))["total"] or 0
    return Pool(counted.counts(scope), int(inhabitants), tuple(item.name for item in usable), left_out)


def judged(
    counted: Things, people: Count, counts: tuple[Mapping[str, int], Mapping[str, int]], pool: Pool | None
) -> tuple[list[ThinLine], int]:
    """Return the judgement of each type that there is here or in the reference, and how many were tested."""
    here, there = counts
    codes = sorted(here.keys() | there.keys())
    numbers = [here.get(code, 0) for code in codes]
    reference = [there.get(code, 0) for code in codes]
    found = judge_against_rate(numbers, people.territory, reference, people.reference)
    low, high = poisson.interval(numbers)
    own, verdicts = found.verdicts, [None] * len(codes)
    rates = dict.fromkeys(codes)
    if pool is not None and pool.inhabitants:
        others = [pool.counts.get(code, 0) for code in codes]
        verdicts = judge_against_others(numbers, people.territory, others, pool.inhabitants).verdicts
        rates = {code: per_thousand(pool.counts.get(code, 0), pool.inhabitants) for code in codes}
    lines = [
        ThinLine(
            key=code,
            label=counted.words(code),
            family=counted.family(code),
            measure=counted.measure(code),
            count=numbers[index],
            rate=per_thousand(numbers[index], people.territory),
            low=per_thousand(float(low[index]), people.territory),
            high=per_thousand(float(high[index]), people.territory),
            reference_rate=per_thousand(reference[index], people.reference),
            expected=float(found.expected[index]),
            shortfall=float(found.shortfall[index]),
            verdict=Verdict(own[index]),
            comparables_rate=rates[code],
            comparables_verdict=None if verdicts[index] is None else Verdict(verdicts[index]),
        )
        for index, code in enumerate(codes)
    ]
    return lines, int(found.tested.sum())
