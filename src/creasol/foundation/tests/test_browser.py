"""The components in a real browser: both schemes, phone and desk, keyboard, and what JavaScript adds."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.fixture
def opened(live_server, chromium) -> Callable:
    """Open the page of components at a width, in a scheme, with or without JavaScript."""
    contexts = []

    def open_page(width=1280, scheme="light", javascript=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}/composants/")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_stands_in_the_way_of_anyone(opened, width, scheme):
    violations = Axe().run(opened(width, scheme)).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in violations] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 2560])
def test_the_page_never_scrolls_sideways(opened, width):
    assert opened(width).evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("javascript", [True, False])
def test_the_menu_of_a_phone_opens_with_and_without_javascript(opened, javascript):
    page = opened(360, javascript=javascript)
    link = page.locator(".menu-panel a").first
    assert not link.is_visible()
    page.locator(".menu > summary").click()
    assert link.is_visible()


def test_escape_closes_the_menu_and_gives_the_focus_back(opened):
    page = opened(360)
    page.locator(".menu > summary").click()
    page.locator(".menu-panel a").first.focus()
    page.keyboard.press("Escape")
    assert not page.locator(".menu-panel").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_first_key_leads_to_the_content(opened):
    page = opened()
    page.evaluate("document.activeElement.blur()")
    page.locator("body").press("Tab")
    page.locator(".skip-link").press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(opened):
    page = opened()
    summary = page.locator(".error-summary")
    assert summary.evaluate("each => each === document.activeElement")
    summary.locator("a").first.click()
    assert page.evaluate("document.activeElement.name") == "name"


@pytest.mark.parametrize(("answer", "sent"), [("accept", True), ("dismiss", False)])
def test_what_cannot_be_undone_is_asked_first(opened, answer, sent):
    page = opened()
    questions = []

    def reply(dialog):
        questions.append(dialog.message)
        getattr(dialog, answer)()

    page.on("dialog", reply)
    page.get_by_role("button", name="Supprimer").click()
    page.wait_for_load_state()
    assert questions == ["Supprimer cette édition ?"]
    assert ("deleted=yes" in page.url) is sent


def test_a_double_click_sends_a_form_once(opened):
    refused = opened().evaluate(
        """() => {
            const form = document.querySelector(".languages");
            const refused = [];
            window.addEventListener("submit", (event) => {
                refused.push(event.defaultPrevented);
                event.preventDefault();
            });
            form.requestSubmit(form.querySelector("button"));
            form.requestSubmit(form.querySelector("button"));
            return refused;
        }"""
    )
    assert refused == [False, True]


def test_what_needs_javascript_is_not_offered_without_it(opened):
    assert opened().locator("[data-print]").is_visible()
    assert not opened(javascript=False).locator("[data-print]").is_visible()


def test_a_lost_connection_is_said_in_words_until_it_comes_back(opened):
    page = opened()
    notice = page.locator("[data-lost-connection]")
    assert not notice.is_visible()
    page.evaluate("document.body.dispatchEvent(new CustomEvent('htmx:sendError'))")
    assert notice.inner_text().startswith("La connexion est perdue.")
    page.evaluate(
        "document.body.dispatchEvent(new CustomEvent('htmx:afterRequest', {detail: {successful: true}}))"
    )
    assert not notice.is_visible()


def test_what_comes_over_the_wire_is_never_run(opened):
    config = opened().evaluate("window.htmx.config")
    assert config["allowEval"] is False
    assert config["includeIndicatorStyles"] is False


def test_on_paper_the_navigation_is_left_out(opened):
    page = opened()
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator(".site-footer").is_visible()
    assert not page.locator(".site-nav").is_visible()
