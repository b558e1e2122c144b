from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from creasol.accounts.models import User
from creasol.journal.models import Entry
from creasol.territories.actions import define_territory, remove_territory, revise_territory
from creasol.territories.enums import TerritoryKind
from creasol.territories.models import Territory
from creasol.territories.tests.factories import make_commune, make_territory

pytestmark = pytest.mark.django_db
AT = datetime(2011, 11, 7, 18, tzinfo=UTC)


@pytest.fixture
def by():
    return User.objects.create_user("admin@example.org", is_administrator=True)


def define(by, **over):
    answers = {
        "name": "Couronne Sud",
        "kind": TerritoryKind.METROPOLITAN_TERRITORY,
        "communes": over.pop("communes", None) or [make_commune()],
        "by": by,
        "at": AT,
    }
    return define_territory(**answers | over)


def test_a_territory_is_defined_and_journalled(by):
    reference, commune = make_territory(), make_commune()
    territory = define(
        by,
        name=" Couronne Sud ",
        communes=[commune],
        reference=reference,
        valid_from=date(2011, 1, 1),
        valid_to=date(2013, 12, 31),
        source="Contrat",
        description="Treize communes",
    )
    territory.refresh_from_db()
    assert (territory.name, territory.sort_name, territory.slug) == (
        "Couronne Sud",
        "couronne sud",
        "couronne-sud",
    )
    assert (territory.reference, territory.source, territory.code) == (reference, "Contrat", "")
    assert list(territory.communes.all()) == [commune]
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject_label, entry.actor, entry.at) == ("define", "Couronne Sud", by, AT)


def test_an_address_is_found_when_the_name_is_taken(by):
    slugs = [define(by, valid_from=date(2011, month, 1)).slug for month in (1, 2, 3)]
    assert slugs == ["couronne-sud", "couronne-sud-2011", "couronne-sud-2011-2"]
    assert define(by, slug="ailleurs").slug == "ailleurs"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"kind": TerritoryKind.EPCI}, "officiels"),
        ({"valid_from": date(2011, 2, 1), "valid_to": date(2011, 1, 1)}, "dernier jour"),
        ({"name": ""}, "vide"),
        ({"kind": "planet"}, "planet"),
    ],
)
def test_what_makes_no_sense_is_refused(by, answers, reason):
    with pytest.raises(ValidationError, match=reason):
        define(by, **answers)
    assert not Territory.objects.exists()
    assert not Entry.objects.exists()


def test_a_territory_without_commune_is_refused(by):
    with pytest.raises(ValidationError, match="au moins une commune"):
        define_territory(name="Rien", kind=TerritoryKind.OTHER, communes=[], by=by, at=AT)


def test_a_territory_is_revised_and_keeps_its_address(by):
    territory, commune = define(by), make_commune()
    revise_territory(territory, name="Sud", kind=TerritoryKind.CONTRACT, communes=[commune], by=by, at=AT)
    territory.refresh_from_db()
    assert (territory.name, territory.kind, territory.slug) == ("Sud", "contract", "couronne-sud")
    assert list(territory.communes.all()) == [commune]
    assert [entry.verb for entry in Entry.objects.order_by("id")] == ["define", "revise"]


def test_a_territory_is_never_its_own_reference(by):
    whole = define(by)
    part = define(by, name="Partie", reference=whole)
    for reference in (whole, part):
        with pytest.raises(ValidationError, match="propre référence"):
            revise_territory(
                whole,
                name="Tout",
                kind=TerritoryKind.OTHER,
                communes=[make_commune()],
                reference=reference,
                by=by,
                at=AT,
            )


def test_official_territories_are_left_to_the_reference_data(by):
    official = make_territory(kind=TerritoryKind.EPCI, code="200093201")
    with pytest.raises(ValidationError, match="données de référence"):
        revise_territory(
            official, name="X", kind=TerritoryKind.OTHER, communes=[make_commune()], by=by, at=AT
        )
    with pytest.raises(ValidationError, match="données de référence"):
        remove_territory(official, by=by, at=AT)


def test_an_unused_territory_is_removed_and_journalled(by):
    territory = make_territory(name="Essai")
    remove_territory(territory, by=by, at=AT)
    assert not Territory.objects.exists()
    assert Entry.objects.get().subject_label == "Essai"


def test_a_territory_in_use_stays(by):
    whole = make_territory()
    make_territory(reference=whole)
    with pytest.raises(ValidationError, match=r"territoires \(1\)"):
        remove_territory(whole, by=by, at=AT)
