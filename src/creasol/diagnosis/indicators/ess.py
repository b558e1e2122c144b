"""The social and solidarity economy: employer establishments, jobs, weight and rank."""

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from creasol.diagnosis import rates
from creasol.diagnosis.enums import Source
from creasol.diagnosis.ranking import rank
from creasol.diagnosis.size_bands import JobRange, job_range, range_share

from .declaration import Answer, Block, Chart, Counted, Row, UnavailableError, Unit, indicator
from .facts import Facts, Register, Standing
from .reading import missing_note, newest_population, register, register_of_reference


@indicator(
    "ess_establishments",
    name=_("ESS employer establishments"),
    definition=_(
        "Active establishments that employ, of the legal units that the chosen perimeter holds for ESS."
    ),
    unit=Unit.ESTABLISHMENTS,
    block=Block.ESS,
    source=Source.SIRENE,
    counted=Counted.ESTABLISHMENTS,
)
def ess_establishments(facts: Facts) -> Answer:
    """Count the establishments."""
    found = register(facts)
    reference = None if found.reference is None else found.reference.total
    return Answer(found.origin, found.territory.total, reference=reference)


@indicator(
    "ess_jobs",
    name=_("ESS jobs"),
    definition=_("Jobs of these establishments: the register gives size bands, hence a least and a most."),
    unit=Unit.JOBS,
    block=Block.ESS,
    source=Source.SIRENE,
    counted=Counted.ESTABLISHMENTS,
    chart=Chart.RANGE,
)
def ess_jobs(facts: Facts) -> Answer:
    """Add up the bounds of the size bands."""
    found = register(facts)
    jobs = job_range(found.territory.bands)
    return Answer(
        found.origin, low=jobs.low, high=jobs.high, open_ended=jobs.high is None, note=jobs_note(jobs)
    )


@indicator(
    "ess_share_of_reference",
    name=_("Share of the reference’s ESS"),
    definition=_("ESS employer establishments of the territory divided by those of the reference territory."),
    unit=Unit.FRACTION,
    block=Block.ESS,
    source=Source.SIRENE,
    counted=Counted.ESTABLISHMENTS,
    decimals=1,
)
def ess_share(facts: Facts) -> Answer:
    """Divide the two counts."""
    found = register_of_reference(facts)
    value = rates.share(found.territory.total, found.reference.total)
    if value is None:
        raise UnavailableError(gettext("not available: no ESS establishment in the reference territory"))
    return Answer(found.origin, value)


@indicator(
    "ess_jobs_share_of_reference",
    name=_("Share of the reference’s ESS jobs"),
    definition=_(
        "Least and most that the territory’s ESS jobs can weigh among those of the reference territory."
    ),
    unit=Unit.FRACTION,
    block=Block.ESS,
    source=Source.SIRENE,
    counted=Counted.ESTABLISHMENTS,
    chart=Chart.RANGE,
    decimals=1,
)
def ess_jobs_share(facts: Facts) -> Answer:
    """Divide two ranges: the part at its least against the rest at its most, and the other way round."""
    found = register_of_reference(facts)
    own = job_range(found.territory.bands)
    rest = job_range(difference(found.reference.bands, found.territory.bands))
    if own.high == 0 and rest.high == 0:
        raise UnavailableError(gettext("not available: no ESS job in the reference territory"))
    low, high = range_share(own, rest)
    open_ended = low is None or high is None
    return Answer(
        found.origin,
        low=low or 0.0,
        high=1.0 if high is None else high,
        open_ended=open_ended,
        note=jobs_note(own),
    )


@indicator(
    "ess_share_of_employers",
    name=_("Share of all employers"),
    definition=_(
        "ESS employer establishments divided by all active employer establishments of the territory."
    ),
    unit=Unit.FRACTION,
    block=Block.ESS,
    source=Source.SIRENE,
    counted=Counted.ESTABLISHMENTS,
    decimals=1,
)
def ess_share_of_employers(facts: Facts) -> Answer:
    """Divide the ESS employers by all employers, here and in the reference."""
    found = register(facts)
    value = rates.share(found.territory.total, found.employers)
    if value is None:
        raise UnavailableError(gettext("not available: no employer in this territory"))
    return Answer(found.origin, value, reference=reference_share_of_employers(found))


