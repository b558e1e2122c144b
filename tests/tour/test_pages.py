"""Every page, in both colour schemes and on two screens: seen, examined, kept as a picture."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from .checks import LOOKS, NARROWEST, axe_faults, build_faults, look, overflow, silence, untranslated
from .conftest import ARTEFACTS, open_page
from .pages import MID_DIALOGUE, PUBLIC, STAFF, WITHOUT_A_PAGE


def address_names(patterns=None, before=""):
    """Return the name of every address of the site."""
    names = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            names |= address_names(
                pattern.url_patterns, before + (f"{pattern.namespace}:" if pattern.namespace else "")
            )
        elif isinstance(pattern, URLPattern):
            names.add(before + pattern.name)
    return names


def test_the_tour_goes_to_every_page():
    toured = {page.name for page in PUBLIC + STAFF}
    assert toured | set(WITHOUT_A_PAGE.split()) | set(MID_DIALOGUE.split()) == address_names()
    assert toured & set(WITHOUT_A_PAGE.split()) == set()


@pytest.mark.parametrize("stop", PUBLIC + STAFF, ids=lambda stop: stop.file)
def test_every_page_in_every_look(context_of, stop):
    tab = context_of(stop.who).new_page()
    faults = {}
    try:
        with silence(tab) as complaints:
            look(tab, "light", 1280)
            status = open_page(tab, stop)
            faults["build"] = build_faults(tab, "fr") + untranslated(tab, "fr")
            for scheme, width in LOOKS:
                look(tab, scheme, width)
                faults[f"{scheme} {width}"] = axe_faults(tab, scheme=scheme) + overflow(tab)
                tab.screenshot(path=ARTEFACTS / f"{stop.file}-{scheme}-{width}.png", full_page=True)
            look(tab, "light", NARROWEST)
            faults["320"] = overflow(tab)
            faults["complaints"] = complaints
    finally:
        tab.close()
    assert status == 200
    assert {name: found for name, found in faults.items() if found} == {}
