from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.portal.backup import write_backup


class Command(BaseCommand):
    help = gettext_lazy("Write the database and the files of this instance into one archive")

    def add_arguments(self, parser: ArgumentParser):
        parser.add_argument("path", metavar="FILE", type=Path, help=_("archive to write (zip)"))

    def handle(self, *args, path: Path, **options):
        write_backup(path)
        self.stderr.write(_("Written: %(path)s (%(size)s MB)") % {"path": path, "size": megabytes(path)})


def megabytes(path: Path) -> str:
    """Return the size of a file, one digit after the point."""
    return f"{path.stat().st_size / 1e6:.1f}"
