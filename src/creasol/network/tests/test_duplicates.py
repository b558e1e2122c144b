"""The score of two entries, and which entries are compared at all."""

import random
from itertools import combinations
from time import perf_counter

import pytest

from creasol.network.duplicates import (
    Likeness,
    Profile,
    alike,
    compare,
    digits_of,
    domain_of_address,
    domain_of_mail,
    likely_pairs,
    metres,
    nearness,
)

LILLE, SECLIN = "59350", "59560"
PLACE = (3.05, 50.63)
METRE = 1 / 111_195  # in degrees of latitude


def entry(key=1, name="Les Potes en Ciel", **over):
    return Profile(key=key, name=name, **over)


def moved(metres_north):
    return (PLACE[0], PLACE[1] + metres_north * METRE)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("Les Potes en Ciel", "ASSOCIATION LES POTES EN CIEL", 1.0),
        ("Les Potes en Ciel (asso loi 1901)", "Potes en ciel, les", 1.0),
        ("Œuvre", "OEUVRE", 1.0),
        ("word", "two words", 4 / 11),  # what PostgreSQL's manual gives for similarity()
        ("Vélo", "Crèche", 0.0),
        ("Association", "ASSOCIATION", 1.0),
        ("", "", 0.0),
    ],
)
def test_names_are_alike_by_their_trigrams(one, other, share):
    assert alike(one, other) == pytest.approx(share)


@pytest.mark.parametrize(("distance", "share"), [(0, 1), (20, 1), (260, 0.5), (500, 0), (5000, 0)])
def test_nearness_falls_from_twenty_to_five_hundred_metres(distance, share):
    there = entry(2, position=moved(distance))
    assert nearness(entry(position=PLACE), there) == pytest.approx(share, abs=1e-6)


def test_nearness_is_not_known_without_two_positions_unless_the_communes_differ():
    assert nearness(entry(commune=LILLE), entry(2, commune=LILLE)) is None
    assert nearness(entry(commune=LILLE), entry(2)) is None
    assert nearness(entry(commune=LILLE), entry(2, commune=SECLIN)) == 0


def test_a_degree_of_longitude_is_shorter_in_the_north():
    assert metres((3.0, 50.63), (3.01, 50.63)) == pytest.approx(705.4, abs=0.5)


def test_everything_the_same_is_one():
    one, other = (
        entry(key, position=PLACE, website="https://potes.org/", email="a@potes.org", phone="0320000000")
        for key in (2, 1)
    )
    pair = compare(one, other)
    assert (pair.first, pair.second, pair.score, pair.likeness) == (1, 2, 1.0, Likeness.PROBABLE)
    assert pair.parts == {"name": 1.0, "place": 1.0, "website": 1.0, "contact": 1.0}


def test_the_four_parts_are_weighed_as_the_rule_says():
    one = entry(position=PLACE, website="https://www.potes.org/nous", phone="03 20 00 00 00")
    other = entry(2, position=moved(260), website="http://autre.org", phone="+33 3 20 00 00 00")
    assert compare(one, other).score == pytest.approx(0.45 + 0.25 * 0.5 + 0 + 0.15)


def test_what_is_not_told_is_left_out_and_the_others_count_for_more():
    assert compare(entry(), entry(2)).score == 1.0
    pair = compare(entry(commune=LILLE), entry(2, commune=SECLIN))
    assert pair.score == pytest.approx(0.45 / 0.70, abs=1e-4)
    assert pair.likeness == Likeness.TO_REVIEW
    assert compare(entry(phone="0320000000"), entry(2, email="a@b.fr")).parts == {"name": 1.0}


@pytest.mark.parametrize(
    ("score", "likeness"),
    [
        (0.80, Likeness.PROBABLE),
        (0.7999, Likeness.TO_REVIEW),
        (0.55, Likeness.TO_REVIEW),
        (0.5499, Likeness.DIFFERENT),
    ],
)
def test_the_bounds_belong_to_the_class_above(score, likeness):
    pair = compare(entry(), entry(2))
    assert type(pair)(1, 2, score, {}).likeness == likeness


