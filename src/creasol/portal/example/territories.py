"""The metropole of 2011 and its eight territories, as long as each kept its communes."""

from dataclasses import dataclass
from datetime import date, datetime

from creasol.diagnosis.queries.example import lille_metropole_2011
from creasol.territories.actions import define_territory
from creasol.territories.enums import TerritoryKind
from creasol.territories.models import Territory
from creasol.territories.queries import resolve_codes

FROM = date(2011, 1, 1)
UNTIL = {
    "lille-metropole-2011": date(2016, 12, 31),  # five communes joined in 2017
    "weppes-2011": date(2016, 12, 31),  # all five of them there
    "couronne-sud-2011": date(2019, 12, 31),  # five more communes joined in 2020, all there
}
SOURCE = "Découpage de la métropole en huit territoires, 2011"
WHOLE = (
    "La métropole telle que le programme l’a connue : 85 communes en huit territoires. Elle est devenue en "
    "2015 la Métropole européenne de Lille ; dix autres communes l’ont rejointe en 2017 et en 2020."
)
PART = "L’un des huit territoires de la métropole de 2011, avec les communes qui le formaient alors."


@dataclass(frozen=True)
class ExampleTerritories:
    """The metropole of 2011, and its parts by slug."""

    whole: Territory
    parts: dict[str, Territory]


def load_territories(*, at: datetime) -> ExampleTerritories:
    """Define the metropole of 2011 and its eight parts."""
    metropole = lille_metropole_2011()
    whole = define_territory(
        slug=metropole.slug,
        name=metropole.name,
        kind=TerritoryKind.METROPOLIS,
        communes=resolve_codes(metropole.communes).communes,
        valid_from=FROM,
        valid_to=UNTIL[metropole.slug],
        source=SOURCE,
        description=WHOLE,
        by=None,
        at=at,
    )
    parts = {
        part.slug: define_territory(
            slug=part.slug,
            name=part.name,
            kind=TerritoryKind.METROPOLITAN_TERRITORY,
            communes=resolve_codes(part.communes).communes,
            reference=whole,
            valid_from=FROM,
            valid_to=UNTIL.get(part.slug),
            source=SOURCE,
            description=PART,
            by=None,
            at=at,
        )
        for part in metropole.parts
    }
    return ExampleTerritories(whole, parts)
