import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import false_discovery_control

from creasol.diagnosis import poisson
from creasol.diagnosis.enums import Verdict
from creasol.diagnosis.thinness import LEVEL, judge_against_others, judge_against_rate

from .test_binomial import exact_at_most as exact_binomial
from .test_false_discovery import slowly
from .test_poisson import exact_at_most as exact_poisson


def announced(chances: list[float | None]) -> list[bool]:
    """Correct the chances of the types that are tested; None is a type that is not."""
    found = iter(slowly([chance for chance in chances if chance is not None], LEVEL))
    return [chance is not None and next(found) for chance in chances]


def verdicts_of(low: list[float | None], high: list[float]) -> list[Verdict]:
    verdicts = []
    for thin, ample, chance in zip(announced(low), announced(high), low, strict=True):
        if thin:
            verdicts.append(Verdict.THIN)
        elif ample:
            verdicts.append(Verdict.AMPLE)
        else:
            verdicts.append(Verdict.UNSURE if chance is None else Verdict.ALIKE)
    return verdicts


def judged_slowly(counts, inhabitants, reference_counts, reference_inhabitants):
    """Judge against a rate by sums of fractions, one type after the other."""
    low, high = [], []
    for count, others in zip(counts, reference_counts, strict=True):
        expected = Fraction(inhabitants * others, reference_inhabitants)
        testable = math.exp(-expected) <= LEVEL
        low.append(exact_poisson(count, expected) if testable else None)
        high.append(1 - exact_poisson(count - 1, expected) if count else 1)
    return verdicts_of(low, high)


def compared_slowly(counts, inhabitants, other_counts, other_inhabitants):
    """Judge against others by sums of fractions, one type after the other."""
    share = Fraction(inhabitants, inhabitants + other_inhabitants)
    low, high = [], []
    for count, others in zip(counts, other_counts, strict=True):
        total = count + others
        testable = (1 - share) ** total <= LEVEL
        low.append(float(exact_binomial(count, total, share)) if testable else None)
        high.append(float(1 - exact_binomial(count - 1, total, share)) if count else 1)
    return verdicts_of(low, high)


@st.composite
def places(draw):
    """Counts of some types here, and more of them in a place of more people."""
    types = draw(st.integers(1, 12))
    here, there = draw(st.integers(100, 20_000)), draw(st.integers(100, 100_000))
    counts = draw(st.lists(st.integers(0, 25), min_size=types, max_size=types))
    others = draw(st.lists(st.integers(0, 200), min_size=types, max_size=types))
    return counts, here, others, there


@given(places())
def test_judgements_are_those_of_sums_of_fractions(place):
    counts, here, others, there = place
    whole = [count + other for count, other in zip(counts, others, strict=True)]
    found = judge_against_rate(counts, here, whole, here + there)
    assert found.verdicts.tolist() == judged_slowly(counts, here, whole, here + there)
    found = judge_against_others(counts, here, others, there)
    assert found.verdicts.tolist() == compared_slowly(counts, here, others, there)


def test_judgements_of_large_counts_are_those_of_scipy():
    chance = np.random.default_rng(7)
    here, there, types = 80_000, 700_000, 500
    rates = 10 ** chance.uniform(-5, -0.5, types)
    counts = chance.poisson(here * rates * chance.choice([0.8, 0.95, 1, 1.1], types))
    others = chance.poisson(there * rates)
    whole = counts + others
    found = judge_against_rate(counts, here, whole, here + there)
    expected = here * whole / (here + there)
    tested = expected >= -math.log(LEVEL)
    low = false_discovery_control(stats.poisson.cdf(counts, expected)[tested])
    assert found.tested.tolist() == tested.tolist()
    assert found.thin[tested].tolist() == (low <= LEVEL).tolist()
    high = false_discovery_control(stats.poisson.sf(counts - 1, expected))
    assert found.ample.tolist() == (high <= LEVEL).tolist()
    found = judge_against_others(counts, here, others, there)
    share = here / (here + there)
    tested = stats.binom.cdf(0, whole, share) <= LEVEL
    low = false_discovery_control(stats.binom.cdf(counts, whole, share)[tested])
    assert found.thin[tested].tolist() == (low <= LEVEL).tolist()
    high = false_discovery_control(stats.binom.sf(counts - 1, whole, share))
    assert found.ample.tolist() == (high <= LEVEL).tolist()
    assert set(found.verdicts) == set(Verdict.values)


