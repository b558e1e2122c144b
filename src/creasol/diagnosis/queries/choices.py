"""What a diagnosis is asked about: which communes, against which reference, with which perimeter."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _

from creasol.diagnosis.enums import PerimeterMode
from creasol.territories.enums import TerritoryKind
from creasol.territories.models import Commune, Territory
from creasol.territories.queries import Pasted, Resolution, communes_of, read_pasted, territory_by_key

NAMED = 20
USUAL_REFERENCES = (TerritoryKind.EPCI, TerritoryKind.DEPARTMENT, TerritoryKind.REGION)


class ChoiceError(ValueError):
    """The question cannot be understood; the message says why in one line."""


@dataclass(frozen=True)
class Choice:
    """A question that can be answered.

    ``folded`` tells former codes and today's communes, ``unknown`` what names no commune, or several;
    ``references`` are the territories that hold all the communes, the smallest first.
    """

    communes: tuple[Commune, ...]
    reference: Territory | None
    perimeter: PerimeterMode
    territory: Territory | None = None
    folded: Mapping[str, Commune] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    references: tuple[Territory, ...] = ()


def choose(
    *, slug: str = "", communes: str = "", reference: str = "", perimeter: str = "", strict: bool = False
) -> Choice:
    """Return what is asked: a territory by its address or official code, or communes by a pasted list.

    ``communes`` holds codes of any year or names, with anything between; ``reference`` is an address, an official
    code, or nothing for the usual one. Raises ``ChoiceError`` when the question names nothing known; with
    ``strict``, also when one of the communes is unknown.
    """
    # PostgreSQL refuses NUL in a text
    slug, communes, reference = (text.replace("\0", "") for text in (slug, communes, reference))
    territory, pasted = None, Pasted(Resolution(()))
    if slug:
        territory = known_territory(slug)
        chosen = tuple(communes_of(territory))
    else:
        pasted = read_pasted(communes)
        chosen = pasted.resolution.communes
    unknown = pasted.resolution.unknown
    if unknown and (strict or not chosen):
        raise ChoiceError(_("Unknown communes: %(codes)s") % {"codes": ", ".join(unknown[:NAMED])})
    if pasted.ambiguous and (strict or not chosen):
        name, bearers = next(iter(pasted.ambiguous.items()))
        words = {"name": name, "codes": ", ".join(commune.code for commune in bearers[:NAMED])}
        raise ChoiceError(_("Several communes are called %(name)s, write a code: %(codes)s") % words)
    if not chosen:
        raise ChoiceError(_("No commune to diagnose."))
    references = territories_holding(chosen)
    against = known_territory(reference) if reference else usual_reference(territory, references)
    return Choice(
        chosen,
        against,
        known_perimeter(perimeter),
        territory=territory,
        folded=pasted.resolution.folded,
        unknown=(*unknown, *pasted.ambiguous),
        references=references,
    )


def known_territory(key: str) -> Territory:
    """Return the territory at an address or of an official code, or raise ``ChoiceError``."""
    try:
        return territory_by_key(key)
    except Territory.DoesNotExist:
        raise ChoiceError(_("Unknown territory: %(key)s") % {"key": key}) from None


def known_perimeter(mode: str) -> PerimeterMode:
    """Return the perimeter of this name, INSEE's without a name, or raise ``ChoiceError``."""
    if not mode:
        return PerimeterMode.INSEE
    try:
        return PerimeterMode(mode)
    except ValueError:
        words = {"mode": mode, "modes": ", ".join(PerimeterMode.values)}
        raise ChoiceError(_("Unknown perimeter: %(mode)s (known: %(modes)s)") % words) from None


def territories_holding(communes: tuple[Commune, ...]) -> tuple[Territory, ...]:
    """Return the territories that hold all of ``communes`` and others beside them, the smallest first."""
    members = (
        Territory.communes.through.objects.order_by().values_list("territory").annotate(count=Count("pk"))
    )
    held = dict(members.filter(commune__in=[commune.code for commune in communes]))
    holding = [territory for territory, count in held.items() if count == len(communes)]
    sizes = {pk: size for pk, size in members.filter(territory__in=holding) if size > len(communes)}
    found = Territory.objects.in_bulk(sizes)
    return tuple(found[pk] for pk in sorted(sizes, key=lambda pk: (sizes[pk], found[pk].sort_name)))


def usual_reference(territory: Territory | None, references: tuple[Territory, ...]) -> Territory | None:
    """Return the reference of a territory's definition, or the smallest official territory that holds the communes."""
    if territory is not None:
        return territory.reference
    return next((reference for reference in references if reference.kind in USUAL_REFERENCES), None)
