from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from creasol.diagnosis import binomial


def exact_at_most(count: int, total: int, share: Fraction) -> Fraction:
    """Add the chances of 0, 1 … count up one by one, in fractions."""
    return sum(
        comb(total, number) * share**number * (1 - share) ** (total - number) for number in range(count + 1)
    )


@st.composite
def parts(draw):
    total = draw(st.integers(0, 60))
    return draw(st.integers(0, total)), total


shares = st.fractions(Fraction(1, 500), Fraction(499, 500), max_denominator=500)


@given(parts(), shares)
def test_tails_are_the_sums_of_their_chances(part, share):
    count, total = part
    below, above = (
        exact_at_most(count, total, share),
        1 - (exact_at_most(count - 1, total, share) if count else 0),
    )
    assert float(binomial.at_most(count, total, float(share))) == pytest.approx(
        float(below), rel=1e-9, abs=1e-300
    )
    assert float(binomial.at_least(count, total, float(share))) == pytest.approx(
        float(above), rel=1e-9, abs=1e-300
    )


@given(parts())
def test_the_interval_is_that_of_clopper_and_pearson(part):
    count, total = part
    if not total:
        assert [float(bound) for bound in binomial.interval(0, 0)] == [0, 1]
        return
    oracle = binomtest(count, total).proportion_ci(0.95, "exact")
    low, high = binomial.interval(count, total)
    assert float(low) == pytest.approx(oracle.low, abs=1e-9)
    assert float(high) == pytest.approx(oracle.high, abs=1e-9)


def test_arrays_are_answered_number_by_number():
    assert binomial.at_most([0, 3, 3], [3, 3, 0], [0.2, 0.3, 0.0]).tolist() == pytest.approx([0.512, 1, 1])
    assert binomial.at_least([0, 3, 1], [3, 3, 5], [0.2, 0.3, 0.0]).tolist() == pytest.approx([1, 0.027, 0])
    low, high = binomial.interval([0, 10], 10)
    assert [low[0], high[1]] == [0, 1]