@given(places())
def test_what_is_announced_has_its_whole_interval_on_one_side(place):
    counts, here, others, there = place
    found = judge_against_rate(counts, here, others, there)
    low, high = poisson.interval(counts)
    assert (high[found.thin] <= found.expected[found.thin] * (1 + 1e-9)).all()
    assert (low[found.ample] >= found.expected[found.ample] * (1 - 1e-9)).all()
    assert not (found.thin & found.ample).any()
    assert not (found.thin & ~found.tested).any()
    assert (found.shortfall >= 0).all()
    assert found.shortfall + np.minimum(counts, found.expected) == pytest.approx(found.expected)


@given(places(), st.randoms(use_true_random=False))
def test_the_order_of_the_types_changes_nothing(place, chance):
    counts, here, others, there = place
    order = list(range(len(counts)))
    chance.shuffle(order)
    for judge in (judge_against_rate, judge_against_others):
        straight = judge(counts, here, others, there).verdicts
        mixed = judge([counts[each] for each in order], here, [others[each] for each in order], there)
        assert mixed.verdicts.tolist() == straight[order].tolist()


def test_many_territories_at_once_are_judged_as_each_alone():
    chance = np.random.default_rng(1)
    inhabitants = chance.integers(50, 50_000, 40)
    rates = 10 ** chance.uniform(-5, -2.5, 60)
    counts = chance.poisson(inhabitants[:, None] * rates * chance.choice([0.5, 1, 2], 60))
    others, people = chance.poisson(8 * inhabitants[:, None] * rates), 8 * inhabitants
    whole, all_people = counts.sum(axis=0) + others.sum(axis=0), 9 * inhabitants.sum()
    together = judge_against_rate(counts, inhabitants, whole, all_people).verdicts
    pooled = judge_against_others(counts, inhabitants, others, people).verdicts
    assert set(together.ravel()) == set(pooled.ravel()) == set(Verdict.values)
    for row in range(40):
        alone = judge_against_rate(counts[row], inhabitants[row], whole, all_people)
        assert alone.verdicts.tolist() == together[row].tolist()
        alone = judge_against_others(counts[row], inhabitants[row], others[row], people[row])
        assert alone.verdicts.tolist() == pooled[row].tolist()


def test_the_same_rate_counted_in_more_and_more_people():
    """Half the rate of the reference: no proof where four are expected, proof where forty are."""
    found = [
        judge_against_rate([count], people, [1000], 1_000_000).verdicts[0]
        for count, people in ((1, 2_000), (1, 3_600), (2, 4_000), (20, 40_000))
    ]
    assert found == [Verdict.UNSURE, Verdict.UNSURE, Verdict.ALIKE, Verdict.THIN]


def test_none_at_all_is_proof_from_four_expected_onwards():
    # -ln(0.025) = 3.69 must be expected for a count of 0 to be proof
    found = [judge_against_rate([0], people, [1000], 1_000_000) for people in (3_688, 3_689)]
    assert [judgement.verdicts[0] for judgement in found] == [Verdict.UNSURE, Verdict.THIN]
    assert [round(float(judgement.shortfall[0]), 3) for judgement in found] == [3.688, 3.689]


def test_what_cannot_be_proven_does_not_burden_the_rest():
    alone = judge_against_rate([2], 10_000, [1000], 1_000_000)
    among = judge_against_rate([2, *[0] * 300], 10_000, [1000, *[1] * 300], 1_000_000)
    assert alone.verdicts[0] == among.verdicts[0] == Verdict.THIN
    assert among.tested.sum() == 1


def test_more_questions_want_more_proof():
    (alone,) = judge_against_rate([3], 10_000, [1000], 1_000_000).verdicts
    first, *_ = judge_against_rate([3, *[10] * 300], 10_000, [1000] * 301, 1_000_000).verdicts
    assert (alone, first) == (Verdict.THIN, Verdict.ALIKE)


