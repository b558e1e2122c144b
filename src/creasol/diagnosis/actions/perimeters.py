"""Perimeters come as data of the product, one row per version: a diagnosis keeps naming the one it used."""

import json
from datetime import datetime
from pathlib import Path

from django.db import transaction

from creasol.diagnosis.models import Perimeter
from creasol.journal.actions import record

FILE = Path(__file__).parent.parent / "data" / "perimeters.json"


@transaction.atomic
def load_perimeters(*, at: datetime) -> list[Perimeter]:
    """Store the perimeters that this release carries; return those that were new or changed."""
    data = json.loads(FILE.read_text())
    categories = {code: family for family, codes in data["categories"].items() for code in codes}
    changed = []
    for row in data["perimeters"]:
        wanted = {
            "categories": categories,
            "excluded_activities": row["excluded_activities"],
            "with_flag": row["with_flag"],
            "definition": row["definition"],
            "provisional": data["provisional"],
        }
        perimeter = Perimeter.objects.filter(mode=row["mode"], version=data["version"]).first()
        if perimeter and all(getattr(perimeter, name) == value for name, value in wanted.items()):
            continue
        perimeter = perimeter or Perimeter(mode=row["mode"], version=data["version"])
        for name, value in wanted.items():
            setattr(perimeter, name, value)
        perimeter.full_clean(exclude=["excluded_activities"])
        perimeter.save()
        record("load", perimeter, by=None, at=at)
        changed.append(perimeter)
    return changed
