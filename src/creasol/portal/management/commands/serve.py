import os
import signal
import socket
import threading
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from creasol.portal.preparation import example_accounts

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Command(BaseCommand):
    help = gettext_lazy("Serve the site (PORT, 8000 by default)")

    def add_arguments(self, parser: ArgumentParser):
        parser.add_argument(
            "--host", default="127.0.0.1", help=_("address to listen on (default: 127.0.0.1)")
        )
        parser.add_argument("--workers", type=int, default=1, help=_("processes that answer (default: 1)"))
        parser.add_argument("--threads", type=int, default=4, help=_("threads of each process (default: 4)"))

    def handle(self, *args, host: str, workers: int, threads: int, **options):
        refuse_open_mailbox(host)
        refuse_taken_port(host, settings.PORT)
        server = Granian(
            "creasol.wsgi:application",
            address=host,
            port=settings.PORT,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=threads,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
        )
        connection.close()
        keep_interrupts_to_oneself()
        self.stdout.write("\n".join(welcome(host)))
        self.stdout.flush()
        server.serve()


def refuse_open_mailbox(host: str) -> None:
    """Keep to this machine while anyone who reaches the site can read the codes of its mailbox."""
    if settings.PRODUCTION or host in LOOPBACK:
        return
    raise CommandError(_("To be reached from other machines, the site needs its public names: CREASOL_HOSTS"))


def keep_interrupts_to_oneself() -> None:
    """Take Ctrl-C, which a terminal sends to every process, for this one alone: it tells its workers to stop.

    A worker told twice would hang. The block is inherited by the processes that start from here.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    threading.Thread(target=stop_when_interrupted, daemon=True).start()


def stop_when_interrupted() -> None:
    signal.sigwait({signal.SIGINT})
    os.kill(os.getpid(), signal.SIGTERM)


def refuse_taken_port(host: str, port: int) -> None:
    """Say so now when another program listens there: the server would share the port without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = _("Port %(port)s cannot be used (%(reason)s). Choose another one: PORT=8001")
            raise CommandError(reason % {"port": port, "reason": error.strerror}) from None


def welcome(host: str) -> list[str]:
    """Return what a person who has just started the site needs to know."""
    lines = [_("Création solidaire is served at %(address)s") % {"address": settings.SITE_URL}]
    if accounts := example_accounts():
        mailbox = f"{settings.SITE_URL}/mailbox/"
        lines.append(_("To sign in: one of these addresses; its code is at %(page)s") % {"page": mailbox})
        lines += [f"  {account}" for account in accounts]
    return [*lines, _("Ctrl-C stops it.")]
