from hypothesis import given
from hypothesis import strategies as st
from numpy import array
from scipy.stats import false_discovery_control

from creasol.diagnosis.false_discovery import discoveries

# the example of the paper: fifteen tests of a trial, four of them announced at 5 %
PAPER = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
    0.7590, 1.0,
]  # fmt: skip
chances = st.lists(st.integers(0, 1000).map(lambda thousandths: thousandths / 1000), max_size=40)


def slowly(chances: list[float], level: float) -> list[bool]:
    """Try every possible bound, from the greatest: the first one that enough chances lie under."""
    for rank in range(len(chances), 0, -1):
        bound = level * rank / len(chances)
        if sum(chance <= bound for chance in chances) >= rank:
            return [chance <= bound for chance in chances]
    return [False] * len(chances)


def test_the_example_of_benjamini_and_hochberg():
    assert discoveries(PAPER, 0.05).tolist() == [True] * 4 + [False] * 11


@given(chances, st.sampled_from([0.01, 0.025, 0.05, 0.2]))
def test_discoveries_are_those_of_the_definition(chances, level):
    assert discoveries(chances, level).tolist() == slowly(chances, level)


def test_discoveries_are_those_of_scipy():
    for level in (0.01, 0.025, 0.05):
        adjusted = false_discovery_control(PAPER, method="bh")
        assert discoveries(PAPER, level).tolist() == (adjusted <= level).tolist()


@given(chances, chances)
def test_what_is_not_tested_neither_counts_nor_is_announced(tested, others):
    found = discoveries([*tested, *others], 0.05, tested=[True] * len(tested) + [False] * len(others))
    assert found.tolist() == slowly(tested, 0.05) + [False] * len(others)


def test_rows_are_corrected_each_by_itself():
    rows = array([PAPER, PAPER[::-1], [1.0] * 15])
    tested = array([[True] * 15, [True] * 15, [False] * 15])
    assert [row.tolist() for row in discoveries(rows, 0.05, tested=tested)] == [
        slowly(PAPER, 0.05),
        slowly(PAPER[::-1], 0.05),
        [False] * 15,
    ]


def test_without_any_test_nothing_is_announced():
    assert discoveries([], 0.05).tolist() == []
    assert discoveries([0.0001], 0.05, tested=[False]).tolist() == [False]