@pytest.mark.parametrize(
    ("mine", "theirs", "score"),
    [
        ({"siret": "73282932000074"}, {"siret": "73282932000074"}, 1.0),
        ({"rna": "W595000001"}, {"rna": "W595000001"}, 1.0),
        ({"rna": "W595000001"}, {"rna": "W595000002"}, 0.0),
        ({"siret": "73282932000074"}, {"siret": "41816609600069"}, 0.0),
        (
            {"siret": "73282932000074", "seen": "2026-01"},
            {"siret": "73282932000082", "seen": "2026-01"},
            0.0,
        ),
    ],
)
def test_official_numbers_go_first(mine, theirs, score):
    assert compare(entry(**mine), entry(2, **theirs)).score == score
    unlike = compare(entry(**mine), entry(2, name="Un tout autre nom", **theirs))
    assert unlike.score == score


def test_a_made_up_organisation_is_never_a_real_one():
    assert compare(entry(made_up=True), entry(2)).score == 0
    assert compare(entry(made_up=True), entry(2, made_up=True)).score == 1


def test_a_unit_seen_under_two_numbers_on_two_days_may_have_moved():
    before = entry(siret="73282932000074", seen="2025-01")
    after = entry(2, siret="73282932000082", seen="2026-01")
    assert compare(before, after).score == 1.0


def test_addresses_that_everyone_uses_tell_nothing():
    assert domain_of_address("https://www.potes.org:8080/a?b") == "potes.org"
    assert domain_of_address("potes.org") == "potes.org"
    assert domain_of_address("https://fr-fr.facebook.com/potes") == ""
    assert domain_of_mail("Noa@Potes.ORG") == "potes.org"
    assert domain_of_mail("potes@gmail.com") == ""
    assert domain_of_mail("") == ""
    assert compare(entry(email="a@gmail.com"), entry(2, email="b@gmail.com")).parts == {
        "name": 1.0,
        "contact": 0.0,
    }
    assert compare(entry(email="A@gmail.com"), entry(2, email="a@gmail.com")).parts["contact"] == 1.0


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("03 20 00 00 00", "0320000000"),
        ("+33 (0)3.20", "330320"),
        ("+33 3 20 00 00 00", "0320000000"),
        ("0033320000000", "0320000000"),
        ("", ""),
    ],
)
def test_telephones_are_compared_by_their_digits(written, digits):
    assert digits_of(written) == digits


def random_directory(size, seed):
    """Return entries with and without SIRET, some of them the same organisation written otherwise."""
    draw = random.Random(seed)
    words = [
        f"{a}{b}{c}" for a in ("mar", "sol", "ter") for b in ("i", "o", "a") for c in ("lin", "dor", "gue")
    ]
    found = []
    for key in range(size):
        name = " ".join(draw.sample(words, 3))
        found.append(
            entry(
                key,
                name=draw.choice(("", "Association ")) + name,
                siret="" if draw.random() < 0.5 else f"{draw.randrange(10**9):09}00017",
                commune=draw.choice((LILLE, SECLIN, "")),
                phone=draw.choice(("", f"03200000{draw.randrange(100):02}")),
            )
        )
    return found


@pytest.mark.parametrize("seed", range(20))
def test_keys_bring_together_every_probable_pair(seed):
    entries = random_directory(60, seed)
    every = [compare(one, other) for one, other in combinations(entries, 2)]
    found = likely_pairs(entries, distinct=frozenset())
    assert [pair for pair in found if pair not in every] == []
    probable = [pair for pair in every if pair.likeness == Likeness.PROBABLE]
    assert [pair for pair in probable if pair not in found] == []
    assert found == sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))
    assert found


def test_a_pair_that_somebody_told_apart_does_not_come_back():
    entries = [entry(1), entry(2), entry(3)]
    pairs = likely_pairs(entries, distinct=frozenset({(1, 2)}))
    assert [(pair.first, pair.second) for pair in pairs] == [(1, 3), (2, 3)]


def test_a_name_that_many_bear_is_compared_within_its_commune():
    here = [entry(key, name="Comité des fêtes", commune=f"59{key:03}") for key in range(200)]
    again = entry(1000, name="Comité des fêtes", commune="59007")
    pairs = likely_pairs([*here, again], distinct=frozenset())
    assert [(pair.first, pair.second, pair.score) for pair in pairs] == [(7, 1000, 1.0)]


def test_twenty_thousand_entries_are_compared_in_seconds():
    draw = random.Random(1)
    words = [f"mot{number:04}" for number in range(4000)]
    entries = [
        entry(
            key,
            name=" ".join(draw.sample(words, 3)),
            siret="" if key % 10 == 0 else f"{key:09}00017",
            commune=f"59{key % 600:03}",
        )
        for key in range(20_000)
    ]
    started = perf_counter()
    likely_pairs(entries, distinct=frozenset())
    assert perf_counter() - started < 20  # 0.5 s on an idle machine
