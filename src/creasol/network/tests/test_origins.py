"""Where a field comes from, and when it was last held for true."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from creasol.accounts.tests.factories import make_user
from creasol.network.actions.organisations import register_organisation, revise_organisation
from creasol.network.actions.origins import Provenance, verify_organisation
from creasol.network.drafts import OrganisationDraft, draft_of
from creasol.network.enums import OriginKind
from creasol.network.freshness import stale_before
from creasol.network.models import Organisation
from creasol.network.queries.origins import field_lines

from .factories import make_field_origin, make_organisation

pytestmark = pytest.mark.django_db
AT = datetime(2011, 11, 7, 18, tzinfo=UTC)
LATER = datetime(2012, 3, 1, 9, tzinfo=UTC)


def origins(organisation):
    return {
        origin.field: (origin.kind, origin.source, origin.verified_on, origin.confirmed)
        for origin in organisation.origins.all()
    }


def test_what_the_staff_registers_comes_from_the_staff():
    organisation = register_organisation(OrganisationDraft(name="AMAP", phone="03"), by=make_user(), at=AT)
    said = ("staff", "", date(2011, 11, 7), True)
    assert origins(organisation) == {"name": said, "phone": said}


def test_another_provenance_may_be_told():
    letter = Provenance(OriginKind.STAFF, date(2011, 9, 1), source="La lettre, automne 2011")
    organisation = register_organisation(OrganisationDraft(name="AMAP"), by=None, at=LATER, provenance=letter)
    assert origins(organisation) == {"name": ("staff", "La lettre, automne 2011", date(2011, 9, 1), True)}


def test_a_revision_changes_the_origin_of_what_changed():
    organisation = register_organisation(OrganisationDraft(name="AMAP", phone="03"), by=None, at=AT)
    organisation.phone = "04"  # as a form leaves it
    draft = replace(draft_of(organisation), email="a@example.org")
    revise_organisation(organisation, draft, by=make_user(), at=LATER, kind=OriginKind.MEMBER)
    assert origins(organisation) == {
        "name": ("staff", "", date(2011, 11, 7), True),
        "phone": ("member", "", date(2012, 3, 1), True),
        "email": ("member", "", date(2012, 3, 1), True),
    }


def test_an_emptied_field_keeps_who_emptied_it():
    organisation = register_organisation(OrganisationDraft(name="AMAP", phone="03"), by=None, at=AT)
    revise_organisation(organisation, replace(draft_of(organisation), phone=""), by=make_user(), at=LATER)
    assert [(line.field, line.value) for line in field_lines(organisation, on=LATER.date())] == [
        ("name", "AMAP"),
        ("phone", ""),
    ]


def test_verifying_keeps_where_a_field_comes_from():
    organisation = make_organisation(name="AMAP", phone="03")
    make_field_origin(
        organisation=organisation, kind=OriginKind.REGISTER, source="SIRENE 2011-01", confirmed=False
    )
    user = make_user()
    verify_organisation(organisation, by=user, at=LATER)
    assert origins(organisation) == {
        "name": ("register", "SIRENE 2011-01", date(2012, 3, 1), True),
        "phone": ("staff", "", date(2012, 3, 1), True),
    }
    assert {origin.verified_by for origin in organisation.origins.all()} == {user}


def test_a_merged_entry_is_not_verified():
    merged = make_organisation(merged_into=make_organisation(), listed=False)
    with pytest.raises(ValidationError, match="fusionnée"):
        verify_organisation(merged, by=make_user(), at=AT)


@pytest.mark.parametrize(
    ("on", "limit"),
    [
        (date(2012, 3, 1), date(2011, 3, 1)),
        (date(2012, 2, 29), date(2011, 2, 28)),
        (date(2013, 2, 28), date(2012, 2, 28)),
        (date(2013, 12, 31), date(2012, 12, 31)),
    ],
)
def test_what_is_known_grows_old_in_a_year(on, limit):
    assert stale_before(on) == limit


def test_an_entry_is_as_fresh_as_its_oldest_field():
    organisation = make_organisation()
    make_organisation()
    make_field_origin(organisation=organisation, verified_on=date(2011, 3, 1))
    make_field_origin(organisation=organisation, field="phone", verified_on=date(2012, 1, 1))
    found = Organisation.objects.with_freshness(date(2012, 3, 1)).order_by("pk")
    assert [(row.verified_on, row.stale) for row in found] == [(date(2011, 3, 1), False), (None, False)]
    assert Organisation.objects.with_freshness(date(2012, 3, 2)).order_by("pk").first().stale is True


def test_fields_say_where_they_come_from():
    organisation = make_organisation(name="AMAP", phone="03")
    make_field_origin(organisation=organisation, verified_on=date(2011, 3, 1))
    lines = field_lines(organisation, on=date(2012, 3, 2))
    assert [(line.label, line.value, line.origin and line.origin.kind, line.stale) for line in lines] == [
        ("nom", "AMAP", "staff", True),
        ("téléphone", "03", None, False),
    ]
