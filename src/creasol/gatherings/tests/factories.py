"""One factory per model: the least that is valid, unique by a counter."""

import secrets
from itertools import count

from creasol.gatherings.enums import GatheringState, StrandKind
from creasol.gatherings.models import (
    Gathering,
    Harvest,
    Host,
    Series,
    Speaker,
    Strand,
    SurveyAnswer,
    Workshop,
)
from creasol.needs.tests.factories import make_contribution
from creasol.network.tests.factories import make_organisation
from creasol.places.enums import SlotKind
from creasol.places.tests.factories import AT, make_occasion, make_slot
from creasol.programmes.tests.factories import make_edition

_numbers = count(1)


def make_series(**over) -> Series:
    edition = over.pop("edition", None) or make_edition()
    return Series.objects.create(
        edition=edition, **{"name": f"Série {next(_numbers)}", "rule": "FREQ=MONTHLY;COUNT=3"} | over
    )


def make_gathering(**over) -> Gathering:
    """Make a confirmed gathering; what belongs to its occasion (title, starts_at…) may be given too."""
    number = next(_numbers)
    edition = over.pop("edition", None) or make_edition()
    own = {field.name for field in Gathering._meta.fields}
    dated = {name: over.pop(name) for name in set(over) - own}
    slug = over.pop("slug", f"rencontre-{number}")
    occasion = over.pop("occasion", None) or make_occasion(
        **{"programme": edition.programme, "page": f"/rencontres/{slug}/"} | dated
    )
    fields = {
        "slug": slug,
        "edition": edition,
        "state": GatheringState.CONFIRMED,
        "say_key": secrets.token_hex(8),
    }
    return Gathering.objects.create(occasion=occasion, **fields | over)


def make_speaker(**over) -> Speaker:
    gathering = over.pop("gathering", None) or make_gathering()
    return Speaker.objects.create(gathering=gathering, **{"name": f"Personne {next(_numbers)}"} | over)


def make_strand(**over) -> Strand:
    gathering = over.pop("gathering", None) or make_gathering()
    fields = {"kind": StrandKind.THEME, "title": f"Thème {next(_numbers)}"}
    return Strand.objects.create(gathering=gathering, **fields | over)


def make_workshop(**over) -> Workshop:
    gathering = over.pop("gathering", None) or make_gathering()
    slot = over.pop("slot", None) or make_slot(
        occasion=gathering.occasion, kind=SlotKind.WORKSHOP, name=f"Atelier {next(_numbers)}"
    )
    return Workshop.objects.create(gathering=gathering, slot=slot, **over)


def make_host(**over) -> Host:
    gathering = over.pop("gathering", None) or make_gathering()
    organisation = over.pop("organisation", None) or make_organisation()
    return Host.objects.create(gathering=gathering, organisation=organisation, **over)


def make_harvest(**over) -> Harvest:
    gathering = over.pop("gathering", None) or make_gathering()
    contribution = over.pop("contribution", None) or make_contribution()
    return Harvest.objects.create(gathering=gathering, contribution=contribution, **over)


def make_survey_answer(**over) -> SurveyAnswer:
    gathering = over.pop("gathering", None) or make_gathering()
    return SurveyAnswer.objects.create(gathering=gathering, **{"score": 3, "at": AT} | over)
