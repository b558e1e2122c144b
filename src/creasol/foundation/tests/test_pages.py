"""The frames and the pages of the foundation. No database is asked for: what fails last must not need it."""

import re
from html.parser import HTMLParser

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template import loader
from django.test import Client, RequestFactory
from django.views import defaults

from creasol.foundation import gallery


class Outline(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.extend(name for name, _ in attrs)


def test_the_components_page_keeps_the_rules_of_every_page(client):
    response = client.get("/composants/")
    html = response.content.decode()
    outline = Outline(html)
    assert response.status_code == 200
    assert outline.tags.count("h1") == 1
    assert {"header", "main", "footer", "nav"} <= set(outline.tags)
    assert "style" not in outline.tags
    assert "style" not in outline.attributes
    assert not [name for name in outline.attributes if name.startswith("on")]
    assert re.findall(r"<script(?![^>]* src=)", html) == []
    assert '<a class="skip-link" href="#content">' in html


def test_the_policy_forbids_other_hosts_and_inline_code(client):
    assert client.get("/composants/").headers["Content-Security-Policy"] == (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def test_every_component_is_shown(client):
    names = {template.name for template in client.get("/composants/").templates}
    components = {
        f"foundation/components/{name}.html"
        for name in (
            "hero", "breadcrumb", "figure", "bar_list", "timeline", "table", "facts", "notice", "empty",
            "downloads", "pagination", "search_form",
        )
    }  # fmt: skip
    assert components <= names


def test_the_language_chosen_is_kept_and_the_page_too(client):
    response = client.post("/langue/", {"language": "en", "next": "/composants/?page=2"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/composants/?page=2"
    assert response.cookies["django_language"].value == "en"
    page = client.get("/composants/").content.decode()
    assert '<html lang="en">' in page
    assert "Skip to content" in page


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_the_language_switch_never_leads_elsewhere(client, address):
    assert client.post("/langue/", {"language": "en", "next": address}).headers["Location"] == "/"


def test_an_unknown_language_changes_nothing(client):
    assert "django_language" not in client.post("/langue/", {"language": "xx", "next": "/"}).cookies


def test_the_language_is_chosen_by_a_button_not_by_a_link(client):
    assert client.get("/langue/").status_code == 405


@pytest.mark.parametrize(
    ("answer", "status", "heading"),
    [
        (
            lambda request: defaults.page_not_found(request, Http404()),
            404,
            "Il n’y a pas de page à cette adresse",
        ),
        (
            lambda request: defaults.permission_denied(request, PermissionDenied()),
            403,
            "Cette page ne vous est pas ouverte",
        ),
        (lambda request: defaults.bad_request(request, ValueError()), 400, "Demande non comprise"),
        (defaults.server_error, 500, "Quelque chose s’est mal passé ici"),
    ],
)
def test_an_error_is_said_in_words_and_shows_the_way_out(answer, status, heading):
    response = answer(RequestFactory().get("/nowhere/"))
    html = response.content.decode()
    assert response.status_code == status
    assert re.findall(r"<h1>(.*?)</h1>", html) == [heading]
    assert "Revenir à l’accueil" in html
    assert "Traceback" not in html


def test_an_expired_form_is_said_in_words():
    response = Client(enforce_csrf_checks=True).post("/composants/")
    html = response.content.decode()
    assert response.status_code == 403
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Ce formulaire a expiré"]


def test_a_missing_figure_says_why():
    html = loader.render_to_string(
        "foundation/components/figure.html", {"label": "Équipements", "unavailable": "Rien n’est importé."}
    )
    assert '<div class="figure figure-missing">' in html
    assert "Rien n’est importé." in html


def test_messages_are_announced():
    messages = [type("Message", (), {"level_tag": "success", "__str__": lambda self: "Enregistré."})()]
    html = loader.render_to_string("foundation/frame/messages.html", {"messages": messages})
    assert '<div class="notices" role="status">' in html
    assert "<p>Enregistré.</p>" in html


def test_pagination_keeps_what_was_searched_for():
    page = gallery.page_of(range(100), RequestFactory().get("/?q=lille&page=5"), size=10)
    assert page.previous_href == "?q=lille&page=4"
    assert page.next_href == "?q=lille&page=6"
    assert page.href(1) == "?q=lille"
    assert page.numbers == [
        (1, "?q=lille"),
        ("…", ""),
        (4, "?q=lille&page=4"),
        (5, "?q=lille&page=5"),
        (6, "?q=lille&page=6"),
        ("…", ""),
        (10, "?q=lille&page=10"),
    ]


def test_a_page_that_does_not_exist_gives_the_nearest():
    assert gallery.page_of(range(30), RequestFactory().get("/?page=99"), size=10).number == 3
    assert gallery.page_of(range(30), RequestFactory().get("/?page=x"), size=10).number == 1
