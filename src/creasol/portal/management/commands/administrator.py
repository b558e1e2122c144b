from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.accounts.actions import appoint_administrator, invite_user


class Command(BaseCommand):
    help = gettext_lazy("Give a person the keys of the site, with an account if there is none")

    def add_arguments(self, parser: ArgumentParser):
        parser.add_argument("address", metavar="ADDRESS", help=_("e-mail address to sign in with"))

    def handle(self, *args, address: str, **options):
        now = timezone.now()
        try:
            user = invite_user(email=address, by=None, at=now)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        appoint_administrator(user, by=None, at=now)
        self.stderr.write(_("%(address)s is an administrator.") % {"address": user.email})
