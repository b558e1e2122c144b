from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.portal.preparation import prepare


class Command(BaseCommand):
    help = gettext_lazy("Make the database, load what ships with the software, and stop there")

    def add_arguments(self, parser: ArgumentParser):
        parser.add_argument("--without-example", action="store_true", help=_("leave the example edition out"))

    def handle(self, *args, without_example: bool, **options):
        prepare(say=self.stderr.write, example=not without_example)
