from datetime import timedelta

from django.core.cache import cache

from creasol.foundation.floods import is_flood

DAY = timedelta(days=1)


def asked(name, purpose="mails"):
    return is_flood(purpose, name, most=2, within=DAY)


def test_what_is_asked_too_often_is_a_flood():
    assert [asked("zoe@example.org") for _ in range(4)] == [False, False, True, True]


def test_each_name_and_each_purpose_counts_for_itself():
    assert [asked("zoe@example.org"), asked("ZOE@example.org"), asked("Zoe@Example.org")] == [
        False,
        False,
        True,
    ]
    assert not asked("noor@example.org")
    assert not asked("zoe@example.org", purpose="codes")


def test_what_is_past_is_forgotten():
    assert [is_flood("mails", "zoe@example.org", most=0, within=timedelta(0)) for _ in range(2)] == [
        False,
        False,
    ]


def test_no_name_is_kept():
    asked("zoe@example.org")
    assert "zoe" not in str(cache._cache)
