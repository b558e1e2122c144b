"""What the example edition leaves for people to do, done: run in the folder of the toured site."""

import os
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creasol.settings")
django.setup()

from django.utils import timezone  # noqa: E402  needs the settings

from creasol.diagnosis.actions.mobilisation import mobilise  # noqa: E402
from creasol.diagnosis.actions.own import OwnIndicatorDraft, add_indicator  # noqa: E402
from creasol.diagnosis.queries.choices import choose  # noqa: E402
from creasol.network.actions.organisations import register_organisation  # noqa: E402
from creasol.network.drafts import OrganisationDraft  # noqa: E402
from creasol.territories.models import Commune  # noqa: E402


def main() -> None:
    """Draw up a mobilisation list, register one organisation twice, add an indicator."""
    now = timezone.now()
    mobilise(choose(slug="weppes-2011"), listed=False, by=None, at=now)
    seclin = Commune.objects.get(code="59560")
    for name in ("Association Les Jardins imaginaires", "Les Jardins imaginaires"):
        register_organisation(OrganisationDraft(name=name, commune=seclin), by=None, at=now, is_example=True)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "jardins.csv"
        table.write_text("code,value,year\n59560,4,2024\n59437,2,2024\n")
        add_indicator(
            OwnIndicatorDraft(
                name="Jardins partagés",
                definition="Jardins cultivés en commun, comptés par les communes.",
                unit="jardins",
                source="Relevé imaginaire",
                synthetic=True,
            ),
            table=table,
            by=None,
            at=now,
        )


main()
