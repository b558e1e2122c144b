"""`creasol diagnose`: the figures of a territory on standard output."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.diagnosis import exports
from creasol.diagnosis.enums import PerimeterMode
from creasol.diagnosis.figures import diagnose
from creasol.diagnosis.queries.choices import ChoiceError, choose
from creasol.foundation.spreadsheets import csv_text

WRITERS = {
    "json": lambda diagnosis: json.dumps(exports.document(diagnosis), ensure_ascii=False, indent=2) + "\n",
    "csv": lambda diagnosis: csv_text(*exports.figures_sheet(diagnosis)),
    "html": exports.page,
}


class Command(BaseCommand):
    help = gettext_lazy("print the figures of a territory, or of any set of communes")

    def add_arguments(self, parser):
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument(
            "--communes", nargs="+", metavar="CODES", help=_("INSEE codes, separated by commas or spaces")
        )
        whose.add_argument(
            "--territory",
            metavar="SLUG",
            help=_("address or official code of a territory: couronne-sud-2011"),
        )
        parser.add_argument(
            "--reference", default="", metavar="SLUG|CODE", help=_("territory to compare with: 200093201")
        )
        parser.add_argument(
            "--perimeter",
            default=PerimeterMode.INSEE.value,
            choices=PerimeterMode.values,
            help=_("what counts as social and solidarity economy (default: insee)"),
        )
        parser.add_argument(
            "--format", default="json", choices=list(WRITERS), help=_("form of the result (default: json)")
        )
        parser.add_argument(
            "-o", "--output", type=Path, metavar="FILE", help=_("file to write instead of standard output")
        )

    def handle(self, *, communes, territory, reference, perimeter, output, **options):
        try:
            choice = choose(
                slug=territory or "",
                communes="\n".join(communes or ()),
                reference=reference,
                perimeter=perimeter,
                strict=True,
            )
        except ChoiceError as reason:
            raise CommandError(str(reason), returncode=2) from reason
        for code, commune in choice.folded.items():
            words = {"code": code, "name": commune.name, "today": commune.code}
            self.stderr.write(_("%(code)s is counted with %(name)s (%(today)s).") % words)
        diagnosis = diagnose(
            communes=choice.communes,
            reference=choice.reference,
            perimeter=choice.perimeter,
            territory=choice.territory,
        )
        self.write(WRITERS[options["format"]](diagnosis), output)

    def write(self, text: str, output: Path | None) -> None:
        """Write the result and nothing else: as UTF-8, whatever the terminal's encoding."""
        if output is None:
            sys.stdout.reconfigure(encoding="utf-8")
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            words = {"file": output, "error": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(error)s") % words, returncode=2) from error
