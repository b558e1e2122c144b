import json
from datetime import timedelta

import pytest

from creasol.gatherings.enums import GatheringState
from creasol.gatherings.structured_data import as_script, event
from creasol.places.enums import Mode
from creasol.places.tests.factories import AT, STARTS_AT, make_room, make_slot, make_venue
from creasol.territories.tests.factories import make_commune

from .factories import make_gathering

pytestmark = pytest.mark.django_db
URL = "https://exemple.fr/rencontres/manger/"


def described(gathering, *, previous=(), organizers=("Ville d’Emmerin",)):
    return event(
        gathering,
        attendance=gathering.attendance,
        previous=previous,
        organizers=organizers,
        url=URL,
        register_url="https://exemple.fr/s-inscrire/7/",
    )


def evening(**over):
    commune = make_commune(name="Emmerin", postcodes="59320")
    room = make_room(
        name="Salle du conseil", venue=make_venue(name="Mairie", address="Rue A.-Potié", commune=commune)
    )
    return make_gathering(**{"title": "Manger d’ici", "summary": "Circuits courts", "room": room} | over)


def test_an_evening_as_search_engines_read_it():
    gathering = evening()
    make_slot(occasion=gathering.occasion, capacity=40, taken=12)
    assert described(gathering) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Manger d’ici",
        "description": "Circuits courts",
        "url": URL,
        "startDate": "2011-11-07T18:00:00+01:00",
        "endDate": "2011-11-07T20:00:00+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Mairie, Salle du conseil",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Rue A.-Potié",
                "postalCode": "59320",
                "addressLocality": "Emmerin",
                "addressCountry": "FR",
            },
        },
        "organizer": [{"@type": "Organization", "name": "Ville d’Emmerin"}],
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": 40,
        "remainingAttendeeCapacity": 28,
        "offers": {
            "@type": "Offer",
            "price": "0",
            "priceCurrency": "EUR",
            "url": "https://exemple.fr/s-inscrire/7/",
            "availability": "https://schema.org/InStock",
            "validFrom": "2011-10-10T11:00:00+02:00",
        },
    }


def test_a_full_mixed_one_is_sold_out_and_in_two_places():
    gathering = evening()
    make_slot(occasion=gathering.occasion, capacity=2, taken=2)
    make_slot(occasion=gathering.occasion, mode=Mode.REMOTE, capacity=1, taken=1)
    data = described(gathering)
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert data["location"][1] == {"@type": "VirtualLocation", "url": URL}
    assert data["offers"]["availability"] == "https://schema.org/SoldOut"
    assert (data["maximumAttendeeCapacity"], data["remainingAttendeeCapacity"]) == (3, 0)


def test_free_access_remote_asks_for_no_registration():
    gathering = make_gathering(opens_at=None)
    make_slot(occasion=gathering.occasion, mode=Mode.REMOTE, capacity=None)
    data = described(gathering)
    assert data["location"] == {"@type": "VirtualLocation", "url": URL}
    assert "maximumAttendeeCapacity" not in data
    assert data["offers"] == {
        "@type": "Offer",
        "price": "0",
        "priceCurrency": "EUR",
        "url": URL,
        "availability": "https://schema.org/InStock",
    }


@pytest.mark.parametrize(
    ("state", "moved", "tentative", "status"),
    [
        (GatheringState.PROPOSED, False, True, "EventScheduled"),
        (GatheringState.MOVED, True, False, "EventRescheduled"),
        (GatheringState.MOVED, True, True, "EventPostponed"),
        (GatheringState.HELD, True, False, "EventRescheduled"),
        (GatheringState.CANCELLED, True, False, "EventCancelled"),
    ],
)
def test_the_states(state, moved, tentative, status):
    gathering = make_gathering(state=state, is_tentative=tentative)
    week = timedelta(days=7)
    data = described(gathering, previous=[STARTS_AT - week] if moved else [])
    assert data["eventStatus"] == f"https://schema.org/{status}"
    assert data.get("previousStartDate") == ("2011-10-31T18:00:00+01:00" if moved else None)
    assert data.get("disambiguatingDescription") == ("Date à confirmer" if tentative else None)
    assert ("offers" in data) == (state in {GatheringState.PROPOSED, GatheringState.MOVED})


def test_several_former_dates_are_a_list():
    data = described(make_gathering(), previous=[AT, AT + timedelta(days=1)])
    assert data["previousStartDate"] == ["2011-10-10T11:00:00+02:00", "2011-10-11T11:00:00+02:00"]


def test_nothing_in_it_closes_the_script():
    text = as_script({"name": "</script><!-- & é"})
    assert "<" not in text
    assert json.loads(text) == {"name": "</script><!-- & é"}
