"""Whose rows are read: those of a named territory, or those of a list of communes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from creasol.territories.models import Commune, Territory


@dataclass(frozen=True)
class Scope:
    """A set of communes, as a territory of the database or as codes."""

    territory: Territory | None = None
    codes: tuple[str, ...] = ()

    def rows(self, queryset: QuerySet) -> QuerySet:
        """Keep the rows of ``queryset`` (a model with a ``commune``) that belong to these communes."""
        if self.territory is not None:
            members = Territory.communes.through.objects.filter(territory=self.territory)
            return queryset.filter(commune__in=members.values("commune"))
        return queryset.filter(commune__in=self.codes)

    def communes(self) -> QuerySet[Commune]:
        """Return the communes themselves."""
        if self.territory is not None:
            return Commune.objects.filter(territories=self.territory)
        return Commune.objects.filter(pk__in=self.codes)


def scope_of(communes: Sequence[Commune]) -> Scope:
    """Return the scope of a list of communes."""
    return Scope(codes=tuple(commune.code for commune in communes))
