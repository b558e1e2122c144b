"""A real browser on a real server with the example edition in it."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .pages import Stop

ROOT = Path(__file__).parents[2]
ARTEFACTS = ROOT / "build" / "artefacts" / "tour"
RUNNING_SITE = os.environ.get("CREASOL_TOUR_SITE", "")
SECONDS_TO_START = 120
ATTEMPTS = 60
PATIENCE = 15_000  # milliseconds: the machine may do other things


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """Serve a fresh site as its users do, or take the one at CREASOL_TOUR_SITE; return its address."""
    if RUNNING_SITE:
        yield RUNNING_SITE
        return
    folder = tmp_path_factory.mktemp("tour")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("CREASOL_", "DATABASE_URL"))
    }
    environment |= {"CREASOL_DATA": str(folder / "var"), "PORT": str(port), "PYTHONPATH": str(ROOT / "src")}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "creasol", "serve"], env=environment, stdout=log, stderr=log, cwd=folder
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address, server, folder / "log")
            subprocess.run(
                [sys.executable, Path(__file__).parent / "content.py"], env=environment, check=True
            )
            yield address
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    """Wait until the site answers; fail with its own words when it stops."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"The site stopped:\n{log.read_text()}")
        try:
            urllib.request.urlopen(f"{address}/robots.txt", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"The site did not answer:\n{log.read_text()}")


@pytest.fixture(scope="session")
def context_of(chromium: Browser, site: str) -> Iterator[Callable[[str], BrowserContext]]:
    """Give the context of a person, signed in once; of a stranger for an empty name."""
    contexts: dict[str, BrowserContext] = {}

    def context(who: str) -> BrowserContext:
        if who not in contexts:
            contexts[who] = new_context(chromium, site)
            if who:
                page = contexts[who].new_page()
                sign_in(page, f"{who}@example.org")
                page.close()
        return contexts[who]

    yield context
    for opened in contexts.values():
        opened.close()


@pytest.fixture
def stranger(chromium: Browser, site: str) -> Iterator[Page]:
    """A page of a browser that was never here."""
    context = new_context(chromium, site)
    yield context.new_page()
    context.close()


def new_context(chromium: Browser, site: str, **options) -> BrowserContext:
    context = chromium.new_context(base_url=site, reduced_motion="reduce", locale="fr-FR", **options)
    context.set_default_timeout(PATIENCE)
    return context


def open_page(tab: Page, stop: Stop) -> int:
    """Go to a page, by the link of another one when its address is not known beforehand; return its status."""
    answer = tab.goto(stop.address)
    if stop.link:
        with tab.expect_navigation() as going:
            tab.locator(f"{stop.link}:visible:not([aria-current])").first.click()
        answer = going.value
    return answer.status


def sign_in(page: Page, address: str) -> None:
    """Sign in by the keyboard alone, with the code that the mail brought."""
    page.goto("/compte/connexion/")
    page.locator("input[name=email]").focus()
    page.keyboard.type(address)
    page.keyboard.press("Enter")
    page.wait_for_url("**/compte/connexion/code/**")
    code = read_code(page, address)
    page.locator("input[name=code]").focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/bureau/")


def read_code(page: Page, address: str) -> str:
    """Return the code of the latest mail to ``address``, read where a person would."""
    mailbox = page.context.new_page()
    try:
        for _ in range(ATTEMPTS):
            mailbox.goto("/mailbox/")
            letter = mailbox.locator("main tr").filter(has_text=address).locator("a").first
            if letter.count():
                letter.click()
                return re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", mailbox.locator("main").inner_text())[0]
            time.sleep(0.25)
        return pytest.fail(f"no mail to {address}")
    finally:
        mailbox.close()
