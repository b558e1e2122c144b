"""Words: folding, French typography, Markdown that cannot harm."""

import re
import unicodedata

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"breaks": False}).enable("table")
_TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "hr", "br",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
NARROW = "\u202f"
NO_BREAK = "\u00a0"


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, ligatures or punctuation, words parted by one space.

    >>> fold("Noyelles-lès-Seclin, L'Œuvre")
    'noyelles les seclin l oeuvre'
    """
    text = unicodedata.normalize("NFKD", text).lower().replace("œ", "oe").replace("æ", "ae")
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", text))


def french_spaces(text: str) -> str:
    """Make the plain spaces before ``: ; ! ? % € »`` and after ``«`` no-break ones, and curl apostrophes.

    >>> french_spaces("Quoi ? « oui » : 12 %, l'eau").replace(NARROW, "~").replace(NO_BREAK, "_")
    'Quoi~? «_oui_»_: 12~%, l’eau'
    """
    text = re.sub(r" ([;!?€]|%(?![\w(]))", NARROW + r"\1", text)
    text = re.sub(r" ([:»])", NO_BREAK + r"\1", text)
    text = re.sub(r"« ", "«" + NO_BREAK, text)
    return re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", "’", text)


def markdown(text: str) -> str:
    """Return safe HTML of ``text`` (Markdown): French spaces, no script, links to the web and to mail only.

    Headings lie between h2 and h4: the page has its own h1.
    """
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = {"h1": "h2", "h5": "h4", "h6": "h4"}.get(token.tag, token.tag)
        for piece in token.children or ():
            if piece.type == "text":
                piece.content = french_spaces(piece.content)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
