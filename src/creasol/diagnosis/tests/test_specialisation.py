import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from creasol.diagnosis.specialisation import Quotient, location_quotient


def test_twice_the_weight_of_the_reference():
    quotient = location_quotient(20, 100, 100, 1000)
    assert quotient.value == 2
    assert (round(quotient.low, 2), round(quotient.high, 2)) == (1.27, 2.92)
    assert quotient.proven


def test_an_activity_that_the_reference_does_not_have_has_no_quotient():
    assert location_quotient(0, 10, 0, 100) is None
    assert location_quotient(0, 0, 5, 100) is None


def test_an_activity_that_is_not_here():
    assert location_quotient(0, 100, 100, 1000) == Quotient(0, 0, pytest.approx(0.362, abs=0.001), 10)


def test_a_share_that_cannot_grow_has_an_end():
    quotient = location_quotient(20, 20, 800, 1000)
    assert (quotient.value, quotient.high) == (1.25, 1.25)
    assert quotient.low == pytest.approx(0.8316 * 1.25, abs=0.001)


@pytest.mark.parametrize(
    ("count", "there", "tells"), [(0, 36, False), (0, 38, True), (1, 1, False), (4, 1, True), (12, 36, True)]
)
def test_too_few_tell_nothing_unless_the_difference_is_proven(count, there, tells):
    assert location_quotient(count, 100, there, 1000).tells is tells


@pytest.mark.parametrize(("count", "total"), [(0, 12), (3, 20), (20, 100), (99, 100), (180, 216)])
def test_the_bounds_are_those_of_an_independent_implementation(count, total):
    expected = stats.binomtest(count, total).proportion_ci(0.95, method="exact")
    quotient = location_quotient(count, total, 250, 1000)
    assert (quotient.low / 4, quotient.high / 4) == (
        pytest.approx(expected.low),
        pytest.approx(expected.high),
    )


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 5000), st.integers(1, 5000))
def test_the_interval_holds_the_quotient(count, others, reference_count, reference_others):
    quotient = location_quotient(count, count + others, reference_count, reference_count + reference_others)
    if count + others == 0:
        assert quotient is None
    else:
        slack = 1e-9 * quotient.value
        assert 0 <= quotient.low <= quotient.value + slack <= quotient.high + 2 * slack
