from datetime import UTC, datetime
from itertools import count

from creasol.jobs.models import Job, Worker

NOW = datetime(2011, 11, 7, 18, tzinfo=UTC)
numbers = count(1)


def make_job(**over):
    fields = {
        "task": "creasol.jobs.tests.sample_tasks.add",
        "arguments": {"args": [1, 2], "kwargs": {}},
        "run_after": NOW,
        "enqueued_at": NOW,
    }
    return Job.objects.create(**fields | over)


def make_worker(**over):
    fields = {"name": f"worker {next(numbers)}", "started_at": NOW, "seen_at": NOW}
    return Worker.objects.create(**fields | over)
