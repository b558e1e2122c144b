"""The place: its communes, its area, its people."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creasol.diagnosis import rates
from creasol.diagnosis.enums import Measure, Source

from .declaration import Answer, Block, Chart, Row, UnavailableError, Unit, indicator
from .facts import Facts
from .reading import count, missing_note, newest_population, share_of_reference, whole


@indicator(
    "communes",
    name=_("Communes"),
    definition=_("Communes of the territory, as its definition lists them."),
    unit=Unit.COMMUNES,
    block=Block.PLACE,
    source=None,
)
def communes(facts: Facts) -> Answer:
    """Count the communes."""
    return Answer(None, facts.communes, reference=facts.reference_communes)


@indicator(
    "area_km2",
    name=_("Area"),
    definition=_("Sum of the areas of the communes."),
    unit=Unit.KM2,
    block=Block.PLACE,
    source=Source.COMPARATOR,
    decimals=1,
)
def area(facts: Facts) -> Answer:
    """Add up the areas, rounded to the hectare they are published with."""
    number = count(facts, Measure.AREA)
    reference = None if number.reference is None else round(number.reference, 2)
    return Answer(number.origin, round(number.territory, 2), reference=reference, note=missing_note(number))


@indicator(
    "area_share_of_reference",
    name=_("Share of the reference’s area"),
    definition=_("Area of the territory divided by the area of the reference territory."),
    unit=Unit.FRACTION,
    block=Block.PLACE,
    source=Source.COMPARATOR,
    decimals=1,
)
def area_share(facts: Facts) -> Answer:
    """Divide the two areas."""
    number = count(facts, Measure.AREA)
    return Answer(number.origin, share_of_reference(facts, number), note=missing_note(number))


@indicator(
    "population",
    name=_("Inhabitants"),
    definition=_("Municipal population of the communes, in the newest year imported."),
    unit=Unit.INHABITANTS,
    block=Block.PLACE,
    source=Source.POPULATIONS,
)
def population(facts: Facts) -> Answer:
    """Add up the inhabitants."""
    return whole(newest_population(facts))


@indicator(
    "population_share_of_reference",
    name=_("Share of the reference’s inhabitants"),
    definition=_(
        "Inhabitants of the territory divided by those of the reference territory, in the same year."
    ),
    unit=Unit.FRACTION,
    block=Block.PLACE,
    source=Source.POPULATIONS,
    decimals=1,
)
def population_share(facts: Facts) -> Answer:
    """Divide the two populations of one year."""
    number = newest_population(facts)
    return Answer(number.origin, share_of_reference(facts, number), note=missing_note(number))


@indicator(
    "density",
    name=_("Density"),
    definition=_("Inhabitants of the newest year divided by the area."),
    unit=Unit.PER_KM2,
    block=Block.PLACE,
    source=Source.COMPARATOR,
)
def density(facts: Facts) -> Answer:
    """Divide the inhabitants by the area."""
    surface, people = count(facts, Measure.AREA), newest_population(facts)
    value = rates.density(people.territory, surface.territory)
    if value is None:
        raise UnavailableError(gettext("not available: the area is unknown"))
    reference = rates.density(people.reference or 0, surface.reference or 0)
    return Answer(
        people.origin, value, reference=reference, note=missing_note(surface) or missing_note(people)
    )


@indicator(
    "population_change",
    name=_("Change in inhabitants"),
    definition=_("Mean yearly change between the oldest and the newest populations imported."),
    unit=Unit.PER_YEAR,
    block=Block.PLACE,
    source=Source.POPULATIONS,
    decimals=2,
)
def population_change(facts: Facts) -> Answer:
    """Compare the newest population with the oldest one."""
    newest = newest_population(facts)
    first, last = min(facts.populations), max(facts.populations)
    if first == last:
        raise UnavailableError(gettext("not available: import the populations of another year"))
    oldest = facts.populations[first]
    value = rates.yearly_change(oldest.territory, newest.territory, last - first)
    if value is None:
        raise UnavailableError(gettext("not available: nobody lived there in one of the years compared"))
    reference = rates.yearly_change(oldest.reference or 0, newest.reference or 0, last - first)
    note = missing_note(oldest) or missing_note(newest)
    period = gettext("from %(first)s to %(last)s") % {"first": first, "last": last}
    return Answer(newest.origin, value, reference=reference, note=f"{period} ; {note}" if note else period)


@indicator(
    "population_history",
    name=_("Weight in the reference over time"),
    definition=_(
        "Municipal population in each year imported, and its share of the reference’s in the same year."
    ),
    unit=Unit.FRACTION,
    block=Block.PLACE,
    source=Source.POPULATIONS,
    chart=Chart.BARS,
    decimals=1,
)
def population_history(facts: Facts) -> Answer:
    """List the populations, oldest first."""
    newest = newest_population(facts)
    share_of_reference(facts, newest)
    rows = tuple(
        Row(str(year), str(year), number.territory, share_of_reference(facts, number))
        for year, number in sorted(facts.populations.items())
    )
    return Answer(newest.origin, rows=rows)
