"""The outlines of communes, once imported."""

from collections.abc import Sequence
from typing import Any

from creasol.diagnosis.enums import Source
from creasol.diagnosis.models import Outline
from creasol.territories.models import Commune

from .datasets import current_dataset


def outlines_of(communes: Sequence[Commune]) -> dict[str, dict[str, Any]]:
    """Return commune code → its GeoJSON geometry; nothing for communes whose outline is not imported."""
    dataset = current_dataset(Source.OUTLINES)
    if dataset is None:
        return {}
    codes = [commune.code for commune in communes]
    return dict(
        Outline.objects.filter(dataset=dataset, commune__in=codes).values_list("commune_id", "geometry")
    )