def test_where_nobody_lives_nothing_is_said():
    unsure = [Verdict.UNSURE] * 2
    assert judge_against_rate([0, 3], 0, [5, 90], 1000).verdicts.tolist() == unsure
    assert judge_against_rate([0, 3], 10, [0, 0], 0).verdicts.tolist() == unsure
    assert judge_against_others([0, 3], 10, [0, 0], 0).verdicts.tolist() == unsure
    assert judge_against_others([0, 3], 0, [500, 90], 1000).verdicts.tolist() == unsure
    assert judge_against_rate([], 10, [], 10).verdicts.tolist() == []


# Simulations. Where nothing is thin and nothing is ample, announcing anything is an error: it may happen at LEVEL at
# most for each side. The tolerance is four standard deviations of the share measured.

TERRITORIES, TYPES = 4000, 200


def tolerated(level: float, draws: int) -> float:
    return level + 4 * math.sqrt(level * (1 - level) / draws)


@pytest.fixture(scope="module")
def france():
    """Territories of 300 to 300,000 people, and types from very rare to common (1 in a million to 1 in 200)."""
    chance = np.random.default_rng(20261123)
    inhabitants = (10 ** chance.uniform(2.5, 5.5, TERRITORIES)).astype(int)
    rates = 10 ** chance.uniform(-6, -2.3, TYPES)
    return chance, inhabitants, rates


def wrongly_flagged(found) -> tuple[float, float]:
    """Return the share of territories with anything announced thin, with anything announced ample."""
    return found.thin.any(axis=1).mean(), found.ample.any(axis=1).mean()


def test_territories_drawn_from_the_rates_of_the_reference_are_flagged_no_more_than_stated(france):
    chance, inhabitants, rates = france
    counts = chance.poisson(inhabitants[:, None] * rates)
    found = judge_against_rate(counts, inhabitants, 1e9 * rates, 1e9)
    assert found.tested.mean() > 0.3
    thin, ample = wrongly_flagged(found)
    assert 0 < thin <= tolerated(LEVEL, TERRITORIES)
    assert 0 < ample <= tolerated(LEVEL, TERRITORIES)


def test_nor_are_the_parts_of_a_reference_whose_things_are_scattered_by_chance(france):
    """Each thing of the reference falls on an inhabitant at random: large parts have much of the reference."""
    chance, inhabitants, rates = france
    parts = inhabitants[:8]
    flags = []
    for _ in range(800):
        totals = chance.poisson(parts.sum() * rates)
        counts = chance.multinomial(totals, parts / parts.sum()).T
        found = judge_against_rate(counts, parts, counts.sum(axis=0), parts.sum())
        flags.append((found.thin.any(axis=1), found.ample.any(axis=1)))
    thin, ample = np.array(flags).mean(axis=(0, 2))
    # the eight parts of one drawing are not independent: count drawings, not parts
    assert thin <= tolerated(LEVEL, 800)
    assert ample <= tolerated(LEVEL, 800)


def test_nor_are_territories_drawn_from_the_rates_of_their_comparables(france):
    chance, inhabitants, rates = france
    counts = chance.poisson(inhabitants[:, None] * rates)
    people = (inhabitants * chance.uniform(2, 10, TERRITORIES)).astype(int)
    others = chance.poisson(people[:, None] * rates)
    found = judge_against_others(counts, inhabitants, others, people)
    assert found.tested.mean() > 0.3
    thin, ample = wrongly_flagged(found)
    assert 0 < thin <= tolerated(LEVEL, TERRITORIES)
    assert 0 < ample <= tolerated(LEVEL, TERRITORIES)


def test_among_what_is_announced_few_are_wrong_and_most_of_what_is_thin_is_found(france):
    """A tenth of the types are three times rarer than in the reference: the rest are as they are there."""
    chance, inhabitants, rates = france
    truly = chance.random((TERRITORIES, TYPES)) < 0.1
    counts = chance.poisson(inhabitants[:, None] * rates * np.where(truly, 1 / 3, 1))
    found = judge_against_rate(counts, inhabitants, 1e9 * rates, 1e9)
    wrong = (found.thin & ~truly).sum(axis=1) / np.maximum(found.thin.sum(axis=1), 1)
    assert 0 < wrong.mean() <= LEVEL + 4 * wrong.std() / math.sqrt(TERRITORIES)
    easy = truly & (found.expected > 40)
    assert found.thin[easy].mean() > 0.95
