"""The staff's screens of duplicates, and what a merge does to public addresses."""

import re

import pytest
from django.conf import settings
from django.test import Client

from creasol.network.models import Distinction, Merge, Organisation
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership
from creasol.territories.tests.factories import make_commune

from .factories import make_field_origin, make_mandate, make_merge, make_organisation, make_person

pytestmark = pytest.mark.django_db
DUPLICATES = "/bureau/annuaire/doublons/"
SIRET = "73282932000074"


@pytest.fixture
def adviser(client):
    user = make_membership(role=Role.ADVISER).user
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


@pytest.fixture
def two():
    seclin = make_commune(code="59560", name="Seclin")
    return (
        make_organisation(name="Les Potes en Ciel", slug="potes", phone="03", commune=seclin),
        make_organisation(name="LES POTES EN CIEL", slug="les-potes", siret=SIRET, commune=seclin),
    )


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def merge_them(client, two, **choice):
    first, second = two
    wish = {
        "kept": str(first.pk),
        "name": str(first.pk),
        "siret": str(second.pk),
        "phone": str(first.pk),
    } | choice
    return client.post(f"{DUPLICATES}{first.pk}/{second.pk}/", wish)


def test_pairs_are_shown_and_merged_field_by_field(client, adviser, two):
    first, second = two
    html = page(client, DUPLICATES)
    assert "sans doute une seule organisation" in html
    assert f"{DUPLICATES}{first.pk}/{second.pk}/" in html
    form = client.get(f"{DUPLICATES}{second.pk}/{first.pk}/").context["form"]
    assert {name: field.initial for name, field in form.fields.items()} == {
        "kept": str(first.pk),
        "name": str(first.pk),
        "siret": str(second.pk),
        "phone": str(first.pk),
    }
    response = merge_them(client, two)
    assert response.headers["Location"] == "/bureau/annuaire/potes/"
    kept = Organisation.objects.get()
    assert (kept.name, kept.siret, kept.phone) == ("Les Potes en Ciel", SIRET, "03")
    assert "Aucune fiche ne ressemble à une autre" in page(client, DUPLICATES)
    assert "Défaire cette fusion" in page(client, "/bureau/annuaire/potes/")


def test_the_other_entry_may_be_the_one_that_stays(client, adviser, two):
    merge_them(client, two, kept=str(two[1].pk), phone=str(two[0].pk))
    kept = Organisation.objects.get()
    assert (kept.slug, kept.name, kept.siret, kept.phone) == ("les-potes", "Les Potes en Ciel", SIRET, "03")


def test_what_is_missing_or_refused_is_said(client, adviser, two):
    assert "Des réponses sont à corriger" in merge_them(client, two, kept="0").content.decode()
    Organisation.objects.filter(pk=two[1].pk).update(is_example=True)
    assert "ne se fusionnent pas" in merge_them(client, two).content.decode()
    assert not Merge.objects.exists()


def test_two_organisations_are_told_apart(client, adviser, two):
    first, second = two
    client.post(f"{DUPLICATES}{second.pk}/{first.pk}/distinguer/")
    assert Distinction.objects.get().by == adviser
    assert "Aucune fiche ne ressemble à une autre" in page(client, DUPLICATES)


def test_a_merge_is_undone_once(client, adviser, two):
    merge_them(client, two)
    address = f"/bureau/annuaire/fusions/{Merge.objects.get().pk}/defaire/"
    assert client.post(address).headers["Location"] == "/bureau/annuaire/potes/"
    assert Organisation.objects.count() == 2
    assert client.post(address).status_code == 404


def found(client, words):
    return [page["url"] for page in client.get("/api/search", {"q": words}).json()["pages"]]


def test_the_button_that_undoes_is_accepted(adviser, two):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(adviser, backend=settings.AUTHENTICATION_BACKENDS[-1])
    merged = make_merge(
        kept=two[0], before={"after": {}, "absorbed": {}, "moved": {}, "kept": {}, "origins": {}}
    )
    html = page(browser, DUPLICATES)
    form = html[html.index(f"/bureau/annuaire/fusions/{merged.pk}/defaire/") :]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form[: form.index("</form>")])[1]
    answer = browser.post(f"/bureau/annuaire/fusions/{merged.pk}/defaire/", {"csrfmiddlewaretoken": token})
    assert answer.headers["Location"] == "/bureau/annuaire/potes/"


