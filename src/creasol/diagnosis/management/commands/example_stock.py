"""`creasol example-stock FOLDER`: synthetic files of establishments (SIRENE) and facilities (BPE)."""

import re
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.diagnosis.example_stock.facilities import write_example_facilities
from creasol.diagnosis.example_stock.passing_time import write_stock_at
from creasol.diagnosis.example_stock.stock import MONTH
from creasol.diagnosis.queries.example import places_of_example_stock


class Command(BaseCommand):
    help = gettext_lazy("write small synthetic files for the metropole of Lille: SIRENE and facilities (BPE)")

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", type=Path, metavar="FOLDER", help=_("folder to write into, made when missing")
        )
        parser.add_argument(
            "--parquet", action="store_true", help=_("write SIRENE as Parquet instead of CSV")
        )
        parser.add_argument(
            "--vintage",
            default=MONTH,
            metavar="MONTH",
            help=_("month of the SIRENE files: 2013-11, for instance"),
        )

    def handle(self, *, folder, parquet, vintage, **options):
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", vintage):
            raise CommandError(
                _("%(vintage)s is not a vintage: expected a month (2026-01)") % {"vintage": vintage},
                returncode=2,
            )
        try:
            places = places_of_example_stock()
            paths = write_stock_at(vintage, folder, places, parquet=parquet)
            paths += write_example_facilities(folder, places)
        except OSError as error:
            raise CommandError(
                _("%(folder)s cannot be written: %(error)s") % {"folder": folder, "error": error.strerror}
            ) from error
        for path in paths:
            self.stdout.write(str(path))
