import math
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from creasol.diagnosis import poisson


def exact_at_most(count: int, mean: Fraction) -> float:
    """Add the chances of 0, 1 … count up one by one, in fractions; the exponential in fifty digits."""
    total = sum(mean**number / math.factorial(number) for number in range(count + 1))
    with localcontext() as context:
        context.prec = 50
        weight = (-Decimal(mean.numerator) / Decimal(mean.denominator)).exp()
        return float(Decimal(total.numerator) / Decimal(total.denominator) * weight)


means = st.fractions(Fraction(1, 1000), 60, max_denominator=1000)


@given(st.integers(0, 80), means)
def test_tails_are_the_sums_of_their_chances(count, mean):
    assert float(poisson.at_most(count, float(mean))) == pytest.approx(exact_at_most(count, mean), rel=1e-10)
    above = 1 if count == 0 else 1 - exact_at_most(count - 1, mean)
    assert float(poisson.at_least(count, float(mean))) == pytest.approx(above, rel=1e-10, abs=1e-14)


def test_tails_keep_their_digits_far_out():
    assert float(poisson.at_most(0, 700)) == pytest.approx(math.exp(-700), rel=1e-12)
    assert float(poisson.at_least(1, 1e-12)) == pytest.approx(1e-12, rel=1e-9)


# half the 2.5 % quantile of a chi-square of 2n degrees, half the 97.5 % one of 2n + 2: the table of Garwood
@pytest.mark.parametrize("count", [0, 1, 2, 5, 10, 50, 100, 1000, 20_000])
def test_the_interval_is_that_of_garwood(count):
    low, high = (float(bound) for bound in poisson.interval(count))
    assert low == pytest.approx(chi2.ppf(0.025, 2 * count) / 2 if count else 0, rel=1e-9)
    assert high == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2, rel=1e-9)


def test_intervals_quoted_everywhere():
    found = [tuple(round(float(bound), 3) for bound in poisson.interval(count)) for count in (0, 1, 3, 10)]
    assert found == [(0, 3.689), (0.025, 5.572), (0.619, 8.767), (4.795, 18.39)]


@given(st.integers(0, 200), means)
def test_a_mean_lies_outside_of_the_interval_just_when_a_tail_says_so(count, mean):
    low, high = (float(bound) for bound in poisson.interval(count))
    assert (float(mean) >= high) == (exact_at_most(count, mean) <= 0.025)
    assert (float(mean) <= low) == (count > 0 and 1 - exact_at_most(count - 1, mean) <= 0.025)


@given(st.floats(0.01, 40))
def test_the_interval_holds_the_mean_at_least_as_often_as_it_says(mean):
    chance = 0.0
    for count in range(200):
        low, high = (float(bound) for bound in poisson.interval(count))
        if low <= mean <= high:
            chance += math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    assert chance >= 0.95 - 1e-9


def test_arrays_are_answered_number_by_number():
    low, high = poisson.interval([[0, 1], [10, 100]])
    assert low.shape == high.shape == (2, 2)
    assert poisson.at_most([0, 4], [[3.0], [5.0]]).shape == (2, 2)
    assert float(poisson.at_most(4, 5.0)) == poisson.at_most([0, 4], [[3.0], [5.0]])[1, 1]


def test_nothing_is_expected_and_nothing_comes():
    assert float(poisson.at_most(0, 0)) == 1
    assert float(poisson.at_least(0, 0)) == 1
