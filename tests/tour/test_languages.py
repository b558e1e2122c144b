"""Every page in English; that the French ones hold no English is seen where they are examined."""

import pytest

from .checks import build_faults, untranslated
from .conftest import ARTEFACTS, open_page
from .pages import PUBLIC, STAFF

# Mails and journal entries stay in the language they were written in; the components show French samples.
WRITTEN_IN_FRENCH = {
    "mailing:mailbox",
    "mailing:mail",
    "mailing:message_list",
    "journal:entry_list",
    "foundation:components",
}


@pytest.mark.parametrize("stop", PUBLIC + STAFF, ids=lambda stop: stop.file)
def test_every_page_in_english(context_of, site, stop):
    context = context_of(stop.who)
    tab = context.new_page()
    context.add_cookies([{"name": "django_language", "value": "en", "url": site}])
    try:
        open_page(tab, stop)
        faults = build_faults(tab, "en")
        if stop.name not in WRITTEN_IN_FRENCH:
            faults += untranslated(tab, "en")
        tab.screenshot(path=ARTEFACTS / f"{stop.file}-en.png", full_page=True)
    finally:
        context.clear_cookies(name="django_language")
        tab.close()
    assert faults == []
