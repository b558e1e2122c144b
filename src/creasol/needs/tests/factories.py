from datetime import UTC, datetime
from itertools import count

from creasol.needs.enums import ContributionKind, NeedState
from creasol.needs.models import Author, Contribution, Evidence, Need, Step
from creasol.territories.tests.factories import make_territory

_numbers = count(1)
AT = datetime(2011, 10, 3, 9, 0, tzinfo=UTC)


def make_need(**over) -> Need:
    number = next(_numbers)
    territory = over.pop("territory", None) or make_territory()
    return Need.objects.create(
        **{
            "slug": f"besoin-{number}",
            "statement": f"Il manque un lieu de garde, n° {number}",
            "territory": territory,
            "recorded_at": AT,
        }
        | over
    )


def make_step(**over) -> Step:
    need = over.pop("need", None) or make_need()
    return Step.objects.create(**{"need": need, "state": NeedState.CANDIDATE, "at": AT} | over)


def make_author(**over) -> Author:
    need = over.pop("need", None) or make_need()
    return Author.objects.create(**{"need": need, "name": f"Autrice {next(_numbers)}", "since": AT} | over)


def make_evidence(**over) -> Evidence:
    need = over.pop("need", None) or make_need()
    number = next(_numbers)
    return Evidence.objects.create(
        **{
            "need": need,
            "measure": f"D{number}",
            "label": f"Équipement {number}",
            "source": "Insee, BPE",
            "vintage": "2024",
            "noted_at": AT,
        }
        | over
    )


def make_contribution(**over) -> Contribution:
    territory = over.pop("territory", None) or make_territory()
    fields = {
        "kind": ContributionKind.NEED,
        "words": f"Il manque une garde le soir, n° {next(_numbers)}",
        "noted_at": AT,
    }
    return Contribution.objects.create(territory=territory, **fields | over)
