from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from creasol.gatherings.actions.planning import GatheringDraft, plan_gathering
from creasol.gatherings.actions.states import cancel_gathering, propose_gathering
from creasol.needs.actions import NeedDraft, move_need, record_need
from creasol.needs.enums import NeedState
from creasol.network.actions.organisations import (
    OrganisationDraft,
    register_organisation,
    revise_organisation,
)
from creasol.network.models import Organisation
from creasol.places.tests.factories import make_room, make_venue
from creasol.portal.actions import rebuild_index
from creasol.portal.enums import EntryKind
from creasol.portal.models import SearchEntry
from creasol.portal.queries.search import SHOWN_OF_EACH, search
from creasol.programmes.tests.factories import make_edition, make_programme, make_theme
from creasol.reports.tests.factories import make_publication, make_report
from creasol.territories.actions import define_territory, remove_territory, revise_territory
from creasol.territories.tests.factories import make_commune, make_former_commune, make_territory

pytestmark = pytest.mark.django_db
AT = datetime(2011, 11, 7, 18, tzinfo=UTC)
HOSTILE = [
    "'",
    '"',
    "''\"\"",
    "%",
    "_",
    "\\",
    "seclin%",
    "seclin' OR '1'='1",
    "'; DROP TABLE portal_searchentry; --",
    "\x00",
    "sec\x00lin",
    "🌱",
    "é" * 10_000,
    "a" * 10_000,
    "NEAR(a b) AND NOT *",
    "مرحبا",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "\ud800",
]


def titles(question, **wish):
    return [hit.title for group in search(question, **wish).groups for hit in group.hits]


@pytest.fixture
def places():
    seclin = make_commune(name="Seclin", code="59560", postcodes="59113", population=12_789)
    make_commune(name="Noyelles-lès-Seclin", code="59437", postcodes="59139", population=819)
    lille = make_commune(
        name="Lille", code="59350", postcodes="59000 59160 59260 59777 59800", population=238_246
    )
    make_former_commune(name="Lomme", code="59355", commune=lille)
    make_commune(name="Saint-Pol-sur-Ternoise", code="62767", postcodes="62130", population=4_000)
    make_territory(name="Couronne Sud de Lille", slug="couronne-sud-2011", communes=[seclin])
    rebuild_index()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Seclin", ["Seclin", "Noyelles-lès-Seclin"]),
        ("SÉCLIN", ["Seclin", "Noyelles-lès-Seclin"]),
        ("noyelles les seclin", ["Noyelles-lès-Seclin"]),
        ("noyelles lez sec", ["Noyelles-lès-Seclin"]),
        ("59113", ["Seclin"]),
        ("59800", ["Lille"]),
        ("59437", ["Noyelles-lès-Seclin"]),
        ("lomme", ["Lomme"]),
        ("St Pol", ["Saint-Pol-sur-Ternoise"]),
        ("couronne", ["Couronne Sud de Lille"]),
        ("lille", ["Lille", "Couronne Sud de Lille"]),
        ("paris", []),
    ],
)
def test_places_are_found_by_what_people_write(places, question, found):
    assert titles(question) == found


def test_a_former_commune_leads_to_todays(places):
    (group,) = search("Lomme").groups
    assert group.kind == EntryKind.FORMER_COMMUNE
    assert group.hits[0].url == "/communes/59350/"
    assert group.hits[0].detail == "Aujourd’hui dans la commune de Lille"


def test_among_equals_the_heavier_comes_first():
    for name, population in (("Saint-Denis", 9_000), ("Saint-Denis-en-Val", 7_500), ("Saint-Denis", 112_000)):
        make_commune(name=name, population=population)
    rebuild_index()
    (group,) = search("saint denis").groups
    assert [hit.title for hit in group.hits] == ["Saint-Denis", "Saint-Denis", "Saint-Denis-en-Val"]
    assert list(SearchEntry.objects.order_by("-weight").values_list("weight", flat=True)) == [
        112_000,
        9_000,
        7_500,
    ]


def test_organisations_are_found_by_plurals_and_beginnings():
    seclin = make_commune(name="Seclin")
    Organisation.objects.create(
        slug="le-panier", name="Le Panier", commune=seclin, description="Épicerie coopérative et paniers bio"
    )
    rebuild_index()
    assert titles("épiceries coopératives") == ["Le Panier"]
    assert titles("panier seclin") == ["Le Panier"]
    assert titles("epic") == ["Le Panier"]
    assert titles("garage") == []


