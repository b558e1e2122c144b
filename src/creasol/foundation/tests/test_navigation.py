import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from creasol.foundation import navigation
from creasol.foundation.navigation import Entry, current_url, declared_entries, links


class Holder:
    """Someone who holds exactly these permissions."""

    def __init__(self, *permissions):
        self.permissions = permissions

    def has_perm(self, permission):
        return permission in self.permissions


def request_of(path, user=None):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    return request


@pytest.fixture
def entries(monkeypatch):
    declared = (
        Entry(zone="main", order=2, label="Second", url_name="foundation:components"),
        Entry(zone="main", order=1, label="First", url_name="foundation:set_language", also=("/mots/",)),
        Entry(
            zone="desk", order=1, label="Closed", url_name="foundation:components", permission="a.b", icon="x"
        ),
    )
    monkeypatch.setattr(apps.get_app_config("foundation"), "navigation", declared, raising=False)
    others = [config for config in apps.get_app_configs() if config.label == "foundation"]
    monkeypatch.setattr(navigation.apps, "get_app_configs", lambda: others)


def test_links_come_in_order_with_the_current_one_marked(entries):
    shown = [(link.label, link.url, link.current) for link in links("main", request_of("/composants/"))]
    assert shown == [("First", "/langue/", ""), ("Second", "/composants/", "page")]


def test_a_page_beneath_marks_its_section(entries):
    shown = [(link.label, link.current) for link in links("main", request_of("/composants/carte/"))]
    assert shown == [("First", ""), ("Second", "true")]


def test_pages_that_also_belong_to_a_section_mark_it(entries):
    shown = [(link.label, link.current) for link in links("main", request_of("/mots/12/"))]
    assert shown == [("First", "true"), ("Second", "")]


def test_a_closed_page_is_shown_to_who_may_open_it(entries):
    assert links("desk", request_of("/")) == []
    assert [link.label for link in links("desk", request_of("/", Holder("a.b")))] == ["Closed"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/bureau/", "/bureau/"),
        ("/bureau/territoires/4/", "/bureau/territoires/"),
        ("/bureau/programmes/", ""),
        ("/annuaire/", ""),
    ],
)
def test_the_section_of_a_page_is_the_current_one(path, current):
    assert current_url(["/", "/bureau/", "/bureau/territoires/"], path) == current


@pytest.mark.parametrize("entry", declared_entries(), ids=lambda entry: entry.url_name)
def test_every_entry_leads_somewhere_in_a_known_zone(entry):
    assert reverse(entry.url_name).startswith("/")
    assert entry.zone in navigation.ZONES
    assert entry.icon or entry.zone in {"main", "footer"}
