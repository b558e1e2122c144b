"""Jobs, employers and facilities of all kinds, ESS or not."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creasol.diagnosis import rates
from creasol.diagnosis.enums import Domain, Measure, Source

from .declaration import Answer, Block, Chart, Row, UnavailableError, Unit, indicator
from .facts import Facts
from .reading import count, missing_note, newest_population, not_imported, whole


@indicator(
    "jobs",
    name=_("Jobs"),
    definition=_("Jobs at the place of work, of all employers and of the self-employed (census)."),
    unit=Unit.JOBS,
    block=Block.FACILITIES,
    source=Source.COMPARATOR,
)
def jobs(facts: Facts) -> Answer:
    """Add up the jobs; the census weighs people, so sums have fractions: only whole jobs are told."""
    return whole(count(facts, Measure.JOBS))


@indicator(
    "employers",
    name=_("Employer establishments"),
    definition=_("Active establishments with at least one employee, ESS or not."),
    unit=Unit.ESTABLISHMENTS,
    block=Block.FACILITIES,
    source=Source.COMPARATOR,
)
def employers(facts: Facts) -> Answer:
    """Add up the employers."""
    number = count(facts, Measure.EMPLOYERS)
    return Answer(
        number.origin, round(number.territory), reference=number.reference, note=missing_note(number)
    )


@indicator(
    "facilities_per_1000",
    name=_("Facilities per 1,000 inhabitants"),
    definition=_(
        "Facilities and services open to the public, by domain, for 1,000 inhabitants of the newest year."
    ),
    unit=Unit.PER_THOUSAND,
    block=Block.FACILITIES,
    source=Source.FACILITIES,
    chart=Chart.BARS,
    decimals=2,
)
def facilities(facts: Facts) -> Answer:
    """Divide the facilities of each domain by the inhabitants."""
    if not facts.facilities:
        raise UnavailableError(facts.reasons.get(Source.FACILITIES) or not_imported(Source.FACILITIES))
    people = newest_population(facts)
    if not people.territory:
        raise UnavailableError(gettext("not available: nobody lives there"))
    origin = next(iter(facts.facilities.values())).origin
    rows = []
    for domain in Domain:
        number = facts.facilities[domain]
        reference = None
        if number.reference is not None and people.reference:
            reference = rates.per_thousand(number.reference, people.reference)
        value = rates.per_thousand(number.territory, people.territory)
        rows.append(Row(domain.value, str(domain.label), number.territory, value, reference))
    return Answer(origin, rows=tuple(rows), note=missing_note(people))