@indicator(
    "ess_rank",
    name=_("Rank by ESS establishments"),
    definition=_(
        "Place among the territories that part the reference, by number of ESS employer establishments."
    ),
    unit=Unit.RANK,
    block=Block.ESS,
    source=Source.SIRENE,
    counted=Counted.ESTABLISHMENTS,
)
def ess_rank(facts: Facts) -> Answer:
    """Rank the territory among its neighbours, equals sharing a rank."""
    found, standing = register_of_reference(facts), known_standing(facts)
    place = rank(standing.numbers, standing.key)
    note = ""
    if place.ties:
        note = ngettext("tied with %(count)d other", "tied with %(count)d others", place.ties) % {
            "count": place.ties
        }
    return Answer(found.origin, place.value, of=place.of, ties=place.ties, note=note)


@indicator(
    "ess_ranking",
    name=_("The territories of the reference"),
    definition=_(
        "ESS employer establishments of each territory that parts the reference, and their share of its total."
    ),
    unit=Unit.FRACTION,
    block=Block.ESS,
    source=Source.SIRENE,
    counted=Counted.ESTABLISHMENTS,
    chart=Chart.BARS,
    decimals=1,
)
def ess_ranking(facts: Facts) -> Answer:
    """List the territories, those with the most establishments first."""
    found, standing = register_of_reference(facts), known_standing(facts)
    rows = [
        Row(
            key,
            standing.labels[key],
            number,
            rates.share(number, found.reference.total),
            ours=key == standing.key,
        )
        for key, number in standing.numbers.items()
    ]
    return Answer(found.origin, rows=tuple(sorted(rows, key=lambda row: (-row.count, row.label))))


@indicator(
    "ess_per_1000",
    name=_("ESS establishments per 1,000 inhabitants"),
    definition=_("ESS employer establishments for 1,000 inhabitants of the newest year imported."),
    unit=Unit.PER_THOUSAND,
    block=Block.ESS,
    source=Source.SIRENE,
    counted=Counted.ESTABLISHMENTS,
    decimals=2,
)
def ess_per_1000(facts: Facts) -> Answer:
    """Divide the establishments by the inhabitants, here and in the reference."""
    found, people = register(facts), newest_population(facts)
    value = rates.per_thousand(found.territory.total, people.territory)
    if value is None:
        raise UnavailableError(gettext("not available: nobody lives there"))
    reference = None
    if found.reference is not None:
        reference = rates.per_thousand(found.reference.total, people.reference or 0)
    return Answer(found.origin, value, reference=reference, note=missing_note(people))


def known_standing(facts: Facts) -> Standing:
    """Return the numbers to rank, or raise ``UnavailableError``."""
    if facts.standing is None:
        raise UnavailableError(
            facts.reasons.get("standing") or gettext("not available: no reference territory")
        )
    return facts.standing


def jobs_note(jobs: JobRange) -> str:
    """Say what the range leaves open."""
    notes = []
    if jobs.high is None:
        notes.append(gettext("at least: the largest size band has no upper bound"))
    if jobs.unknown:
        words = ngettext(
            "%(count)d employer without a published size is not in the range",
            "%(count)d employers without a published size are not in the range",
            jobs.unknown,
        )
        notes.append(words % {"count": jobs.unknown})
    return " ; ".join(notes)


def difference(whole: Mapping[str, int], part: Mapping[str, int]) -> dict[str, int]:
    """Return how many of each class are in ``whole`` and not in ``part``."""
    return {key: number - part.get(key, 0) for key, number in whole.items()}


def reference_share_of_employers(found: Register) -> float | None:
    """Return the weight of the ESS among the employers of the reference territory."""
    if found.reference is None or found.reference_employers is None:
        return None
    return rates.share(found.reference.total, found.reference_employers)
