from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from creasol.foundation.numbers import number, percent


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (122506, 0, "122\u202f506", "122,506"),
        (85.4, 1, "85,4", "85.4"),
        (-1234.5, 1, "−1\u202f234,5", "−1,234.5"),
        (-0.04, 1, "0,0", "0.0"),
        (Decimal("2632.00"), 0, "2\u202f632", "2,632"),
        (0, 0, "0", "0"),
        (None, 0, "—", "—"),
    ],
)
def test_numbers_as_people_read_them(value, decimals, french, english):
    assert number(value, decimals) == french
    with translation.override("en"):
        assert number(value, decimals) == english


def test_percent():
    assert percent(0.065) == "6,5\u202f%"
    assert percent(0.14, 0) == "14\u202f%"
    assert percent(None) == "—"
    with translation.override("en"):
        assert percent(0.065) == "6.5%"


@given(st.integers(-(2**53), 2**53))
def test_no_digit_is_lost(value):
    assert int(number(value).replace("\u202f", "").replace("−", "-")) == value
