from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.places.actions.forgetting import forget_occasions
from creasol.places.queries.personal import due_by_now


class Command(BaseCommand):
    help = gettext_lazy("Erase the names and answers whose delay has passed (done every night)")

    def add_arguments(self, parser: ArgumentParser):
        parser.add_argument(
            "--dry-run", action="store_true", help=_("only say what would be erased, erase nothing")
        )

    def handle(self, *args, dry_run: bool, **options):
        now = timezone.now()
        done = due_by_now(at=now) if dry_run else forget_occasions(at=now)
        for due in done:
            numbers = {
                "registrations": due.registrations,
                "answers": due.answers,
                "needs": due.needs,
                "occasion": due.occasion,
            }
            line = _(
                "%(occasion)s: %(registrations)d registrations, %(answers)d answers, %(needs)d needs of access"
            )
            self.stdout.write(line % numbers)
        if not done:
            self.stdout.write(_("Nothing is due."))
