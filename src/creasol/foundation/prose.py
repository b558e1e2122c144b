"""Markdown as data: blocks and runs of words, for what is not a web page (typst/prose.typ sets them)."""

from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from .text import french_spaces

SCHEMES = {"http", "https", "mailto"}
DEEPEST = 3  # levels of headings: the document has its own first ones
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def blocks_of(text: str) -> list[dict]:
    """Return ``text`` (Markdown) as blocks, each a dict with its ``kind``.

    p and h (``level`` 1 to 3) hold ``runs``; ul and ol ``items``, each a list of blocks; quote ``blocks``; code
    ``text``; table ``rows`` of cells, each a list of runs, the first row its head; rule nothing. Tags of HTML are left
    out.
    """
    tokens = _MARKDOWN.parse(text)
    level = 0
    for token in tokens:
        if token.type == "heading_open":
            # no level is skipped: an accessible document may not
            level = min(int(token.tag[1]), level + 1, DEEPEST)
            token.tag = f"h{level}"
    return list(_blocks(SyntaxTreeNode(tokens).children))


def _blocks(nodes: list[SyntaxTreeNode]) -> Iterator[dict]:
    for node in nodes:
        block = MAKERS[node.type](node) if node.type in MAKERS else None
        if block:
            yield block


def _heading(node: SyntaxTreeNode) -> dict:
    return {"kind": "h", "level": int(node.tag[1]), "runs": _runs(node)}


def _list(node: SyntaxTreeNode) -> dict:
    kind = "ul" if node.type == "bullet_list" else "ol"
    return {"kind": kind, "items": [list(_blocks(item.children)) for item in node.children]}


def _table(node: SyntaxTreeNode) -> dict:
    rows = [row for part in node.children for row in part.children]
    return {"kind": "table", "rows": [[_runs(cell) for cell in row.children] for row in rows]}


def _code(node: SyntaxTreeNode) -> dict:
    return {"kind": "code", "text": node.content.rstrip("\n")}


def _html(node: SyntaxTreeNode) -> dict | None:
    """Keep the words between tags, as the pages of the site do."""
    words = unescape(nh3.clean(node.content, tags=set())).strip()
    return {"kind": "p", "runs": [_run(french_spaces(words))]} if words else None


MAKERS = {
    "paragraph": lambda node: {"kind": "p", "runs": _runs(node)},
    "heading": _heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": lambda node: {"kind": "quote", "blocks": list(_blocks(node.children))},
    "fence": _code,
    "code_block": _code,
    "table": _table,
    "hr": lambda node: {"kind": "rule"},
    "html_block": _html,
}


def _runs(node: SyntaxTreeNode) -> list[dict]:
    """Return the words of a block as runs of one look."""
    return [run for child in node.children for run in _inline(child, {})]


def _inline(node: SyntaxTreeNode, look: dict) -> Iterator[dict]:
    if node.type == "text":
        yield _run(french_spaces(node.content), **look)
    elif node.type in {"softbreak", "hardbreak"}:
        yield _run(" " if node.type == "softbreak" else "\n", **look)
    elif node.type == "code_inline":
        yield _run(node.content, **look, code=True)
    elif node.type != "html_inline":
        if node.type in {"strong", "em"}:
            look = {**look, node.type: True}
        elif node.type == "link":
            look = {**look, "href": allowed(str(node.attrs.get("href", "")))}
        for child in node.children:
            yield from _inline(child, look)


def _run(text: str, **look: object) -> dict:
    return {"text": text, **look}


def allowed(address: str) -> str:
    """Return an address of the web or of mail as it is; nothing for any other, which no reader should follow."""
    try:
        return address if urlsplit(address).scheme.lower() in SCHEMES else ""
    except ValueError:
        return ""
