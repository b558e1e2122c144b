"""`creasol example-stock FOLDER`: a synthetic pair of SIRENE files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.diagnosis.example_stock.stock import write_example_stock
from creasol.diagnosis.queries.example import places_of_example_stock


class Command(BaseCommand):
    help = gettext_lazy("write a small synthetic pair of SIRENE files for the metropole of Lille")

    def add_arguments(self, parser):
        parser.add_argument(
            "folder", type=Path, metavar="FOLDER", help=_("folder to write into, made when missing")
        )
        parser.add_argument("--parquet", action="store_true", help=_("write Parquet instead of CSV"))

    def handle(self, *, folder, parquet, **options):
        try:
            paths = write_example_stock(folder, places_of_example_stock(), parquet=parquet)
        except OSError as error:
            raise CommandError(
                _("%(folder)s cannot be written: %(error)s") % {"folder": folder, "error": error.strerror}
            ) from error
        for path in paths:
            self.stdout.write(str(path))
