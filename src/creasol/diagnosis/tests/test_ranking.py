from hypothesis import given
from hypothesis import strategies as st

from creasol.diagnosis.ranking import Rank, rank

NUMBERS = {"lillois": 900, "roubaisien": 450, "couronne-sud": 216, "lys": 216, "weppes": 90}


def test_the_greatest_is_first():
    assert rank(NUMBERS, "lillois") == Rank(1, 5)


def test_equals_share_a_rank_and_the_next_counts_them():
    assert rank(NUMBERS, "couronne-sud") == Rank(3, 5, ties=1)
    assert rank(NUMBERS, "lys") == Rank(3, 5, ties=1)
    assert rank(NUMBERS, "weppes") == Rank(5, 5)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 5), min_size=1))
def test_ranks_follow_the_numbers(numbers):
    ranks = {key: rank(numbers, key) for key in numbers}
    assert min(place.value for place in ranks.values()) == 1
    for key, place in ranks.items():
        assert place.of == len(numbers)
        assert place.value + place.ties <= place.of
        assert [other for other in numbers if numbers[other] > numbers[key]] == [
            other for other in numbers if ranks[other].value < place.value
        ]
