"""The organisations that the register knows too: found by their SIRET, also under one they had before a merge."""

from collections.abc import Collection

from creasol.network.models import Organisation

AT_ONCE = 5000  # numbers in one question


def organisations_by_siret(numbers: Collection[str]) -> dict[str, Organisation]:
    """Return the organisations with these SIRET, each by the number asked for.

    A merged entry answers with the one kept.
    """
    asked = sorted(numbers)
    found: dict[str, Organisation] = {}
    for start in range(0, len(asked), AT_ONCE):
        for entry in Organisation.everything.filter(siret__in=asked[start : start + AT_ONCE]):
            found[entry.siret] = entry
    merged = Organisation.everything.exclude(merged_into=None)
    kept = Organisation.everything.in_bulk(merged.values_list("merged_into", flat=True))
    return {number: standing(entry, kept) for number, entry in found.items()}


def standing(entry: Organisation, kept: dict[int, Organisation]) -> Organisation:
    """Follow merges to the entry that stands; ``kept`` holds those that others were merged into."""
    while entry.merged_into_id is not None:
        entry = kept[entry.merged_into_id]
    return entry
