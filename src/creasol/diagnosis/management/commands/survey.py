"""`creasol survey`: what is comparable and what is thin, for every commune of France in one pass, as a CSV."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.diagnosis.enums import PerimeterMode, ThinKind
from creasol.diagnosis.exports import survey_sheet
from creasol.diagnosis.progress_bar import Bar
from creasol.diagnosis.queries.survey import survey
from creasol.diagnosis.sources.workspace import Progress
from creasol.foundation.spreadsheets import csv_text


class Command(BaseCommand):
    help = gettext_lazy("list what is comparable and what is missing in every commune of France")

    def add_arguments(self, parser):
        parser.add_argument(
            "--kind",
            choices=ThinKind.values,
            default=ThinKind.FACILITIES.value,
            help=_("what is counted (default: facilities)"),
        )
        parser.add_argument(
            "--ess",
            choices=PerimeterMode.values,
            metavar="PERIMETER",
            help=_("count the employers of the ESS alone: insee or law-2014"),
        )
        parser.add_argument(
            "-o", "--output", type=Path, metavar="FILE", help=_("file to write instead of standard output")
        )

    def handle(self, *, kind, ess, output, **options):
        if ess and kind != ThinKind.ACTIVITIES:
            raise CommandError(_("--ess goes with --kind activities only."), returncode=2)
        bar = Bar(sys.stderr) if sys.stderr.isatty() else None
        lines = survey(kind, mode=ess and PerimeterMode(ess), progress=bar and shown_on(bar))
        text = csv_text(*survey_sheet(lines))
        if bar:
            bar.clear()
        if output is None:
            sys.stdout.reconfigure(encoding="utf-8")
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            words = {"file": output, "error": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(error)s") % words, returncode=2) from error


def shown_on(bar: Bar):
    """Return what tells a bar how many communes are done."""
    return lambda done, of: bar(Progress("survey", done / of, done, "communes"))
