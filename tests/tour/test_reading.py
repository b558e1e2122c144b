"""Public pages without JavaScript."""

import pytest

from .conftest import new_context
from .pages import PUBLIC


@pytest.fixture(scope="module")
def plain_context(chromium, site):
    context = new_context(chromium, site, java_script_enabled=False)
    yield context
    context.close()


@pytest.mark.parametrize("stop", [stop for stop in PUBLIC if not stop.link], ids=lambda stop: stop.file)
def test_a_public_page_says_the_same_without_javascript(plain_context, context_of, stop):
    texts = []
    for context in (plain_context, context_of("")):
        tab = context.new_page()
        assert tab.goto(stop.address).status == 200
        texts.append(set(tab.locator("main").inner_text().splitlines()))
        tab.close()
    without, with_javascript = texts
    assert len("".join(without)) > 60
    assert with_javascript - without <= {"Copier l’adresse", "Imprimer"}
