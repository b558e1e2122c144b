"""`creasol diagnose`: the figures of a territory on standard output."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.diagnosis import exports
from creasol.diagnosis.figures import diagnose
from creasol.diagnosis.management.asking import AskingCommand
from creasol.foundation.spreadsheets import csv_text

WRITERS = {
    "json": lambda diagnosis: json.dumps(exports.document(diagnosis), ensure_ascii=False, indent=2) + "\n",
    "csv": lambda diagnosis: csv_text(*exports.figures_sheet(diagnosis)),
    "html": exports.page,
}


class Command(AskingCommand):
    help = gettext_lazy("print the figures of a territory, or of any set of communes")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--format", default="json", choices=list(WRITERS), help=_("form of the result (default: json)")
        )

    def handle(self, **options):
        choice = self.asked(options)
        diagnosis = diagnose(
            communes=choice.communes,
            reference=choice.reference,
            perimeter=choice.perimeter,
            territory=choice.territory,
        )
        self.write(WRITERS[options["format"]](diagnosis), options["output"])
