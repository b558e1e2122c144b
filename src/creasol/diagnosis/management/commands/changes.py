"""`creasol changes`: what changed in a territory between two vintages of a source."""

import json

from django.core.management.base import CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.diagnosis.change_exports import events_sheet, evolution_document, evolution_sheet
from creasol.diagnosis.evolution import Evolution, evolution_of
from creasol.diagnosis.management.asking import AskingCommand
from creasol.diagnosis.queries.changes import COMPARED
from creasol.diagnosis.queries.choices import ChoiceError
from creasol.foundation.spreadsheets import csv_text


def as_json(evolution: Evolution) -> str:
    """Return everything that changed as JSON."""
    document = evolution_document(evolution)
    return json.dumps(document, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder) + "\n"


WRITERS = {
    "json": as_json,
    "csv": lambda evolution: csv_text(*evolution_sheet(evolution)),
    "establishments": lambda evolution: csv_text(*events_sheet(evolution)),
}


class Command(AskingCommand):
    help = gettext_lazy("print what changed in a territory between two vintages of a source")

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--source",
            default="",
            choices=[source.value for source in COMPARED],
            help=_("source whose vintages are compared (default: the first that has two)"),
        )
        parser.add_argument(
            "--from", default="", dest="former", metavar="VINTAGE", help=_("former vintage: 2024-01")
        )
        parser.add_argument(
            "--to", default="", dest="newer", metavar="VINTAGE", help=_("newer vintage: 2026-01")
        )
        parser.add_argument(
            "--format",
            default="json",
            choices=list(WRITERS),
            help=_("form of the result: json (default), csv (figures), establishments (CSV, one by one)"),
        )

    def handle(self, *, source, former, newer, **options):
        try:
            evolution = evolution_of(self.asked(options), source=source, former=former, newer=newer)
        except ChoiceError as reason:
            raise CommandError(str(reason), returncode=2) from reason
        if evolution.former is None:
            raise CommandError(_("No source is imported in two vintages: there is nothing to compare."))
        self.write(WRITERS[options["format"]](evolution), options["output"])
