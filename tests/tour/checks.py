"""What every page is held to."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
AXE = Axe()
LOOKS = (("light", 1280), ("light", 360), ("dark", 360), ("dark", 1280))
NARROWEST = 320
HEIGHT = 900
SETTLED = """() => new Promise(done => setTimeout(() => requestAnimationFrame(done), 200))
    .then(() => Promise.all(document.getAnimations().map(one => one.finished.catch(() => {}))))"""
WORDS = """language => {
    const copy = document.body.cloneNode(true)
    for (const other of copy.querySelectorAll(`[lang]:not([lang=${language}]), script`)) other.remove()
    return copy.textContent
}"""
SHORTEST_SENTENCE = 16
# What people wrote is in French: only whole sentences tell that the interface is.
SHORTEST_FRENCH = 32


@contextmanager
def silence(page: Page) -> Iterator[list[str]]:
    """Collect what the page complains of: errors of the console and of scripts, files that do not come."""
    complaints: list[str] = []

    def on_console(message) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type}: {message.text}")

    def on_error(error) -> None:
        complaints.append(f"script: {error}")

    def on_answer(answer) -> None:
        if answer.status >= 400:
            complaints.append(f"{answer.status}: {answer.url}")

    page.on("console", on_console)
    page.on("pageerror", on_error)
    page.on("response", on_answer)
    yield complaints
    page.remove_listener("console", on_console)
    page.remove_listener("pageerror", on_error)
    page.remove_listener("response", on_answer)


def look(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.evaluate(SETTLED)


def axe_faults(page: Page, *, scheme: str) -> list[str]:
    """Return what axe finds wrong, with the first place of each fault; in the dark only the contrasts differ."""
    options = {"runOnly": ["color-contrast"]} if scheme == "dark" else None
    found = AXE.run(page, options=options).response["violations"]
    return [f"{fault['id']} ({len(fault['nodes'])}): {fault['nodes'][0]['html'][:160]}" for fault in found]


def overflow(page: Page) -> list[str]:
    """Return the elements that stick out of the screen, if the page scrolls sideways."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth
            if (document.documentElement.scrollWidth <= width) return []
            return [...document.querySelectorAll('body *')]
                .filter(one => one.getBoundingClientRect().right > width + 1)
                .slice(0, 3).map(one => one.outerHTML.slice(0, 120))
        }"""
    )


def build_faults(page: Page, language: str) -> list[str]:
    """Return what is wrong in the build of the page: one h1, its language, a title, one main, labels in words."""
    faults = []
    if page.locator("h1").count() != 1:
        faults.append(f"{page.locator('h1').count()} h1")
    if page.locator("main").count() != 1:
        faults.append(f"{page.locator('main').count()} main")
    if page.locator("html").get_attribute("lang") != language:
        faults.append(f"lang is not {language}")
    if not re.fullmatch(r".+ · Création solidaire", page.title()):
        faults.append(f"title: {page.title()}")
    return faults


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Return the interface's sentences in English and in French, where they differ and hold no variable."""
    pairs = set()
    for path in (ROOT / "src" / "creasol").glob("*/locale/fr/LC_MESSAGES/django.po"):
        for message in read_po(io.BytesIO(path.read_bytes()), locale="fr"):
            if isinstance(message.id, str) and isinstance(message.string, str):
                english, french = plain(message.id), plain(message.string)
                if len(english) >= SHORTEST_SENTENCE and french and english.lower() not in french.lower():
                    pairs.add((english, french))
    return tuple(sorted(pair for pair in pairs if not re.search(r"[%{<]", "".join(pair))))


def untranslated(page: Page, language: str) -> list[str]:
    """Return the sentences of the interface that stand on the page in the other language, not marked as such."""
    text = plain(page.evaluate(WORDS, language))
    if language == "fr":
        suspects = [english for english, _ in sentences()]
    else:
        suspects = [french for _, french in sentences() if len(french) >= SHORTEST_FRENCH]
    return [one for one in suspects if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text)]


def plain(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())
