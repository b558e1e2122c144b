"""The words that prints are made with, in the language of the document."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.foundation.numbers import number

from .schema import Document


def words_of(document: Document) -> dict[str, str]:
    """Return the titles and labels of a print."""
    reference = document.reference.name if document.reference else ""
    return {
        "kind": _("Shared diagnosis of a territory"),
        "summary": _("The diagnosis in two pages"),
        "contents": _("Contents"),
        "written": _("What we see, and what we say of it"),
        "figures": _("The figures"),
        "in_reference": _("in the reference: %(value)s") % {"value": "{}"},
        "other": _("other perimeter: %(value)s") % {"value": "{}"},
        "source": _("Source: %(source)s") % {"source": "{}"},
        "class": _("Class"),
        "number": _("Number"),
        "share": _("Share"),
        "here": _("Here"),
        "lacking": _("Lacking"),
        "reference": reference or _("Reference"),
        "interval": _("Interval"),
        "maps": _("Maps"),
        "thin": _("What is thin here"),
        "thin_explained": _(
            "Counted per 1,000 inhabitants, held against the reference and against comparable territories. Only what "
            "chance does not explain is listed; the interval says how sure the rate is."
        ),
        "thin_none": _("Nothing is proven thin."),
        "comparables": _("Comparable territories"),
        "comparables_explained": _(
            "The territories most like this one by the features below, the nearest first. Ours is in the first line."
        ),
        "perimeters": _("The two perimeters"),
        "second": second_in_words(document),
        "quotes": _("Declared figures"),
        "quotes_explained": _(
            "Figures quoted from a study, beside the ones computed here. They have other dates, sometimes other "
            "definitions: read them side by side, never together."
        ),
        "communes": _("The communes"),
        "sources": _("Sources"),
        "method": _("Method"),
        "definitions": _("The definition of each figure"),
        "synthetic": _("Example data, synthetic"),
        "synthetic_explained": _(
            "A part of the figures comes from rows made by the software to show how it works: they describe no real "
            "organisation. Each such figure says so."
        ),
        "provisional": _("provisional list"),
        "signed": _("Written by %(names)s") % {"names": "{}"},
        "who": _("Who wrote"),
        "reason": _("Reason of this version: %(reason)s") % {"reason": "{}"},
        "online": _("On line, with every definition and file:"),
        "no_figure": _("not available"),
        "essential": _("The essential"),
    }


def second_in_words(document: Document) -> str:
    """Return how many establishments only one of the two perimeters counts."""
    second = document.second_perimeter
    if second is None:
        return ""
    told = [
        ngettext(
            "%(count)s establishment is counted by « %(perimeter)s » alone",
            "%(count)s establishments are counted by « %(perimeter)s » alone",
            count,
        )
        % {"count": number(count), "perimeter": perimeter.label}
        for count, perimeter in (
            (second.only_first, document.perimeter),
            (second.only_second, second.perimeter),
        )
    ]
    return f"{told[0]} ; {told[1]}."
