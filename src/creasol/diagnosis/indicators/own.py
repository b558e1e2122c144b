"""Indicators that people add from a table: declared out of what they said of them, computed like the others."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from creasol.diagnosis.enums import Aggregation

from .declaration import Answer, Block, Chart, Counted, Indicator, OwnUnit, UnavailableError
from .facts import Facts, OwnNumber
from .reading import missing_note

NOTHING = _("not available: the table says nothing of these communes")
HOW = {
    Aggregation.SUM: _("The values of the communes are added up."),
    Aggregation.MEAN: _("Mean of the communes, weighted by their inhabitants."),
}


def own_indicator(number: OwnNumber) -> Indicator:
    """Declare an indicator that somebody added; its key cannot be that of another."""
    return Indicator(
        key=own_key(number.key),
        name=number.name,
        definition=f"{number.definition} {HOW[number.aggregation]}",
        unit=OwnUnit(number.unit),
        block=Block.OWN,
        source=number.source,
        counted=Counted.OWN_VALUES,
        chart=Chart.NUMBER,
        decimals=number.decimals,
        compute=partial(answer, number.key),
    )


def own_key(key: str) -> str:
    """Return the key of an own indicator among all the others."""
    return f"own_{key}"


def answer(key: str, facts: Facts) -> Answer:
    """Return what the facts hold of an own indicator."""
    found = next((own.number for own in facts.own if own.key == key), None)
    if found is None:
        raise UnavailableError(str(NOTHING))
    return Answer(found.origin, found.territory, reference=found.reference, note=missing_note(found))
