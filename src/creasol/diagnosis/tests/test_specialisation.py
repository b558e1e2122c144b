import pytest
from hypothesis import given
from hypothesis import strategies as st

from creasol.diagnosis.specialisation import Quotient, location_quotient


def test_twice_the_weight_of_the_reference():
    quotient = location_quotient(20, 100, 100, 1000)
    assert quotient.value == 2
    assert (round(quotient.low, 2), round(quotient.high, 2)) == (1.22, 3.09)


def test_an_activity_that_the_reference_does_not_have_has_no_quotient():
    assert location_quotient(0, 10, 0, 100) is None
    assert location_quotient(0, 0, 5, 100) is None


def test_an_activity_that_is_not_here():
    assert location_quotient(0, 100, 100, 1000) == Quotient(0, 0, pytest.approx(0.37, abs=0.01))


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 5000), st.integers(1, 5000))
def test_the_interval_holds_the_quotient(count, others, reference_count, reference_others):
    quotient = location_quotient(count, count + others, reference_count, reference_count + reference_others)
    if count + others == 0:
        assert quotient is None
    else:
        assert 0 <= quotient.low <= quotient.value <= quotient.high
