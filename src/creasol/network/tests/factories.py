from datetime import date
from itertools import count

from creasol.foundation.text import fold
from creasol.network.models import Mandate, Organisation, Person

_numbers = count(1)


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
