"""What the commands about a territory share: which communes are asked about, and where the answer goes."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from creasol.diagnosis.enums import PerimeterMode
from creasol.diagnosis.queries.choices import Choice, ChoiceError, choose


class AskingCommand(BaseCommand):
    """A command that takes communes, a reference and a perimeter, and writes a text."""

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
            "-o", "--output", type=Path, metavar="FILE", help=_("file to write instead of standard output")
        )

    def asked(self, options: dict) -> Choice:
        """Return the question; say on the error output which former codes were understood as which commune."""
        try:
            choice = choose(
                slug=options["territory"] or "",
                communes="\n".join(options["communes"] or ()),
                reference=options["reference"],
                perimeter=options["perimeter"],
                strict=True,
            )
        except ChoiceError as reason:
            raise CommandError(str(reason), returncode=2) from reason
        for code, commune in choice.folded.items():
            words = {"code": code, "name": commune.name, "today": commune.code}
            self.stderr.write(_("%(code)s is counted with %(name)s (%(today)s).") % words)
        return choice

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
