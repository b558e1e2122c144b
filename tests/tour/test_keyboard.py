"""What a person does without a mouse: skip, open the menu, sign in, define a territory, plan an edition."""

from playwright.sync_api import Page, expect

from .checks import look
from .conftest import sign_in


def focused(page: Page) -> str:
    return page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")


def test_the_first_key_skips_to_the_content(stranger):
    stranger.goto("/")
    stranger.keyboard.press("Tab")
    assert 'class="skip-link"' in focused(stranger)
    stranger.keyboard.press("Enter")
    assert 'id="content"' in focused(stranger)


def test_the_menu_opens_and_closes(stranger):
    look(stranger, "light", 360)
    stranger.goto("/")
    menu = stranger.locator("details.menu")
    menu.locator("summary").focus()
    stranger.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Territoires")).to_be_visible()
    stranger.keyboard.press("Tab")
    stranger.keyboard.press("Enter")
    stranger.wait_for_url("**/programmes/**")


def test_the_search_is_asked_from_the_home_page(stranger):
    stranger.goto("/")
    stranger.locator("#search-q").focus()
    stranger.keyboard.type("Noyelles les Seclin")
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_role("link", name="Noyelles-lès-Seclin")).to_be_visible()


def test_one_signs_in_and_out(stranger):
    sign_in(stranger, "admin@example.org")
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("Bonjour")
    stranger.goto("/compte/deconnexion/")
    stranger.locator("main form button").last.focus()
    stranger.keyboard.press("Enter")
    stranger.wait_for_url("**/")
    expect(stranger.get_by_role("link", name="Se connecter").first).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press a button by the keyboard."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def test_a_territory_is_defined_from_a_list_of_codes(context_of):
    page = context_of("coordination").new_page()
    page.goto("/bureau/territoires/nouveau/")
    page.locator("#id_name").focus()
    page.keyboard.type("Autour de Seclin")
    page.locator("#pasted").focus()
    page.keyboard.type("59560, 59437; 99999")
    press(page, "Ajouter cette liste")
    expect(page.locator("#chosen")).to_contain_text("Noyelles-lès-Seclin")
    expect(page.locator("main")).to_contain_text("99999")
    page.locator("#pasted").fill("")
    press(page, "Enregistrer le territoire")
    page.wait_for_url(lambda address: "nouveau" not in address)
    page.goto("/recherche/?q=autour+de+seclin")
    expect(page.get_by_role("link", name="Autour de Seclin")).to_be_visible()
    page.close()


def test_the_next_edition_is_planned_as_proposed(context_of):
    page = context_of("coordination").new_page()
    page.goto("/bureau/programmes/creation-solidaire/nouvelle-edition/")
    name = page.locator("#id_name").input_value()
    press(page, "Prévoir cette édition")
    page.wait_for_url("**/bureau/editions/**")
    page.goto("/")
    expect(page.locator("main")).to_contain_text(name)
    page.close()
