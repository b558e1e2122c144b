"""Which vintages of which sources are here."""

from collections.abc import Iterable

from django.db.models import QuerySet

from creasol.diagnosis.indicators.facts import Origin
from creasol.diagnosis.models import Dataset


def all_datasets() -> QuerySet[Dataset]:
    """Return every dataset, source by source, the newest vintage of each first."""
    return Dataset.objects.order_by("source", "-vintage")


def current_dataset(source: str) -> Dataset | None:
    """Return the newest vintage of ``source``; a synthetic one only when there is nothing real."""
    return newest(all_datasets().filter(source=source))


def newest(datasets: Iterable[Dataset]) -> Dataset | None:
    """Return the newest of ``datasets`` of one source, the real ones before the synthetic."""
    return max(datasets, key=lambda dataset: (not dataset.synthetic, dataset.vintage), default=None)


def datasets_of(origins: Iterable[Origin | None]) -> list[Dataset]:
    """Return the datasets that numbers come from, each once."""
    used = {(origin.source, origin.vintage) for origin in origins if origin is not None}
    return [dataset for dataset in all_datasets() if (dataset.source, dataset.vintage) in used]
