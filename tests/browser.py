"""pytest plugin: one real browser for all the tests that ask for it.

A browser test is left out, saying why, without a browser (CREASOL_BROWSER=required forbids that) and on PostgreSQL
(the pages are the same).
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
REQUIRED = os.environ.get("CREASOL_BROWSER") == "required"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that drives the browser, and skip it where it cannot be driven."""
    reason = ""
    if os.environ.get("CREASOL_TEST_DATABASE") == "postgresql":
        reason = "the browser tests run with SQLite"
    elif CHROMIUM is None and not REQUIRED:
        reason = "chromium is not installed"
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser once: playwright runs a loop in the thread of the tests, and a thread has room for one."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()
