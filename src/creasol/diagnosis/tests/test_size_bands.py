from hypothesis import given
from hypothesis import strategies as st

from creasol.diagnosis.size_bands import SIZE_BANDS, JobRange, job_range, range_share

ESTABLISHMENTS = st.dictionaries(st.sampled_from([*SIZE_BANDS, ""]), st.integers(0, 500), max_size=8)


def test_bands_add_up_to_a_range():
    assert job_range({"01": 3, "11": 2, "22": 1}) == JobRange(3 + 20 + 100, 6 + 38 + 199)


def test_an_open_band_opens_the_range():
    assert job_range({"02": 1, "53": 1}) == JobRange(10_003, None)


def test_no_establishment_has_no_job():
    assert job_range({}) == JobRange(0, 0)
    assert job_range({"53": 0}) == JobRange(0, 0)


def test_employers_without_published_band_are_counted_apart():
    assert job_range({"NN": 2, "": 1, "00": 4, "01": 1}) == JobRange(1, 2, unknown=3)


def test_a_share_of_jobs_is_a_range():
    assert range_share(JobRange(10, 20), JobRange(30, 90)) == (0.1, 0.4)


def test_an_open_range_opens_the_share_on_its_side():
    assert range_share(JobRange(10, None), JobRange(30, 90)) == (0.1, None)
    assert range_share(JobRange(10, 20), JobRange(30, None)) == (None, 0.4)


@given(ESTABLISHMENTS, ESTABLISHMENTS)
def test_shares_stay_between_0_and_1_and_in_order(here, elsewhere):
    part, rest = job_range(here), job_range(elsewhere)
    low, high = range_share(part, rest)
    assert low is None or 0 <= low <= 1
    assert high is None or 0 <= high <= 1
    assert low is None or high is None or low <= high


@given(ESTABLISHMENTS, ESTABLISHMENTS)
def test_the_range_of_two_sets_is_the_sum_of_theirs(here, elsewhere):
    together = {band: here.get(band, 0) + elsewhere.get(band, 0) for band in {*here, *elsewhere}}
    one, other, both = job_range(here), job_range(elsewhere), job_range(together)
    assert both.low == one.low + other.low
    assert both.high == (None if one.high is None or other.high is None else one.high + other.high)
