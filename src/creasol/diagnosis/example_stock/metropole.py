"""The Métropole lilloise of 2011: 85 communes, parted into eight territories; ten communes joined since."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "lille-metropole-2011.json"


@dataclass(frozen=True)
class Part:
    """One of the eight territories: slug, name, codes of its communes."""

    slug: str
    name: str
    communes: tuple[str, ...]


@dataclass(frozen=True)
class Metropole:
    """The whole, its parts, and the communes that joined after 2011."""

    slug: str
    name: str
    parts: tuple[Part, ...]
    joined_later: tuple[str, ...]

    @property
    def communes(self) -> tuple[str, ...]:
        """Return the 85 codes of 2011."""
        return tuple(sorted(code for part in self.parts for code in part.communes))


@cache
def lille_metropole_2011() -> Metropole:
    """Return the metropole as the 2011 edition knew it."""
    data = json.loads(FILE.read_text())
    return Metropole(
        slug=data["slug"],
        name=data["name"],
        parts=tuple(Part(part["slug"], part["name"], tuple(part["communes"])) for part in data["parts"]),
        joined_later=tuple(sorted(code for codes in data["joined_later"].values() for code in codes)),
    )
