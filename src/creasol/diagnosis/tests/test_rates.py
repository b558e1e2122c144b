from hypothesis import given
from hypothesis import strategies as st

from creasol.diagnosis import rates


def test_the_area_quoted_in_2011_comes_out():
    assert round(rates.share(85.39, 611.52), 4) == 0.1396


def test_nothing_is_divided_by_nothing():
    assert rates.share(0, 0) is None
    assert rates.per_thousand(3, 0) is None
    assert rates.density(1000, 0) is None
    assert rates.yearly_change(0, 10, 5) is None
    assert rates.yearly_change(10, 10, 0) is None


def test_rates():
    assert rates.per_thousand(216, 118_064) == 1000 * 216 / 118_064
    assert rates.density(118_064, 85.39) == 118_064 / 85.39


def test_a_yearly_change_compounds():
    assert round(rates.yearly_change(100_000, 110_408, 5), 4) == 0.02


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_share_of_a_part_is_a_fraction(part, rest):
    value = rates.share(part, part + rest)
    assert value is None or 0 <= value <= 1
