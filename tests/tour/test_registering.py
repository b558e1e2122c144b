"""An inhabitant registers from a telephone, changes the number, sees what is kept, cancels."""

import re

import pytest
from playwright.sync_api import Page, expect

from .checks import LOOKS, NARROWEST, axe_faults, build_faults, look, overflow, silence, untranslated
from .conftest import ARTEFACTS, new_context

EVENING = "/rencontres/garder-les-enfants-aux-heures-decalees/"


def examine(page: Page, name: str) -> dict:
    """Return what is wrong with the page that is open, in every look, and keep its pictures."""
    faults = {"build": build_faults(page, "fr") + untranslated(page, "fr")}
    for scheme, width in LOOKS:
        look(page, scheme, width)
        faults[f"{scheme} {width}"] = axe_faults(page, scheme=scheme) + overflow(page)
        page.screenshot(path=ARTEFACTS / f"{name}-{scheme}-{width}.png", full_page=True)
    look(page, "light", NARROWEST)
    faults["320"] = overflow(page)
    return {where: found for where, found in faults.items() if found}


def register(page: Page, name: str) -> None:
    """Register for the evening from its public page, on site."""
    page.goto(EVENING)
    page.get_by_role("link", name=re.compile("inscrire")).first.click()
    page.get_by_role("radio", name=re.compile("sur place")).check()
    page.get_by_label(re.compile("Prénom")).fill(name)
    page.get_by_label(re.compile("Adresse électronique")).fill(f"{name.lower()}@example.org")
    page.get_by_role("button", name=re.compile("inscrire")).click()
    expect(page.get_by_text(f"C’est noté, {name}")).to_be_visible()


def test_one_registers_changes_and_cancels_on_a_telephone(stranger):
    faults = {}
    with silence(stranger) as complaints:
        register(stranger, "Camille")
        faults["registration"] = examine(stranger, "places-registration")
        address = stranger.url
        stranger.get_by_role("link", name=re.compile("Corriger")).click()
        faults["change"] = examine(stranger, "places-change_registration")
        stranger.get_by_label(re.compile("Pour combien")).fill("2")
        stranger.get_by_role("button", name="Enregistrer").click()
        expect(stranger.get_by_text("2 personnes").first).to_be_visible()
        stranger.get_by_role("link", name="Ce qui est gardé sur vous").click()
        faults["personal data"] = examine(stranger, "places-personal_data")
        stranger.goto(f"{address}effacer/")
        faults["erase"] = examine(stranger, "places-erase_registration")
        stranger.goto(address)
        stranger.on("dialog", lambda dialog: dialog.accept())
        stranger.get_by_role("button", name=re.compile("annuler")).click()
        expect(stranger.get_by_text("Cette inscription n’est plus valable").first).to_be_visible()
        faults["cancelled"] = examine(stranger, "places-registration-cancelled")
    assert {page: found for page, found in faults.items() if found} == {}
    assert complaints == []


def test_one_registers_by_keyboard_alone(stranger):
    stranger.goto(EVENING)
    stranger.get_by_role("link", name=re.compile("inscrire")).first.focus()
    stranger.keyboard.press("Enter")
    stranger.wait_for_url("**/s-inscrire/**")
    stranger.locator("input[name=entry]").first.focus()
    stranger.keyboard.press("Space")
    stranger.locator("input[name=first_name]").focus()
    stranger.keyboard.type("Sacha")
    stranger.locator("input[name=email]").focus()
    stranger.keyboard.type("sacha@example.org")
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_text("C’est noté, Sacha")).to_be_visible()


@pytest.fixture
def plain(chromium, site):
    context = new_context(chromium, site, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_one_registers_without_javascript(plain):
    register(plain, "Dominique")
    plain.get_by_role("button", name=re.compile("annuler")).click()
    expect(plain.get_by_text("Cette inscription n’est plus valable").first).to_be_visible()


def test_a_mistake_is_said_beside_its_field_and_in_the_summary(stranger):
    stranger.goto(EVENING)
    stranger.get_by_role("link", name=re.compile("inscrire")).first.click()
    stranger.get_by_role("radio", name=re.compile("sur place")).check()
    stranger.get_by_label(re.compile("Prénom")).fill("Camille")
    stranger.get_by_label(re.compile("Adresse électronique")).fill("camille")
    stranger.get_by_role("button", name=re.compile("inscrire")).click()
    expect(stranger.get_by_role("alert")).to_contain_text("Adresse électronique")
    expect(stranger.get_by_label(re.compile("Prénom"))).to_have_value("Camille")
    assert examine(stranger, "places-register-refused") == {}
