from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.portal.backup import holds_data, read_backup
from creasol.portal.preparation import claim_data_folder, prepare, reach_database


class Command(BaseCommand):
    help = gettext_lazy("Put back what an archive of `backup` holds")

    def add_arguments(self, parser: ArgumentParser):
        parser.add_argument("path", metavar="FILE", type=Path, help=_("archive to read"))
        parser.add_argument("--replace", action="store_true", help=_("let go of what is here now"))

    def handle(self, *args, path: Path, replace: bool, **options):
        claim_data_folder()
        reach_database()
        if holds_data() and not replace:
            raise CommandError(_("There is a database here already; add --replace to let go of it."))
        read_backup(path)
        prepare(say=self.stderr.write)
        self.stderr.write(_("Restored from %(path)s.") % {"path": path})
