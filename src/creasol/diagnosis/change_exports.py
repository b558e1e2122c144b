"""What changed between two vintages as files: sheets for spreadsheets, a JSON document."""

from dataclasses import asdict

from django.utils.translation import gettext as _

from creasol.network.activities import activity_label, section_of

from .changes import Balance, Event
from .enums import Change, Family
from .evolution import Establishments, Evolution, Line
from .exports import Sheet, question_document
from .indicators import Unit
from .indicators.make_up import ACTIVITIES

UNIT_OF_CLASSES = "facilities"
LABELS = {**dict(Family.choices), **ACTIVITIES}


def evolution_sheet(evolution: Evolution) -> Sheet:
    """Return the figures of a source at both vintages, then the balance of each class of establishments."""
    header = [
        "indicator", "class", _("label"), _("unit"), _("before"), _("before, low"), _("before, high"), _("after"),
        _("after, low"), _("after, high"), _("difference"), _("appeared"), _("moved in"), _("disappeared"),
        _("moved out"), _("other changes"), _("source"), _("from vintage"), _("to vintage"), _("synthetic"),
    ]  # fmt: skip
    if evolution.before is None:
        return header, []
    origin = [str(evolution.source.label), *evolution.vintages, int(evolution.synthetic)]
    nothing = [None] * 5
    lines = [[*numbers_of(line), *nothing, *origin] for line in evolution.lines]
    for key, balances in classes_of(evolution):
        for one in balances:
            flows = [one.appeared, one.moved_in, one.disappeared, one.moved_out, one.otherwise]
            stocks = [one.before, None, None, one.after, None, None, one.after - one.before]
            lines.append(
                [key, one.key, str(LABELS[one.key]), Unit.ESTABLISHMENTS.value, *stocks, *flows, *origin]
            )
    return header, lines


def numbers_of(line: Line) -> list:
    """Return a figure at both vintages as the beginning of its line."""
    indicator = line.after.indicator
    if line.rows:
        stocks = [line.rows[0].count, None, None, line.rows[1].count, None, None]
        return [line.after.key, line.rows[1].key, line.label, UNIT_OF_CLASSES, *stocks, line.difference]
    before, after = line.before, line.after
    stocks = [before.value, before.low, before.high, after.value, after.low, after.high]
    return [after.key, "", line.label, indicator.unit.value, *stocks, line.difference]


def classes_of(evolution: Evolution) -> list[tuple[str, list[Balance]]]:
    """Return the balances of the establishments by key of the indicator that has the same classes."""
    both = evolution.establishments
    return [] if both is None else [("ess_by_family", both.by_family), ("ess_by_activity", both.by_section)]


def events_sheet(evolution: Evolution) -> Sheet:
    """Return what became of the establishments, one line each."""
    header = [
        _("change"), _("change in words"), _("name"), "siret_before", "siret_after", _("commune code before"),
        _("commune before"), _("commune code after"), _("commune after"), _("family"), _("activity"),
        _("activity in words"), _("section"), _("size band before"), _("size band after"), _("created on"),
        _("from vintage"), _("to vintage"), _("synthetic"),
    ]  # fmt: skip
    both = evolution.establishments
    return header, [] if both is None else (event_line(event, evolution, both) for event in both.events)


def event_line(event: Event, evolution: Evolution, both: Establishments) -> list:
    """Return what became of one establishment as a line of its sheet."""
    before, after, last = event.before, event.after, event.last
    return [
        event.change.value,
        str(event.change.label),
        last.name,
        before and before.siret,
        after and after.siret,
        before and before.commune,
        before and both.communes[before.commune],
        after and after.commune,
        after and both.communes[after.commune],
        str(Family(last.family).label),
        last.activity,
        activity_label(last.activity),
        section_of(last.activity),
        before and before.size_band,
        after and after.size_band,
        last.created_on,
        *evolution.vintages,
        int(evolution.synthetic),
    ]


def evolution_document(evolution: Evolution) -> dict:
    """Return what changed as JSON: the figures at both vintages, the establishments class by class and one by one."""
    both = evolution.establishments
    return {
        **question_document(evolution.after),
        "source": evolution.source and evolution.source.value,
        "from": evolution.former and evolution.former.vintage,
        "to": evolution.newer and evolution.newer.vintage,
        "synthetic": evolution.synthetic,
        "reason": evolution.reason,
        "figures": [line_document(line) for line in evolution.lines],
        "establishments": both and establishments_document(both),
    }


def line_document(line: Line) -> dict:
    """Return a figure at both vintages as JSON; of a class, how many there are."""
    fields = {"indicator": line.after.key, "label": line.label, "unit": line.after.indicator.unit.value}
    if line.rows:
        fields |= {"class": line.rows[1].key, "unit": UNIT_OF_CLASSES}
    for name, value, figure in zip(("before", "after"), line.values, (line.before, line.after), strict=True):
        fields[name] = {"low": figure.low, "high": figure.high} if figure.is_range else value
    return {**fields, "difference": line.difference}


def establishments_document(both: Establishments) -> dict:
    """Return the establishments that came, went or moved as JSON."""
    before, after = both.totals
    return {
        "before": before,
        "after": after,
        "changes": {change.value: both.counts[change] for change in Change},
        "by_family": [asdict(balance) for balance in both.by_family],
        "by_activity": [asdict(balance) for balance in both.by_section],
        "events": [event_document(event, both) for event in both.events],
    }


def event_document(event: Event, both: Establishments) -> dict:
    """Return what became of one establishment as JSON."""
    return {"change": event.change.value, "name": event.last.name} | {
        side: seen
        and {
            "siret": seen.siret,
            "commune_code": seen.commune,
            "commune": both.communes[seen.commune],
            "family": seen.family,
            "activity_code": seen.activity,
            "size_band": seen.size_band,
            "created_on": seen.created_on,
        }
        for side, seen in (("before", event.before), ("after", event.after))
    }