def test_many_results_are_counted_and_cut():
    for _ in range(SHOWN_OF_EACH + 3):
        make_commune(name="Villeneuve")
    rebuild_index()
    (group,) = search("villeneuve").groups
    assert (group.total, len(group.hits), group.more) == (SHOWN_OF_EACH + 3, SHOWN_OF_EACH, True)
    (group,) = search("villeneuve", kind="commune").groups
    assert (group.total, len(group.hits), group.more) == (SHOWN_OF_EACH + 3, SHOWN_OF_EACH + 3, False)
    assert search("villeneuve", kind="territory").groups == ()


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_are_answered(places, client, question):
    search(question)
    page = client.get(reverse("portal:search"), {"q": question.encode("utf-8", "replace"), "genre": "'"})
    assert page.status_code == 200
    assert SearchEntry.objects.count() == 6


def test_the_number_of_queries_does_not_depend_on_what_is_found(places, client, django_assert_num_queries):
    for question in ("seclin", "saint denis villeneuve", "couronne"):
        with django_assert_num_queries(1):
            search(question)


def test_a_territory_is_found_as_soon_as_it_is_defined():
    emmerin = make_commune(name="Emmerin")
    territory = define_territory(name="Vallée", kind="living-area", communes=[emmerin], by=None, at=AT)
    assert titles("vallee") == ["Vallée"]
    edition = make_edition(territory=territory, name="Édition Une")
    revise_territory(territory, name="Plaine", kind="living-area", communes=[emmerin], by=None, at=AT)
    assert titles("vallée") == []
    assert titles("plaine") == ["Plaine", "Édition Une"]
    edition.delete()
    remove_territory(territory, by=None, at=AT)
    assert titles("plaine") == []


def test_an_organisation_is_found_as_soon_as_it_is_registered_until_it_is_hidden(django_user_model):
    draft = OrganisationDraft(name="Les Jardins d’Ève")
    organisation = register_organisation(draft, by=None, at=AT)
    assert titles("jardin eve") == ["Les Jardins d’Ève"]
    by = django_user_model.objects.create_user("a@example.org")
    revise_organisation(organisation, OrganisationDraft(name="Les Jardins d’Ève", listed=False), by=by, at=AT)
    assert titles("jardin") == []


def test_an_edition_is_found_by_its_themes():
    edition = make_edition(
        programme=make_programme(name="Création"), name="Couronne Sud", starts_on=date(2011, 1, 1)
    )
    make_theme(edition=edition, name="Mobilités durables")
    rebuild_index()
    assert titles("mobilité") == ["Couronne Sud"]


def test_a_need_is_found_as_soon_as_it_is_shared():
    territory = make_territory(name="Couronne Sud")
    draft = NeedDraft(territory=territory, statement="Apprendre à conduire près de chez soi")
    need = record_need(draft, by=None, at=AT)
    assert titles("conduire") == []
    move_need(need, to=NeedState.SHARED, by=None, at=AT)
    (group,) = search("conduire couronne").groups
    assert (group.kind, [hit.url for hit in group.hits]) == ("need", [f"/besoins/{need.slug}/"])


def test_a_gathering_is_found_as_soon_as_it_is_proposed():
    edition = make_edition(territory=make_territory(name="Couronne Sud"))
    room = make_room(venue=make_venue(commune=make_commune(name="Emmerin")))
    draft = GatheringDraft(
        title="Manger d’ici", edition=edition, starts_at=AT, ends_at=AT + timedelta(hours=2), room=room
    )
    gathering = plan_gathering(draft, by=None, at=AT)
    assert titles("manger") == []
    propose_gathering(gathering, by=None, at=AT)
    for question in ("manger ici", "couronne manger"):
        hits = [
            hit
            for group in search(question).groups
            for hit in group.hits
            if group.kind == EntryKind.GATHERING
        ]
        assert [(hit.title, hit.url) for hit in hits] == [("Manger d’ici", "/rencontres/manger-dici/")]
        assert hits[0].detail.endswith(", Emmerin")
    cancel_gathering(gathering, reason="Neige", by=None, at=AT)
    assert titles("manger") == ["Manger d’ici"]


def test_a_diagnosis_is_found_once_it_is_published():
    report = make_report(title="Les Weppes en chiffres", slug="weppes")
    rebuild_index()
    assert titles("weppes") == []
    make_publication(report=report)
    rebuild_index()
    (group,) = search("weppes").groups
    assert (group.kind, [hit.url for hit in group.hits]) == ("report", ["/diagnostics/weppes/"])


def test_the_page_groups_what_it_found(places, client):
    page = client.get("/recherche/?q=lille").content.decode()
    assert page.index('id="commune"') < page.index('id="territory"')
    assert 'href="/communes/59350/"' in page
    assert 'href="/territoires/couronne-sud-2011/"' in page


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/recherche/", "Par exemple"),
        ("/recherche/?q=xyzzy", "Rien trouvé"),
        ("/recherche/?q=%F0%9F%8C%B1", "Aucun mot dans cette question"),
    ],
)
def test_an_empty_page_says_what_to_do(client, address, said):
    page = client.get(address)
    assert page.status_code == 200
    assert said in page.content.decode()
