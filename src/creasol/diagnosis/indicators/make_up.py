"""The make-up of the ESS: its families, activities, sizes and ages, against the reference."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from creasol.diagnosis import rates
from creasol.diagnosis.enums import Age, Family, Source
from creasol.diagnosis.size_bands import SIZE_BANDS
from creasol.diagnosis.specialisation import location_quotient
from creasol.network.activities import SECTIONS, division_label

from .declaration import Answer, Block, Chart, Counted, Row, Unit, indicator
from .facts import Establishments, Facts
from .reading import register, register_of_reference

ACTIVITIES = {**SECTIONS, "": _("Activity not published")}
BAND_LABELS = {
    "NN": _("size not published"),
    "00": _("nobody on 31 December"),
    "53": _("10,000 and more"),
}


def make_up(
    facts: Facts, classes: Callable[[Establishments], Mapping[str, int]], labels: Iterable[tuple[str, str]]
) -> Answer:
    """Return the rows of one way to class the establishments; classes that nobody has are left out."""
    found = register(facts)
    here = classes(found.territory)
    there = {} if found.reference is None else classes(found.reference)
    everywhere = 0 if found.reference is None else found.reference.total
    rows = tuple(
        Row(
            key,
            str(label),
            here.get(key, 0),
            rates.share(here.get(key, 0), found.territory.total),
            rates.share(there.get(key, 0), everywhere),
        )
        for key, label in labels
        if here.get(key) or there.get(key)
    )
    return Answer(found.origin, rows=rows)


def declared(key: str, name: str, definition: str) -> Callable:
    """Declare one make-up of the establishments."""
    return indicator(
        key,
        name=name,
        definition=definition,
        unit=Unit.FRACTION,
        block=Block.MAKE_UP,
        source=Source.SIRENE,
        counted=Counted.ESTABLISHMENTS,
        chart=Chart.BARS,
        decimals=1,
    )


@declared("ess_by_family", _("By family"), _("Share of each family of the ESS in the establishments."))
def by_family(facts: Facts) -> Answer:
    """Class by family of the ESS."""
    return make_up(facts, lambda group: group.families, Family.choices)


@declared(
    "ess_by_age", _("By age"), _("Share of each age in the establishments, at the date of the register.")
)
def by_age(facts: Facts) -> Answer:
    """Class by age of the establishment."""
    return make_up(facts, lambda group: group.ages, Age.choices)


@declared(
    "ess_by_size", _("By size"), _("Share of each size band in the establishments, employees on 31 December.")
)
def by_size(facts: Facts) -> Answer:
    """Class by size band, the smallest first."""
    return make_up(facts, lambda group: group.bands, ((band, band_label(band)) for band in SIZE_BANDS))


@declared(
    "ess_by_activity", _("By activity"), _("Share of each section of NAF rév. 2 in the establishments.")
)
def by_activity(facts: Facts) -> Answer:
    """Class by section, the most frequent first."""
    answer = make_up(facts, lambda group: group.sections, ACTIVITIES.items())
    rows = tuple(sorted(answer.rows, key=lambda row: (-row.count, -(row.reference or 0), row.key)))
    return Answer(answer.origin, rows=rows)


def declared_quotient(key: str, name: str, definition: str) -> Callable:
    """Declare the specialisation by one way to class the establishments."""
    return indicator(
        key,
        name=name,
        definition=definition,
        unit=Unit.QUOTIENT,
        block=Block.MAKE_UP,
        source=Source.SIRENE,
        counted=Counted.ESTABLISHMENTS,
        chart=Chart.BARS,
        decimals=2,
    )


@declared_quotient(
    "ess_family_specialisation",
    _("Families more present here, or less, than in the reference"),
    _(
        "Share of the family here divided by its share in the reference: 1 means the same. In brackets, the exact "
        "95% interval: when it holds 1, the difference may be chance."
    ),
)
def family_specialisation(facts: Facts) -> Answer:
    """Compare the weight of each family with its weight in the reference."""
    return specialised(facts, lambda group: group.families, dict(Family.choices))


@declared_quotient(
    "ess_specialisation",
    _("Activities more present here, or less, than in the reference"),
    _(
        "Share of the activity here divided by its share in the reference: 1 means the same. In brackets, the exact "
        "95% interval: when it holds 1, the difference may be chance. Of twenty activities, one falls outside by "
        "chance alone."
    ),
)
def specialisation(facts: Facts) -> Answer:
    """Compare the weight of each section with its weight in the reference."""
    return specialised(facts, lambda group: group.sections, ACTIVITIES)


@declared_quotient(
    "ess_division_specialisation",
    _("Activities in detail, more present here, or less, than in the reference"),
    _(
        "The same for the divisions of NAF rév. 2, those alone of which something can be told: at least 3.7 "
        "establishments would give the reference’s share, or the difference is proven all the same."
    ),
)
def division_specialisation(facts: Facts) -> Answer:
    """Compare the weight of each division with its weight in the reference; those too few are left out, and said."""
    found = register_of_reference(facts)
    labels = {key: division_label(key) for key in found.reference.divisions if division_label(key)}
    answer = specialised(facts, lambda group: group.divisions, labels, only_telling=True)
    left_out = len(labels) - len(answer.rows)
    if not left_out:
        return answer
    note = ngettext(
        "%(count)d activity left out: too few", "%(count)d activities left out: too few", left_out
    )
    return replace(answer, note=note % {"count": left_out})


def specialised(
    facts: Facts,
    classes: Callable[[Establishments], Mapping[str, int]],
    labels: Mapping[str, str],
    *,
    only_telling: bool = False,
) -> Answer:
    """Return the quotient of each class that the reference has, the most present here first."""
    found = register_of_reference(facts)
    here, there = classes(found.territory), classes(found.reference)
    rows = []
    for key, label in labels.items():
        count = here.get(key, 0)
        quotient = location_quotient(count, found.territory.total, there.get(key, 0), found.reference.total)
        if quotient is not None and (quotient.tells or not only_telling):
            rows.append(Row(key, str(label), count, quotient.value, low=quotient.low, high=quotient.high))
    return Answer(found.origin, rows=tuple(sorted(rows, key=lambda row: (-row.value, row.key))))


def band_label(band: str) -> str:
    """Return a size band in words; no band is one that is not published."""
    if band in BAND_LABELS or band not in SIZE_BANDS:
        return str(BAND_LABELS.get(band, BAND_LABELS["NN"]))
    least, most = SIZE_BANDS[band]
    return str(_("%(least)s to %(most)s employees")) % {"least": least, "most": most}
