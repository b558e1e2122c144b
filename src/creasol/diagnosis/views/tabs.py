"""The pages of one diagnosis, side by side; what a person changed among the comparable territories is kept."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.diagnosis.figures import Diagnosis

LEFT_OUT, PUT_IN = "sans", "avec"
PAGES = {
    "": pgettext_lazy("tab of a diagnosis", "Figures"),
    "comparables/": pgettext_lazy("tab of a diagnosis", "Comparables"),
    "manques/": _("What is missing"),
    "evolution/": pgettext_lazy("tab of a diagnosis", "Changes"),
    "etablissements/": pgettext_lazy("tab of a diagnosis", "Establishments"),
}


@dataclass(frozen=True)
class Tab:
    """A page of the diagnosis: ``current`` for the one that is shown."""

    label: str
    href: str
    current: bool


def tabs_of(request: HttpRequest, found: Diagnosis, current: str = "") -> list[Tab]:
    """Return the tabs of a diagnosis; ``current`` is the end of the address of the page shown ("manques/")."""
    kept = kept_in_address(request)
    return [Tab(str(label), found.address(page, **kept), page == current) for page, label in PAGES.items()]


def swaps(request: HttpRequest) -> dict[str, list[str]]:
    """Return what the address changes among the comparable territories, as ``comparables_of`` takes it."""
    return {"without": keys(request, LEFT_OUT), "with_": keys(request, PUT_IN)}


def kept_in_address(request: HttpRequest) -> dict[str, list[str]]:
    """Return the same as the words of an address, to carry on to another page of the diagnosis."""
    found = {name: keys(request, name) for name in (LEFT_OUT, PUT_IN)}
    return {name: chosen for name, chosen in found.items() if chosen}


def keys(request: HttpRequest, name: str) -> list[str]:
    """Return the keys of territories under one name of the address, each once."""
    return [key for key in dict.fromkeys(request.GET.getlist(name)) if key]
