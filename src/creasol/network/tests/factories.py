from datetime import UTC, date, datetime
from itertools import count

from creasol.foundation.text import fold
from creasol.network.enums import OriginKind
from creasol.network.models import Distinction, FieldOrigin, Mandate, Merge, Organisation, Person

_numbers = count(1)
AT = datetime(2011, 11, 7, 18, tzinfo=UTC)


def make_organisation(**over) -> Organisation:
    number = next(_numbers)
    name = over.pop("name", f"Association {number}")
    fields = {
        "slug": f"association-{number}",
        "name": name,
        "sort_name": fold(name),
        "words": f" {fold(name)}",
    }
    return Organisation.objects.create(**fields | over)


def make_person(**over) -> Person:
    number = next(_numbers)
    return Person.objects.create(
        **{"name": f"Personne {number}", "email": f"personne{number}@example.org"} | over
    )


def make_mandate(**over) -> Mandate:
    organisation = over.pop("organisation", None) or make_organisation()
    person = over.pop("person", None) or make_person()
    return Mandate.objects.create(
        **{"organisation": organisation, "person": person, "starts_on": date(2011, 1, 1)} | over
    )


def make_field_origin(**over) -> FieldOrigin:
    organisation = over.pop("organisation", None) or make_organisation()
    fields = {"field": "name", "kind": OriginKind.STAFF, "verified_on": date(2011, 9, 1), "confirmed": True}
    return FieldOrigin.objects.create(organisation=organisation, **fields | over)


def make_merge(**over) -> Merge:
    kept = over.pop("kept", None) or make_organisation()
    absorbed = over.pop("absorbed", None) or make_organisation(listed=False, merged_into=kept)
    return Merge.objects.create(kept=kept, absorbed=absorbed, **{"at": AT, "before": {"values": {}}} | over)


def make_distinction(**over) -> Distinction:
    first = over.pop("first", None) or make_organisation()
    second = over.pop("second", None) or make_organisation()
    return Distinction.objects.create(first=first, second=second, **{"at": AT} | over)
