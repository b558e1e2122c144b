"""Two entries made one, and parted again: nothing is lost on the way, neither there nor back."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction

from creasol.accounts.actions import erase_user
from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.network.actions.mandates import give_mandate
from creasol.network.actions.merges import distinguish, merge_organisations, part_organisations
from creasol.network.actions.organisations import register_organisation, revise_organisation
from creasol.network.drafts import OrganisationDraft, draft_of
from creasol.network.enums import OriginKind
from creasol.network.models import Distinction, Mandate, Merge, Organisation
from creasol.network.queries.duplicates import duplicate_pairs, merges_of
from creasol.network.queries.mandates import organisations_of, speaks_for
from creasol.network.queries.organisations import address_today
from creasol.network.queries.registered import organisations_by_siret
from creasol.network.signals import organisations_parted
from creasol.territories.tests.factories import make_commune

from .factories import make_field_origin, make_mandate, make_organisation, make_person

pytestmark = pytest.mark.django_db
AT = datetime(2011, 11, 7, 18, tzinfo=UTC)
LATER = datetime(2011, 12, 1, 9, tzinfo=UTC)
SIRET, OTHER_SIRET, THIRD_SIRET = "73282932000074", "41816609600069", "55208131766522"
NOT_COMPARED = {"journal.Entry", "network.Merge", "portal.SearchEntry", "portal.SearchToken"}


def everything():
    """Return every row of the database, save the journal, the index and the merges themselves."""
    models = [model for model in apps.get_models() if model._meta.label not in NOT_COMPARED]
    return {
        model._meta.label: sorted(map(str, model._base_manager.values()))
        for model in models
        if model.__module__.startswith("creasol.")
    }


@pytest.fixture
def two():
    """The entry made by hand, and the one of the register."""
    seclin = make_commune(code="59560", name="Seclin")
    kept = register_organisation(
        OrganisationDraft(name="Potes en Ciel", phone="03 20 00 00 00", siret=SIRET, address="Rue A"),
        by=make_user(),
        at=AT,
    )
    absorbed = register_organisation(
        OrganisationDraft(name="ASS LES POTES EN CIEL", siret=OTHER_SIRET, commune=seclin, address="Rue B"),
        by=None,
        at=AT,
    )
    Organisation.objects.filter(pk=absorbed.pk).update(longitude=3.0, latitude=50.5)
    absorbed.origins.update(kind=OriginKind.REGISTER, source="SIRENE 2011-01", confirmed=False)
    return kept, absorbed


def merged(two, *taken, at=AT):
    kept, absorbed = two
    merge = merge_organisations(kept=kept, absorbed=absorbed, taken=taken, by=None, at=at)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    return merge


def test_the_entry_kept_takes_the_fields_chosen(two):
    merged(two, "siret", "commune", "address")
    kept, absorbed = two
    assert (kept.name, kept.phone, kept.siret, kept.address) == (
        "Potes en Ciel",
        "03 20 00 00 00",
        OTHER_SIRET,
        "Rue B",
    )
    assert (kept.commune.name, kept.longitude, kept.latitude) == ("Seclin", 3.0, 50.5)
    assert kept.words == " potes en ciel seclin"
    assert (absorbed.merged_into, absorbed.listed) == (kept, False)
    assert list(Organisation.objects.all()) == [kept]
    assert {origin.field: (origin.kind, origin.source) for origin in kept.origins.all()} == {
        "name": ("staff", ""),
        "phone": ("staff", ""),
        "siret": ("register", "SIRENE 2011-01"),
        "commune": ("register", "SIRENE 2011-01"),
        "address": ("register", "SIRENE 2011-01"),
    }
    assert list(Entry.objects.filter(verb="merge").values_list("subject_label", "details")) == [
        ("ASS LES POTES EN CIEL", {"kept": "Potes en Ciel"}),
        ("Potes en Ciel", {"absorbed": "ASS LES POTES EN CIEL"}),
    ]


def test_a_field_without_origin_comes_from_the_other_entry(two):
    two[1].origins.all().delete()
    merged(two, "commune")
    origin = two[0].origins.get(field="commune")
    assert (origin.kind, origin.source, origin.verified_on) == (
        "merge",
        "ASS LES POTES EN CIEL",
        date(2011, 11, 7),
    )


@pytest.mark.parametrize(
    "taken", [(), ("siret",), ("name", "siret", "commune", "address", "phone", "listed")]
)
def test_undoing_brings_back_exactly_what_was(two, taken):
    kept, absorbed = two
    noa = make_person()
    make_mandate(organisation=kept, person=noa)
    for person in (noa, make_person()):
        make_mandate(organisation=absorbed, person=person)
    make_mandate(organisation=absorbed, person=noa, starts_on=date(2009, 1, 1), ends_on=date(2010, 1, 1))
    make_field_origin(organisation=kept, field="commune", verified_by=make_user())
    before = everything()
    merge = merged(two, *taken)
    assert everything() != before
    part_organisations(merge, by=None, at=LATER)
    assert everything() == before
    merge.refresh_from_db()
    assert merge.undone_at == LATER


def test_an_official_number_always_leads_to_the_entry_kept(two):
    kept, absorbed = two
    assert organisations_by_siret([SIRET, OTHER_SIRET]) == {SIRET: kept, OTHER_SIRET: absorbed}
    merge = merged(two, "siret")
    assert (kept.siret, absorbed.siret) == (OTHER_SIRET, SIRET)
    assert organisations_by_siret([SIRET, OTHER_SIRET, THIRD_SIRET]) == {SIRET: kept, OTHER_SIRET: kept}
    with pytest.raises(ValidationError, match="a ce SIRET"):
        register_organisation(OrganisationDraft(name="Une autre", siret=SIRET), by=None, at=AT)
    part_organisations(merge, by=None, at=LATER)
    assert organisations_by_siret([SIRET, OTHER_SIRET]) == {SIRET: kept, OTHER_SIRET: absorbed}


def test_mandates_follow_save_those_of_who_speaks_for_both(two):
    kept, absorbed = two
    user, other = make_user(), make_user()
    both, only = make_person(user=user), make_person(user=other)
    make_mandate(organisation=kept, person=both)
    left = make_mandate(organisation=absorbed, person=both)
    make_mandate(organisation=absorbed, person=only)
    merge = merged(two)
    on = date(2011, 12, 1)
    assert sorted(kept.mandates.values_list("person", flat=True)) == sorted([both.pk, only.pk])
    assert list(absorbed.mandates.all()) == [left]
    assert list(organisations_of(user, on=on)) == list(organisations_of(other, on=on)) == [kept]
    assert not speaks_for(user, absorbed, on=on)
    given = give_mandate(organisation=kept, person=make_person(), starts_on=on, by=None, at=AT)
    part_organisations(merge, by=None, at=LATER)
    assert sorted(absorbed.mandates.values_list("person", flat=True)) == sorted([both.pk, only.pk])
    assert set(Mandate.objects.filter(organisation=kept).values_list("person", flat=True)) == {
        both.pk,
        given.person_id,
    }


def test_what_people_revised_since_stays_when_the_merge_is_undone(two):
    kept, absorbed = two
    merge = merged(two, "siret", "commune", "address")
    draft = replace(draft_of(kept), address="Rue C", phone="03 20 11 11 11")
    revise_organisation(kept, draft, by=make_user(), at=LATER)
    part_organisations(merge, by=None, at=LATER)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.address, kept.phone, kept.commune, kept.siret) == ("Rue C", "03 20 11 11 11", None, SIRET)
    assert (absorbed.address, absorbed.siret, absorbed.commune.name) == ("Rue B", OTHER_SIRET, "Seclin")
    assert kept.origins.get(field="address").verified_on == date(2011, 12, 1)


def test_merges_are_undone_the_latest_first(two):
    kept, absorbed = two
    third = make_organisation(name="Les Potes", siret=THIRD_SIRET)
    before = everything()
    first = merged(two, "siret")
    second = merge_organisations(kept=third, absorbed=kept, taken=["siret"], by=None, at=AT)
    assert address_today(absorbed.slug) == address_today(kept.slug) == third.slug
    assert organisations_by_siret([SIRET, OTHER_SIRET, THIRD_SIRET]) == dict.fromkeys(
        [SIRET, OTHER_SIRET, THIRD_SIRET], third
    )
    with pytest.raises(ValidationError, match="Potes en Ciel dans Les Potes"):
        part_organisations(first, by=None, at=LATER)
    part_organisations(second, by=None, at=LATER)
    assert list(merges_of(kept)) == [first]
    part_organisations(first, by=None, at=LATER)
    assert everything() == before
    with pytest.raises(ValidationError, match="déjà défaite"):
        part_organisations(first, by=None, at=LATER)


def test_two_merges_into_one_are_undone_the_latest_first(two):
    third = make_organisation(name="Les Potes")
    first = merged(two, "commune")
    merge_organisations(kept=two[0], absorbed=third, by=None, at=AT)
    with pytest.raises(ValidationError, match="Les Potes dans Potes en Ciel"):
        part_organisations(first, by=None, at=LATER)


def test_a_number_taken_meanwhile_refuses_the_parting_and_changes_nothing(two):
    kept, _absorbed = two
    merge = merged(two, "siret")
    revise_organisation(kept, replace(draft_of(kept), siret=THIRD_SIRET), by=make_user(), at=LATER)
    register_organisation(OrganisationDraft(name="Une autre", siret=OTHER_SIRET), by=None, at=LATER)
    before = everything()
    with pytest.raises(ValidationError, match="a ce SIRET"):
        part_organisations(merge, by=None, at=LATER)
    assert everything() == before


def test_an_account_erased_since_is_not_named_again(two):
    user = make_user()
    make_field_origin(organisation=two[0], field="commune", verified_by=user)
    merge = merged(two, "commune")
    erase_user(user, by=None, at=LATER)
    part_organisations(merge, by=None, at=LATER)
    assert two[0].origins.get(field="commune").verified_by is None


def test_what_cannot_be_merged_is_said(two):
    kept, absorbed = two
    with pytest.raises(ValidationError, match="avec elle-même"):
        merge_organisations(kept=kept, absorbed=kept, by=None, at=AT)
    with pytest.raises(ValidationError, match="inventée"):
        merge_organisations(kept=kept, absorbed=make_organisation(is_example=True), by=None, at=AT)
    merged(two)
    with pytest.raises(ValidationError, match="a été fusionnée entre-temps"):
        merge_organisations(kept=make_organisation(), absorbed=absorbed, by=None, at=AT)


def test_the_database_itself_keeps_merged_entries_out_of_sight(two):
    kept, absorbed = two
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=absorbed.pk).update(merged_into=kept)


def test_the_floors_above_hear_that_a_merge_is_undone(two):
    heard = []

    def hear(sender, kept, absorbed, **kwargs):
        heard.append((kept, absorbed))

    organisations_parted.connect(hear)
    try:
        part_organisations(merged(two), by=None, at=LATER)
    finally:
        organisations_parted.disconnect(hear)
    assert heard == [two]


def test_two_entries_told_apart_are_not_shown_again():
    one, other = make_organisation(name="Les Potes en Ciel"), make_organisation(name="Potes en ciel (les)")
    assert [(pair.first, pair.second) for pair in duplicate_pairs()] == [(one.pk, other.pk)]
    by = make_user()
    assert distinguish(one=other, other=one, by=by, at=AT) == distinguish(one=one, other=other, by=by, at=AT)
    assert duplicate_pairs() == []
    assert Distinction.objects.get().by == by
    with pytest.raises(ValidationError):
        distinguish(one=one, other=one, by=by, at=AT)


def test_merged_entries_resemble_nobody(two):
    assert Merge.objects.count() == 0
    twin = make_organisation(name="Potes en Ciel")
    assert len(duplicate_pairs()) == 2
    merged(two)
    assert [(pair.first, pair.second) for pair in duplicate_pairs()] == [(two[0].pk, twin.pk)]


@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="writes run in parallel on PostgreSQL only",
)
@pytest.mark.django_db(transaction=True)
def test_of_two_opposite_merges_at_the_same_time_one_is_refused():
    one, other = make_organisation(name="Une"), make_organisation(name="Autre")
    together = Barrier(2)

    def work(pair):
        try:
            together.wait()
            merge_organisations(kept=pair[0], absorbed=pair[1], by=None, at=AT)
        except ValidationError:
            return "refused"
        finally:
            connections.close_all()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, [(one, other), (other, one)])) == ["merged", "refused"]
    assert Organisation.objects.count() == 1


def test_who_revises_an_entry_merged_meanwhile_does_not_bring_it_back(two):
    kept, absorbed = two
    read_before = Organisation.objects.get(pk=absorbed.pk)
    merge_organisations(kept=kept, absorbed=absorbed, by=make_user(), at=LATER)
    with pytest.raises(ValidationError):
        revise_organisation(read_before, draft_of(read_before), by=make_user(), at=LATER)
    absorbed.refresh_from_db()
    assert (absorbed.merged_into, absorbed.listed) == (kept, False)
