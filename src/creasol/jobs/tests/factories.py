from datetime import UTC, datetime

from creasol.jobs.models import Job

NOW = datetime(2011, 11, 7, 18, tzinfo=UTC)


def make_job(**over):
    fields = {
        "task": "creasol.jobs.tests.sample_tasks.add",
        "arguments": {"args": [1, 2], "kwargs": {}},
        "run_after": NOW,
        "enqueued_at": NOW,
    }
    return Job.objects.create(**fields | over)
