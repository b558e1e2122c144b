"""`creasol indicator`: indicators of one's own, added from a table, filled again, listed, removed."""

from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.diagnosis.actions import own
from creasol.diagnosis.enums import Aggregation
from creasol.diagnosis.models import OwnIndicator
from creasol.diagnosis.queries.own import own_indicators
from creasol.diagnosis.sources.reasons import account, places_of_refusals
from creasol.diagnosis.sources.refusals import BadInputError

WORDS = ("name", "definition", "unit", "source")


class Command(BaseCommand):
    help = gettext_lazy("add an indicator of one’s own from a table (code, value, year)")

    def add_arguments(self, parser):
        tasks = parser.add_subparsers(dest="task", required=True, metavar=_("TASK"))
        add = tasks.add_parser("add", help=_("add an indicator with its first table"))
        update = tasks.add_parser("update", help=_("bring another table in: other years, corrected values"))
        for task in (add, update):
            task.add_argument("key", metavar="KEY", help=_("short name of the indicator: social-housing"))
            task.add_argument("table", type=Path, metavar="FILE", help=_("CSV or Parquet: code, value, year"))
            task.add_argument("--year", type=int, help=_("year of a table without a column for it"))
        for word in WORDS:
            add.add_argument(f"--{word}", required=True, metavar="TEXT")
        add.add_argument("--licence", default="", metavar="TEXT")
        add.add_argument("--decimals", type=int, default=0, metavar="N")
        add.add_argument(
            "--mean", action="store_true", help=_("communes make a mean weighted by inhabitants, not a sum")
        )
        add.add_argument("--synthetic", action="store_true", help=_("the numbers are made up"))
        tasks.add_parser("list", help=_("list the indicators of one’s own"))
        remove = tasks.add_parser("remove", help=_("remove an indicator and its table"))
        remove.add_argument("key", metavar="KEY")

    def handle(self, *, task, **options):
        try:
            getattr(self, task)(at=timezone.now(), **options)
        except BadInputError as reason:
            raise CommandError(str(reason), returncode=2) from reason
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error

    def add(self, *, key: str, table: Path, year: int | None, mean: bool, at: datetime, **options) -> None:
        said = {word: options[word] for word in (*WORDS, "licence", "decimals", "synthetic")}
        draft = own.OwnIndicatorDraft(**said, aggregation=Aggregation.MEAN if mean else Aggregation.SUM)
        self.tell(own.add_indicator(draft, table=table, year=year, key=key, by=None, at=at))

    def update(self, *, key: str, table: Path, year: int | None, at: datetime, **options) -> None:
        indicator = known(key)
        own.bring_values(indicator, table=table, year=year, by=None, at=at)
        self.tell(indicator)

    def list(self, **options) -> None:
        for indicator in own_indicators():
            years = f"{indicator.first_year}–{indicator.last_year}" if indicator.rows else "—"
            self.stdout.write(f"{indicator.key:<32} {indicator.rows:>8}  {years}  {indicator.name}")

    def remove(self, *, key: str, at: datetime, **options) -> None:
        own.remove_indicator(known(key), by=None, at=at)

    def tell(self, indicator: OwnIndicator) -> None:
        """Write what became of the rows, and the first that were refused."""
        for label, count in account(indicator.report):
            self.stdout.write(f"{label} : {count}")
        for place, reason, met in places_of_refusals(indicator.report):
            self.stderr.write(f"{place} : {reason} : {met}")


def known(key: str) -> OwnIndicator:
    """Return the indicator of this key, or say which ones there are."""
    indicator = own_indicators().filter(key=key).first()
    if indicator is None:
        keys = ", ".join(own_indicators().values_list("key", flat=True))
        raise CommandError(
            _("unknown indicator: %(key)s (known: %(keys)s)") % {"key": key, "keys": keys or "—"},
            returncode=2,
        )
    return indicator
