"""Codes of communes, as the files of any vintage write them."""

from creasol.territories.models import Commune, FormerCommune


def places() -> list[tuple[str, str, str]]:
    """Return every code, today's commune and the kind of the code: "" today's own, else a `FormerKind`."""
    current = [(code, code, "") for code in Commune.objects.order_by().values_list("code", flat=True)]
    return current + list(FormerCommune.objects.order_by().values_list("code", "commune_id", "kind"))
