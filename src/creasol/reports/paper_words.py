"""The words that prints are made with, in the language of the document."""

from django.utils.translation import gettext as _

from creasol.foundation.numbers import number

from .document.schema import Document


def words_of(document: Document) -> dict[str, str]:
    """Return the titles and labels of a print."""
    reference = document.reference.name if document.reference else ""
    return {
        "kind": _("Shared diagnosis of a territory"),
        "summary": _("The diagnosis in two pages"),
        "contents": _("Contents"),
        "written": _("What we see, and what we say of it"),
        "figures": _("All the figures"),
        "in_reference": _("in the reference: %(value)s") % {"value": "{}"},
        "other": _("with the other definition of the ESS: %(value)s") % {"value": "{}"},
        "source": _("Source: %(source)s") % {"source": "{}"},
        "class": _("Class"),
        "number": _("Number"),
        "share": _("Share"),
        "here": _("Here"),
        "lacking": _("Lacking"),
        "reference": reference or _("Reference"),
        "interval": _("Interval"),
        "maps": _("The maps"),
        "thin": _("What is lacking"),
        "thin_explained": _(
            "Facilities and activities that are fewer here, per 1,000 inhabitants, than in the reference, beyond what "
            "chance explains."
        ),
        "thin_none": _("Nothing is proven to be lacking."),
        "comparables": _("Comparable territories"),
        "comparables_explained": _(
            "The territories most like this one by the features below, the nearest first. Ours is in the first line."
        ),
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
            "Some figures of this diagnosis come from data made by the software to show how it works. Each of them "
            "says so where its source is named."
        ),
        "provisional": _("provisional list"),
        "signed": _("Written by %(names)s") % {"names": "{}"},
        "reason": _("Reason of this version: %(reason)s") % {"reason": "{}"},
        "online": _("On line, with every definition and file:"),
        "essential": _("The essential"),
    }


def second_in_words(document: Document) -> str:
    """Return how many establishments only one of the two perimeters counts."""
    second = document.second_perimeter
    if second is None:
        return ""
    words = {"first": number(second.only_first), "second": number(second.only_second)}
    return (
        _(
            "Establishments that only the definition used here counts: %(first)s. "
            "Establishments that only the other one counts: %(second)s."
        )
        % words
    )
