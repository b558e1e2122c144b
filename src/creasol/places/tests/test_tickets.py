"""A ticket: an opaque word that this site alone makes, and nothing of the person."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from creasol.places import tickets
from creasol.places.tests.factories import make_registration

WORD = "Zk3v9QmT1xYw_-aB"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."


@given(st.text(alphabet=LETTERS[:-1], min_size=8, max_size=32))
def test_a_token_gives_its_word_back(word):
    assert tickets.ticket_of(tickets.token_of(word)) == word


@given(st.integers(min_value=0), st.sampled_from(LETTERS))
def test_a_token_changed_in_one_letter_is_worth_nothing(place, letter):
    token = tickets.token_of(WORD)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    assert tickets.ticket_of(changed) == (WORD if changed == token else None)


@given(st.text(max_size=200))
def test_what_somebody_makes_up_is_worth_nothing(text):
    assert tickets.ticket_of(text) is None


def test_what_the_site_signs_elsewhere_opens_no_door():
    assert tickets.ticket_of(signing.Signer(sep=".").sign(WORD)) is None
    assert tickets.ticket_of(signing.Signer(salt="other", sep=".").sign(WORD)) is None


def test_another_secret_makes_other_tokens(settings):
    token = tickets.token_of(WORD)
    settings.SECRET_KEY = "another"
    assert tickets.ticket_of(token) is None


@pytest.mark.django_db
def test_a_token_holds_nothing_of_the_person():
    registration = make_registration(first_name="Awa", email="awa@example.org", code="abcdef012345")
    address = tickets.address_of(registration.ticket).lower()
    for told in ("awa", "example.org", "abcdef012345"):
        assert told not in address.rpartition("/e/")[2]


def test_the_token_is_found_in_what_was_read():
    token = tickets.token_of(WORD)
    assert tickets.token_in(f" {tickets.address_of(WORD)}/\n") == token
    assert tickets.token_in(token) == token
    assert tickets.token_in("") == ""


def test_a_fingerprint_recognises_a_token_and_makes_none():
    fingerprint = tickets.fingerprint_of(WORD)
    assert re.fullmatch(r"[0-9a-f]{24}", fingerprint)
    assert fingerprint != tickets.fingerprint_of(WORD + "x")
    assert tickets.ticket_of(fingerprint) is None


def test_the_drawing_is_one_svg_that_says_what_it_is():
    drawing = ET.fromstring(tickets.drawing_of(WORD, label="Code <à> montrer"))
    assert drawing.tag.endswith("svg")
    assert "Code <à> montrer" in "".join(drawing.itertext())
    assert "style=" not in tickets.drawing_of(WORD, label="x")
