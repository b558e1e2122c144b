"""Templates: nothing undefined, nothing inline."""

import re
from pathlib import Path

import pytest
from django.template import Context, Origin, Template, engines

from tests.fixtures import PACKAGE, UndefinedVariableError

INLINE = re.compile(
    r"<script(?![^>]*\b(?:src=|type=.application/(?:ld\+)?json))[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:",
    re.IGNORECASE,
)


def render(source: str, file: Path, **context) -> str:
    template = Template(source, origin=Origin(str(file)), engine=engines["django"].engine)
    return template.render(Context(context))


def test_an_undefined_variable_of_ours_is_an_error():
    ours = PACKAGE / "portal" / "templates" / "portal" / "home.html"
    with pytest.raises(UndefinedVariableError, match=r"nothing in .*portal/home.html"):
        render("{{ nothing }}", ours)
    with pytest.raises(UndefinedVariableError):
        render("{% for one in many %}{{ one.missing }}{% endfor %}", ours, many=[{"name": "Lys"}])


def test_a_test_for_presence_is_no_error():
    ours = PACKAGE / "portal" / "templates" / "portal" / "home.html"
    assert render("{% if nothing %}yes{% else %}no{% endif %}", ours) == "no"


def test_templates_of_packages_are_left_alone():
    assert render("[{{ nothing }}]", Path("/usr/lib/package/templates/page.html")) == "[]"


def locked_forms(files: dict[str, str]) -> list[str]:
    """Return the includes that keep the token of forms from a template that needs it: its buttons would be refused."""
    needy = {name for name, text in files.items() if "{% csrf_token %}" in text}
    return [
        f"{name}: {include[1]}"
        for name, text in files.items()
        for include in re.finditer(r'{% include "([^"]+)"([^%]*) only %}', text)
        if include[1] in needy and "csrf_token=csrf_token" not in include[2]
    ]


def test_forms_keep_their_token_in_what_is_included():
    files = PACKAGE.glob("*/templates/**/*.html")
    assert locked_forms({str(path).partition("/templates/")[2]: path.read_text() for path in files}) == []


def test_a_form_without_its_token_is_seen():
    line = "<form method=post>{% csrf_token %}</form>"
    page = '{% include "line.html" with line=line only %}'
    assert locked_forms({"line.html": line, "page.html": page}) == ["page.html: line.html"]
    assert (
        locked_forms({"line.html": line, "page.html": page.replace("only", "csrf_token=csrf_token only")})
        == []
    )
    assert locked_forms({"line.html": line, "page.html": page.replace(" only", "")}) == []


def inline_parts(source: str) -> list[str]:
    """Return what the content security policy would refuse: scripts, styles, handlers in the page."""
    return [found.strip() for found in INLINE.findall(re.sub(r"{#.*?#}", "", source))]


def test_no_template_holds_script_or_style():
    found = {
        str(path.relative_to(PACKAGE)): parts
        for path in sorted(PACKAGE.rglob("templates/**/*.html"))
        if "mails" not in path.parts and (parts := inline_parts(path.read_text()))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        '<p style="color: red">',
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        "<style>p {}</style>",
        '<a href="javascript:go()">',
    ],
)
def test_script_or_style_in_a_template_is_seen(source):
    assert len(inline_parts(source)) == 1


def test_links_to_files_and_data_are_no_inline_script():
    assert inline_parts('<script data-for="passkey" type="application/json">{}</script>') == []
    assert inline_parts('<script type="module" src="/static/site.js"></script><p data-style="plain">') == []