def test_an_order_of_merges_is_kept(client, adviser, two):
    merge_them(client, two)
    first = Merge.objects.get()
    third = make_organisation(name="Les Potes", slug="tiers")
    pair = f"{DUPLICATES}{two[0].pk}/{third.pk}/"
    client.post(pair, {name: str(third.pk) for name in ("kept", "name", "siret", "commune", "phone")})
    refused = client.post(f"/bureau/annuaire/fusions/{first.pk}/defaire/", follow=True).content.decode()
    assert "Défaites d’abord la fusion suivante" in refused
    assert client.get("/annuaire/les-potes/").headers["Location"] == "/annuaire/tiers/"


def test_addresses_of_a_merged_entry_lead_to_the_one_kept(client, adviser, two):
    make_mandate(organisation=two[1], person=make_person(user=adviser))
    merge_them(client, two)
    for before, after in (
        ("/annuaire/les-potes/", "/annuaire/potes/"),
        ("/bureau/annuaire/les-potes/", "/bureau/annuaire/potes/"),
        ("/mon-organisation/les-potes/", "/mon-organisation/potes/"),
    ):
        response = client.get(before)
        assert (response.status_code, response.headers["Location"]) == (302, after)
        assert client.get(after).status_code == 200
    assert client.get("/api/organisations/les-potes").json()["slug"] == "potes"
    assert found(client, "potes") == ["/annuaire/potes/"]
    for listing in (
        "/annuaire/",
        "/bureau/annuaire/",
        "/sitemap.xml",
        "/api/organisations",
        "/annuaire/annuaire.csv",
    ):
        assert "les-potes" not in page(client, listing)
        assert "LES POTES" not in page(client, listing)
    client.post(f"/bureau/annuaire/fusions/{Merge.objects.get().pk}/defaire/")
    assert client.get("/annuaire/les-potes/").status_code == 200
    assert sorted(found(client, "potes")) == ["/annuaire/les-potes/", "/annuaire/potes/"]


def test_strange_pairs_are_not_found(client, adviser, two):
    first = two[0]
    assert client.get(f"{DUPLICATES}{first.pk}/{first.pk}/").status_code == 404
    assert client.get(f"{DUPLICATES}{first.pk}/0/").status_code == 404


def test_any_other_entry_can_be_looked_for(client, adviser, two):
    other = make_organisation(name="Rien de commun", words=" rien de commun")
    html = page(client, "/bureau/annuaire/potes/?avec=commun")
    assert f"{DUPLICATES}{two[0].pk}/{other.pk}/" in html
    assert page(client, f"{DUPLICATES}{two[0].pk}/{other.pk}/")


def test_an_entry_is_verified_by_the_staff_and_by_its_members(client, adviser, two):
    first, second = two
    assert "Pas encore vérifié" in page(client, "/annuaire/potes/")
    client.post("/bureau/annuaire/potes/verifier/")
    assert dict(first.origins.values_list("field", "kind")) == {
        "name": "staff",
        "phone": "staff",
        "commune": "staff",
    }
    assert "Vérifié le" in page(client, "/annuaire/potes/")
    make_mandate(organisation=second, person=make_person(user=adviser))
    client.post("/mon-organisation/les-potes/verifier/")
    assert set(second.origins.values_list("kind", flat=True)) == {"member"}
    assert client.post("/mon-organisation/potes/verifier/").status_code == 404


def test_what_was_not_verified_for_a_year_is_greyed(client, two):
    make_field_origin(organisation=two[0])
    assert 'class="card card-link stale"' in page(client, "/annuaire/")
    assert "vérifié le 1er septembre 2011" in page(client, "/annuaire/").replace("\u00a0", " ")
    assert "il y a plus d’un an" in page(client, "/annuaire/potes/")


def test_a_stranger_merges_nothing(client, two):
    client.force_login(make_membership(role=Role.FUNDER).user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    first, second = two
    answers = [
        client.get(DUPLICATES).status_code,
        merge_them(client, two).status_code,
        client.post(f"{DUPLICATES}{first.pk}/{second.pk}/distinguer/").status_code,
        client.post("/bureau/annuaire/potes/verifier/").status_code,
    ]
    assert answers == [403, 403, 403, 403]


def test_pairs_take_the_same_number_of_queries_for_more_rows(client, adviser, assert_constant_queries):
    make_organisation(name="Une")
    assert_constant_queries(client, DUPLICATES, lambda: make_organisation(name="Une", commune=make_commune()))
