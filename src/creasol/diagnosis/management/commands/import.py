"""`creasol import SOURCE PATH…`: official files in, with a progress bar and an account of every row."""  # noqa: N999

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creasol.diagnosis.actions.imports import run_import
from creasol.diagnosis.enums import Source
from creasol.diagnosis.models import Import
from creasol.diagnosis.progress_bar import Bar, grouped
from creasol.diagnosis.sources import reasons
from creasol.diagnosis.sources.refusals import BadInputError, StoppedError


class Command(BaseCommand):
    help = gettext_lazy("bring official files in: populations, comparateur, bpe, sirene, outlines")

    def add_arguments(self, parser):
        parser.add_argument("source", choices=Source.values, help=_("what the files are"))
        parser.add_argument(
            "locations",
            nargs="+",
            metavar="PATH",
            help=_("file (CSV, Parquet, GeoJSON, zip), folder, or http(s) address"),
        )
        parser.add_argument(
            "--vintage", help=_("year (2023) or month (2026-01), when the files do not tell it")
        )
        parser.add_argument(
            "--list",
            type=Path,
            metavar="FILE",
            dest="listed",
            help=_("for sirene: CSV with a column siren, of ESS companies that the register does not flag"),
        )
        parser.add_argument("--dry-run", action="store_true", help=_("read and report, write nothing"))
        parser.add_argument("--json", action="store_true", dest="as_json", help=_("print the report as JSON"))
        parser.add_argument(
            "--synthetic", action="store_true", help=_("mark the data as example data made by software")
        )

    def handle(self, *, source, locations, vintage, listed, dry_run, as_json, synthetic, **options):
        if listed and source != Source.SIRENE:
            raise CommandError(_("--list goes with sirene only."), returncode=2)
        bar = Bar(sys.stderr) if sys.stderr.isatty() else None
        try:
            done = run_import(
                source=source,
                location=[place if "://" in place else str(Path(place).absolute()) for place in locations],
                vintage=vintage,
                listed=listed,
                at=timezone.now(),
                dry_run=dry_run,
                synthetic=synthetic,
                progress=bar,
            )
        except BadInputError as error:
            raise CommandError(str(error)) from error
        except StoppedError as error:
            raise CommandError(_("Interrupted; the former data stays in place.")) from error
        finally:
            if bar:
                bar.clear()
        self.stdout.write(
            as_text(done, dry_run=dry_run) if not as_json else as_json_text(done, dry_run=dry_run)
        )


def as_json_text(done: Import, *, dry_run: bool) -> str:
    return json.dumps(
        {"source": done.source, "vintage": done.vintage, "dry_run": dry_run, **done.report},
        ensure_ascii=False,
        indent=2,
    )


def as_text(done: Import, *, dry_run: bool) -> str:
    """Return the report as a table of two columns, then the first refused rows."""
    lines = reasons.account(done.report)
    width = max(len(str(label)) for label, _count in lines)
    title = f"{done.get_source_display()}, {done.vintage}"
    text = [title + (" – " + _("dry run, nothing written") if dry_run else ""), ""]
    text += [f"  {label!s:<{width}}  {grouped(count):>13}" for label, count in lines]
    refused = reasons.places_of_refusals(done.report)
    if refused:
        text += ["", _("First refused rows:")]
        text += [
            "  " + _("{place}: {reason} ({met})").format(place=place, reason=reason, met=met)
            for place, reason, met in refused
        ]
    return "\n".join(text)
