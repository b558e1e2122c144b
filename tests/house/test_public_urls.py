"""Every address is closed to strangers unless it is listed here, and the desk to those without a role."""

import re
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path

from creasol.accounts.tests.factories import make_user

# The last line is there in development only.
PUBLIC = """
/ a-propos/ recherche/ donnees-ouvertes/ accessibilite/ donnees-personnelles/ mentions-legales/ langue/
robots.txt sitemap.xml favicon.ico
programmes/ programmes/<slug:slug>/ programmes/<slug:slug>/rotation/ programmes/<slug:slug>/rotation.csv
editions/<slug:slug>/
rencontres/ rencontres/rencontres.csv rencontres/calendrier/ rencontres/agenda.ics rencontres/agenda.atom
rencontres/<slug:slug>/ rencontres/<slug:slug>/agenda.ics
rencontres/<slug:slug>/programme/ rencontres/<slug:slug>/programme.pdf rencontres/<slug:slug>/benevoles/
rencontres/<slug:slug>/dire/<str:key>/ rencontres/<slug:slug>/dire/<str:key>/merci/
agenda/<str:key>.ics inscription/<str:code>/mes-donnees/ inscription/<str:code>/mes-donnees.json
inscription/<str:code>/effacer/
donnees-effacees/ rencontres/<slug:slug>/avis/<str:code>/ rencontres/<slug:slug>/avis/<str:code>/merci/
besoins/ besoins/besoins.csv besoins/<slug:slug>/
annuaire/ annuaire/annuaire.csv annuaire/<slug:slug>/
communes/<str:code>/ territoires/ territoires/liste.csv territoires/<slug:slug>/ territoires/<slug:slug>/communes.csv
territoires/<slug:slug>/diagnostic/ territoires/<slug:slug>/diagnostic/etablissements/
territoires/<slug:slug>/diagnostic/<str:name>.<str:suffix>
diagnostic/ diagnostic/etablissements/ diagnostic/<str:name>.<str:suffix>
diagnostic/comparer/ diagnostic/comparer/comparaison.csv diagnostic/indicateurs/<slug:key>.csv
territoires/<slug:slug>/diagnostic/comparables/ diagnostic/comparables/
territoires/<slug:slug>/diagnostic/evolution/ diagnostic/evolution/
territoires/<slug:slug>/diagnostic/manques/ territoires/<slug:slug>/diagnostic/manques.csv
diagnostic/manques/ diagnostic/manques.csv
e/<str:token>
diagnostics/ diagnostics/<slug:slug>/ diagnostics/<slug:slug>/v<int:number>/ diagnostics/<slug:slug>/comparer/
diagnostics/<slug:slug>/v<int:number>/<document:name>
territoires/<slug:slug>/diagnostic/<document:name> diagnostic/<document:name>
api/ api/docs api/openapi.json api/search
api/diagnosis api/diagnosis.csv api/indicators api/establishments api/datasets
api/communes api/communes/<code> api/communes/<code>/geojson
api/territories api/territories/<key> api/territories/<key>/communes api/territories/<key>/geojson
api/gatherings api/gatherings/<slug> api/needs api/needs/<slug> api/organisations api/organisations/<slug>
s-inscrire/<int:pk>/ inscription/<str:code>/ inscription/<str:code>/modifier/ inscription/<str:code>/annuler/
inscription/<str:code>/ajouter/ inscription/<str:code>/<int:pk>/annuler/ inscription/<str:code>/offre/<int:pk>/
inscription/<str:code>/agenda.ics
compte/connexion/ compte/connexion/code/ compte/inscription/ compte/inscription/code/ compte/inactif/
compte/deconnexion/ compte/securite/code/ compte/securite/cles/connexion/
composants/ mailbox/ mailbox/<int:number>/ mailbox/<int:number>/html/
"""
OPEN_DESK = {"bureau/"}
SAMPLES = {"int": "1", "uuid": "6e1b0a3c-0d4f-4f6e-9b0a-3c0d4f4f6e9b", "slug": "x", "str": "x", "path": "x"}


@dataclass(frozen=True)
class Page:
    """An address pattern and the view it leads to."""

    route: str
    view: object

    @property
    def is_public(self) -> bool:
        return getattr(self.view, "login_required", True) is False

    @property
    def example(self) -> str:
        """Return an address of this pattern; what it names need not exist."""
        filled = re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES.get(match[1] or "str", "x"), self.route)
        filled = re.sub(r"\(\?P<\w+>[^)]*\)", "x", filled)
        return "/" + re.sub(r"[\^$]|\\Z", "", filled).replace("\\", "")


def pages(patterns: list | None = None, before: str = "") -> list[Page]:
    """Return every address of the site."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += pages(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            found.append(Page(route, pattern.callback))
    return found


def test_the_public_addresses_are_these():
    assert sorted({page.route or "/" for page in pages() if page.is_public}) == sorted(PUBLIC.split())


@pytest.mark.django_db
def test_every_public_address_answers_whatever_is_asked(client):
    answers = {page.route: client.get(page.example).status_code for page in pages() if page.is_public}
    assert {route: status for route, status in answers.items() if status >= 500} == {}


@pytest.mark.django_db
def test_every_other_address_asks_strangers_to_sign_in(client):
    answers = {}
    for page in pages():
        if not page.is_public:
            response = client.get(page.example)
            answers[page.route] = (
                response.status_code,
                response.headers.get("Location", "").partition("?")[0],
            )
    entrance = client.get("/bureau/").headers["Location"].partition("?")[0]
    assert {route: answer for route, answer in answers.items() if answer != (302, entrance)} == {}


@pytest.mark.django_db
def test_the_desk_refuses_a_person_without_a_role():
    client = Client()
    client.force_login(make_user(), backend=settings.AUTHENTICATION_BACKENDS[-1])
    desk = [page for page in pages() if page.route.startswith("bureau/") and page.route not in OPEN_DESK]
    answers = {page.route: client.get(page.example).status_code for page in desk}
    assert desk
    assert {route: status for route, status in answers.items() if status not in {403, 404, 405}} == {}


def test_an_address_opened_without_being_listed_is_seen():
    @login_not_required
    def open_view(request):
        return HttpResponse()

    def closed_view(request):
        return HttpResponse()

    found = pages([path("a/", open_view), path("b/<slug:slug>/", closed_view)])
    assert [(page.route, page.is_public, page.example) for page in found] == [
        ("a/", True, "/a/"),
        ("b/<slug:slug>/", False, "/b/x/"),
    ]
