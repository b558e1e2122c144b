"""A shared diagnosis is written: what readers will see stands beside the text, and two who write lose nothing."""

import pytest
from playwright.sync_api import Page, expect

from .checks import LOOKS, axe_faults, look, overflow, silence


@pytest.fixture
def part(context_of) -> Page:
    """The first part of a diagnosis that was just opened."""
    page = context_of("coordination").new_page()
    page.goto("/bureau/diagnostics/nouveau/")
    page.get_by_label("Territoire", exact=False).first.select_option(label="Territoire des Weppes")
    page.get_by_label("Titre", exact=False).fill("Les Weppes, à plusieurs")
    page.get_by_role("button", name="Ouvrir", exact=True).click()
    page.locator(".parts h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("En bref")
    yield page
    page.close()


def test_what_readers_will_see_stands_beside_the_text(part):
    faults = {}
    with silence(part) as complaints:
        part.locator("textarea").press_sequentially("Les Weppes sont **rurales**.")
        expect(part.locator(".preview .prose strong")).to_have_text("rurales")
        part.get_by_label("Établissements de l’ESS pour 1 000 habitants").uncheck()
        expect(part.locator(".preview .figure-label", has_text="pour 1 000 habitants")).to_have_count(0)
        for scheme, width in LOOKS:
            look(part, scheme, width)
            faults[f"{scheme} {width}"] = axe_faults(part, scheme=scheme) + overflow(part)
        part.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(part.locator(".part").first).to_contain_text("4 mots · 3 chiffres")
    assert {name: found for name, found in faults.items() if found} == {}
    assert complaints == []


def test_two_who_write_at_once_lose_nothing(part):
    other = part.context.new_page()
    other.goto(part.url)
    part.locator("textarea").fill("Les Weppes sont rurales.")
    part.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(part.locator(".part").first).to_contain_text("4 mots")
    other.locator("textarea").fill("Les Weppes sont habitées.")
    other.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(other.get_by_role("alert").first).to_contain_text("a écrit dans cette partie")
    expect(other.locator(".notice del")).to_have_text("rurales")
    expect(other.locator(".notice ins")).to_have_text("habitées")
    expect(other.locator("textarea")).to_have_value("Les Weppes sont habitées.")
    look(other, "light", 1280)
    assert axe_faults(other, scheme="light") == []
    other.locator("textarea").fill("Les Weppes sont rurales et habitées.")
    other.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(other.locator(".part").first).to_contain_text("6 mots")
    other.close()
