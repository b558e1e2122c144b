import contextlib
import os
import signal

from django.core.management import BaseCommand
from django.utils.translation import gettext as _

from creasol.jobs.worker import URGENT, Stopped, Worker, run_waiting_jobs, start_in_background

POLITE = 10  # on a machine that serves the site too, whoever asks for a page comes first


class Command(BaseCommand):
    help = _("Run the background jobs (mails, imports…) in a process of its own.")

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help=_("run what is waiting, then end"))

    def handle(self, *, once, **options):
        if once:
            count = run_waiting_jobs()
            self.stderr.write(_("Jobs run: {count}").format(count=count))
            return
        worker = Worker()

        def stop(number, frame):
            if worker.stopping.is_set():  # told twice: give back what is running
                raise Stopped
            worker.stop()

        os.nice(POLITE)
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        self.stderr.write(_("Worker {name} is waiting for jobs. Ctrl-C ends it.").format(name=worker.name))
        start_in_background(lowest=URGENT)
        with contextlib.suppress(Stopped):
            worker.run()
