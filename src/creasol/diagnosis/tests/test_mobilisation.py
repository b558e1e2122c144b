"""The establishments of a territory become organisations of the directory: in one act, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections

from creasol.accounts.tests.factories import make_user
from creasol.diagnosis.actions.mobilisation import carry_out_mobilisation, mobilise, revise_lines
from creasol.diagnosis.enums import Source
from creasol.diagnosis.models import Mobilisation, MobilisationLine
from creasol.diagnosis.queries.choices import choose
from creasol.diagnosis.queries.mobilisation import lines_of_mobilisation
from creasol.journal.models import Entry
from creasol.network.actions.merges import merge_organisations, part_organisations
from creasol.network.actions.organisations import register_organisation, revise_organisation
from creasol.network.actions.origins import verify_organisation
from creasol.network.drafts import OrganisationDraft, draft_of
from creasol.network.models import FieldOrigin, Organisation
from creasol.network.queries.duplicates import duplicate_pairs
from creasol.network.tests.factories import make_organisation
from creasol.programmes.tests.factories import make_edition
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_dataset, make_establishment, make_mobilisation_line

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 3, 9, tzinfo=UTC)
LATER = datetime(2026, 9, 1, 9, tzinfo=UTC)
SIRET, OTHER_SIRET = "73282932000074", "41816609600069"


@pytest.fixture
def seclin():
    return make_commune(code="59560", name="Seclin")


@pytest.fixture
def territory(seclin):
    return make_territory(slug="couronne-sud-2011", name="Couronne Sud", communes=[seclin])


@pytest.fixture
def register(seclin):
    dataset = make_dataset(Source.SIRENE)
    make_establishment(dataset, seclin, siret=SIRET, name="ASS LES POTES EN CIEL", activity_code="88.10A")
    make_establishment(dataset, seclin, siret=OTHER_SIRET, name="MOSAIQUE", activity_nomenclature="NAF2025")
    make_establishment(dataset, seclin, name="Nom non diffusé (SIREN 000000001)")
    make_establishment(dataset, make_commune(), name="AILLEURS")
    return dataset


def act(territory, *, at=AT, **over):
    return mobilise(choose(slug=territory.slug), by=None, at=at, **over)


def lines(mobilisation):
    return [
        (line.organisation.name, line.inscription, line.invited)
        for line in lines_of_mobilisation(mobilisation)
    ]


def found(client, words):
    return [page["title"] for page in client.get("/api/search", {"q": words}).json()["pages"]]


def test_the_establishments_become_organisations(territory, register, seclin):
    heard = []
    mobilisation = act(territory, progress=heard.append)
    assert lines(mobilisation) == [
        ("ASS LES POTES EN CIEL", "created", True),
        ("MOSAIQUE", "created", True),
    ]
    assert (mobilisation.vintage, mobilisation.total, mobilisation.done, mobilisation.left_out) == (
        "2026-01",
        2,
        2,
        1,
    )
    assert mobilisation.finished_at == AT
    assert heard == [1.0]
    first = Organisation.objects.get(siret=SIRET)
    assert (
        first.slug,
        first.commune,
        first.activity_code,
        first.legal_category,
        first.listed,
        first.is_example,
    ) == (
        "ass-les-potes-en-ciel",
        seclin,
        "88.10A",
        "9220",
        True,
        False,
    )
    assert first.words == " ass les potes en ciel seclin aide a domicile"
    assert Organisation.objects.get(siret=OTHER_SIRET).activity_code == ""  # of another nomenclature
    origins = first.origins.values_list("field", "kind", "source", "verified_on", "confirmed")
    said = ("register", "SIRENE 2026-01", date(2026, 1, 1), False)
    assert list(origins) == [
        (field, *said) for field in ("activity_code", "commune", "legal_category", "name", "siret")
    ]
    assert list(Entry.objects.order_by("pk").values_list("verb", "details")) == [
        ("mobilise", {}),
        ("register", {"created": 2, "known": 0}),
        ("complete", {}),
    ]


def test_they_are_found_at_once(client, territory, register):
    act(territory)
    assert found(client, "potes") == ["ASS LES POTES EN CIEL"]


def test_they_may_stay_among_the_staff(client, territory, register):
    act(territory, listed=False)
    assert not Organisation.objects.listed().exists()
    assert found(client, "potes") == []


def test_made_up_establishments_become_made_up_organisations(territory, seclin):
    make_establishment(make_dataset(Source.SIRENE, synthetic=True), seclin, siret=SIRET)
    assert act(territory).synthetic
    assert Organisation.objects.get().is_example


def test_a_second_time_brings_nothing_twice_and_keeps_what_was_noted(territory, register):
    mobilisation = act(territory)
    line = mobilisation.lines.get(organisation__siret=SIRET)
    revise_lines(mobilisation, invited={line.pk: False}, remarks={line.pk: "Déjà vue"}, by=make_user(), at=AT)
    before = list(MobilisationLine.objects.order_by("pk").values()), list(Organisation.objects.values())
    assert act(territory, at=LATER) == mobilisation
    assert (
        list(MobilisationLine.objects.order_by("pk").values()),
        list(Organisation.objects.values()),
    ) == before
    assert FieldOrigin.objects.count() == 9


def test_what_the_directory_knows_by_its_siret_is_not_registered_again(territory, register):
    known = register_organisation(OrganisationDraft(name="Potes en Ciel", siret=SIRET), by=None, at=AT)
    assert lines(act(territory)) == [("MOSAIQUE", "created", True), ("Potes en Ciel", "known", True)]
    known.refresh_from_db()
    assert (known.name, known.commune.name, known.activity_code) == ("Potes en Ciel", "Seclin", "88.10A")
    assert dict(known.origins.values_list("field", "kind")) == {
        "name": "staff",
        "siret": "register",
        "commune": "register",
        "activity_code": "register",
        "legal_category": "register",
    }


def test_the_register_follows_itself_but_never_overwrites_people(client, territory, register, seclin):
    act(territory)
    followed, changed = Organisation.objects.get(siret=OTHER_SIRET), Organisation.objects.get(siret=SIRET)
    user = make_user()
    revise_organisation(changed, replace(draft_of(changed), name="Les Potes"), by=user, at=AT)
    newer = make_dataset(Source.SIRENE, vintage="2026-07")
    lesquin = make_commune(name="Lesquin")
    make_establishment(newer, seclin, siret=SIRET, name="POTES", activity_code="88.99B")
    make_establishment(newer, seclin, siret=OTHER_SIRET, name="MOSAIQUE SECLIN", activity_code="88.10A")
    act(territory, at=LATER)
    changed.refresh_from_db()
    followed.refresh_from_db()
    assert (changed.name, changed.activity_code) == ("Les Potes", "88.99B")
    assert (followed.name, followed.sort_name, followed.activity_code) == (
        "MOSAIQUE SECLIN",
        "mosaique seclin",
        "88.10A",
    )
    assert followed.origins.get(field="name").source == "SIRENE 2026-07"
    assert found(client, "mosaique") == ["MOSAIQUE SECLIN"]
    verify_organisation(followed, by=user, at=LATER)
    newest = make_dataset(Source.SIRENE, vintage="2027-01")
    make_establishment(newest, seclin, siret=OTHER_SIRET, name="AUTRE NOM", activity_code="88.10A")
    act(territory, at=LATER)
    followed.refresh_from_db()
    assert followed.name == "MOSAIQUE SECLIN"
    assert lesquin.organisations.count() == 0


def test_an_older_register_does_not_overwrite_a_newer(territory, register, seclin):
    act(territory)
    FieldOrigin.objects.update(source="SIRENE 2026-07", verified_on=date(2026, 7, 1))
    register.establishments.filter(siret=SIRET).update(name="ANCIEN NOM")
    act(territory)
    assert Organisation.objects.get(siret=SIRET).name == "ASS LES POTES EN CIEL"


def test_a_probable_duplicate_is_registered_and_shown(territory, register):
    known = make_organisation(name="Les Potes en Ciel", commune=territory.communes.get())
    act(territory)
    new = Organisation.objects.get(siret=SIRET)
    assert [(pair.first, pair.second, pair.score) for pair in duplicate_pairs()] == [(known.pk, new.pk, 1.0)]


def test_a_merged_organisation_is_invited_once_and_never_registered_again(territory, register):
    hand_made = make_organisation(name="Les Potes en Ciel")
    mobilisation = act(territory)
    merge = merge_organisations(
        kept=hand_made, absorbed=Organisation.objects.get(siret=SIRET), taken=[], by=None, at=AT
    )
    assert lines(mobilisation) == [("Les Potes en Ciel", "created", True), ("MOSAIQUE", "created", True)]
    act(territory, at=LATER)
    assert lines(mobilisation) == [("Les Potes en Ciel", "created", True), ("MOSAIQUE", "created", True)]
    assert Organisation.everything.count() == 3
    part_organisations(merge, by=None, at=LATER)
    assert lines(mobilisation) == [("ASS LES POTES EN CIEL", "created", True), ("MOSAIQUE", "created", True)]


def test_two_organisations_of_one_list_merged_have_one_line(territory, register):
    mobilisation = act(territory)
    one, other = Organisation.objects.order_by("pk")
    merge = merge_organisations(kept=one, absorbed=other, taken=[], by=None, at=AT)
    assert lines(mobilisation) == [(one.name, "created", True)]
    part_organisations(merge, by=None, at=AT)
    assert len(lines(mobilisation)) == 2


def test_a_list_cut_short_is_completed(territory, register):
    mobilisation = act(territory)
    MobilisationLine.objects.all()[0].delete()
    Organisation.objects.get(siret=SIRET).delete()
    carry_out_mobilisation(mobilisation, at=LATER)
    assert len(lines(mobilisation)) == 2
    assert mobilisation.finished_at == LATER


def test_many_of_one_name_have_addresses_of_their_own(territory, register, seclin):
    for _ in range(3):
        make_establishment(register, seclin, name="ADMR")
    make_organisation(name="ADMR", slug="admr-2")
    act(territory)
    assert set(Organisation.objects.filter(name="ADMR").values_list("slug", flat=True)) == {
        "admr",
        "admr-2",
        "admr-3",
        "admr-4",
    }


def test_each_edition_has_its_list(territory, register):
    edition = make_edition(territory=territory)
    assert act(territory, edition=edition) == act(territory, edition=edition)
    assert act(territory) != act(territory, edition=edition)
    assert act(territory) == act(territory)
    assert Mobilisation.objects.count() == 2


def test_what_cannot_be_mobilised_is_said(territory, seclin):
    with pytest.raises(ValidationError, match="Aucun répertoire"):
        act(territory)
    make_dataset(Source.SIRENE)
    with pytest.raises(ValidationError, match="Donnez d’abord un nom"):
        mobilise(choose(communes="59560"), by=None, at=AT)
    with pytest.raises(ValidationError, match="un autre territoire"):
        act(territory, edition=make_edition())


def test_lines_of_another_list_are_left_alone(territory, register):
    other = make_mobilisation_line()
    assert revise_lines(act(territory), invited={other.pk: False}, remarks={}, by=make_user(), at=AT) == 0
    other.refresh_from_db()
    assert other.invited


@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="writes run in parallel on PostgreSQL only",
)
@pytest.mark.django_db(transaction=True)
def test_lists_made_at_the_same_time_register_nothing_twice(seclin):
    dataset = make_dataset(Source.SIRENE)
    for number in range(1200):
        make_establishment(dataset, seclin, name=f"ASSOCIATION {number % 40}")
    slugs = ["couronne-sud", "metropole"]
    for slug in slugs:
        make_territory(slug=slug, name=slug, communes=[seclin])
    together = Barrier(6)

    def work(number):
        try:
            together.wait()
            return mobilise(choose(slug=slugs[number % 2]), by=None, at=AT).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(work, range(6)))
    assert len(set(made)) == 2
    assert Organisation.objects.count() == 1200
    assert FieldOrigin.objects.count() == 6000
    assert [list_.lines.count() for list_ in Mobilisation.objects.all()] == [1200, 1200]
