"""Load the example into a database without programme."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction

from creasol.diagnosis.actions.imports import run_import
from creasol.diagnosis.enums import Source
from creasol.diagnosis.example_stock.facilities import write_example_facilities
from creasol.diagnosis.example_stock.stock import write_example_stock
from creasol.diagnosis.queries.datasets import all_datasets
from creasol.diagnosis.queries.example import places_of_example_stock
from creasol.gatherings.queries.gatherings import gatherings_visible_to
from creasol.programmes.queries.editions import all_editions
from creasol.programmes.queries.programmes import programmes
from creasol.reports.queries.publications import published_reports

from .couronne_sud import load_couronne_sud
from .diagnosis import load_diagnosis
from .gatherings import load_gatherings
from .invented_editions import load_invented_editions
from .organisations import load_organisations
from .people import load_people
from .programme import load_programme
from .territories import load_territories

EDITION = "couronne-sud-2011"
FILES = {
    Source.SIRENE: (write_example_stock, "2011-01"),
    Source.FACILITIES: (write_example_facilities, "2011"),
}
CONTENT_SHARE = 0.2


def load_example(*, at: datetime, progress: Callable[[float], None] | None = None) -> None:
    """Load the example edition, import its synthetic files by the ordinary import, then write its diagnosis.

    Loading twice changes nothing, an interrupted loading goes on where it stopped, and a database that has
    another programme is left alone. ``progress`` is told the share done, between 0 and 1.
    """
    tell = progress or (lambda share: None)
    if not programmes().exists():
        load_content(at=at)
    tell(CONTENT_SHARE)
    if all_editions().filter(slug=EDITION).exists():
        for done, source in enumerate(FILES):
            if not all_datasets().filter(source=source).exists():
                import_synthetic(source, at=at, tell=share_of(tell, done))
        if not published_reports().exists():
            load_diagnosis(at=at)
        if not gatherings_visible_to(None).exists():
            load_gatherings(at=at)
    tell(1.0)


def share_of(tell: Callable[[float], None], done: int) -> Callable[[float], None]:
    """Return what hears of one import, and tells of the whole loading."""
    each = (1 - CONTENT_SHARE) / len(FILES)
    return lambda share: tell(CONTENT_SHARE + each * (done + share))


@transaction.atomic
def load_content(*, at: datetime) -> None:
    """Load all that is written by hand: territories, programme, editions, directory, accounts."""
    territories = load_territories(at=at)
    programme = load_programme(territory=territories.whole, at=at)
    load_couronne_sud(programme=programme, territory=territories.parts[EDITION], at=at)
    load_invented_editions(
        programme=programme,
        running_on=territories.parts["roubaisien-2011"],
        planned_on=territories.parts["lys-2011"],
        at=at,
    )
    load_people(programme=programme, organisation=load_organisations(at=at), at=at)


def import_synthetic(source: Source, *, at: datetime, tell: Callable[[float], None]) -> None:
    """Make the synthetic files of a source in a folder of the moment and import them."""
    write, vintage = FILES[source]
    with tempfile.TemporaryDirectory(prefix="creasol-example-") as folder:
        write(Path(folder), places_of_example_stock())
        run_import(
            source=source,
            location=folder,
            vintage=vintage,
            at=at,
            progress=lambda heard: tell(heard.done),
        )
