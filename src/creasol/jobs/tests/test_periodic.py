from datetime import UTC, datetime, timedelta

import pytest

from creasol.jobs.periodic import Period, declared_periods, periodic


def test_a_period_has_one_name_from_its_start_to_its_end():
    hourly = Period("task", timedelta(hours=1), timedelta(minutes=5))

    names = [hourly.slot(datetime(2011, 11, 7, 18, minute, tzinfo=UTC)) for minute in (4, 5, 59)]

    assert names == ["task@2011-11-07T17:05:00", "task@2011-11-07T18:05:00", "task@2011-11-07T18:05:00"]


@pytest.mark.parametrize("every", [timedelta(0), timedelta(days=32)])
def test_periods_too_short_or_too_long_are_refused(every):
    with pytest.raises(ValueError, match="between a second and 31 days"):
        periodic(every=every)


def test_every_app_declares_its_periodic_tasks():
    declared = {period.task for period in declared_periods()}

    assert {
        "creasol.accounts.tasks.forget_old_sessions",
        "creasol.jobs.tasks.purge_jobs",
        "creasol.mailing.tasks.purge_messages",
    } <= declared
