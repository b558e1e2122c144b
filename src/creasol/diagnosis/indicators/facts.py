"""What the figures are computed from: numbers of a territory and of its reference, read once, without the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from creasol.diagnosis.enums import Aggregation, Source


@dataclass(frozen=True)
class OwnSource:
    """The source of an indicator that somebody added, in that person's words."""

    label: str
    licence: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a number comes from: a source, its vintage, and whether the software made it up as an example."""

    source: Source | OwnSource
    vintage: str
    synthetic: bool = False


@dataclass(frozen=True)
class Count:
    """A number of the territory and of its reference, out of the same dataset.

    ``missing`` names the communes (the territory's first) of which the dataset says nothing.
    """

    origin: Origin
    territory: float
    reference: float | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Establishments:
    """ESS employer establishments of a set of communes, counted in each of their classes."""

    total: int = 0
    families: Mapping[str, int] = field(default_factory=dict)
    sections: Mapping[str, int] = field(default_factory=dict)
    bands: Mapping[str, int] = field(default_factory=dict)
    ages: Mapping[str, int] = field(default_factory=dict)
    divisions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Register:
    """What the register of establishments says: ESS establishments, and all employers.

    The reference's are None when the register covers only a part of it.
    """

    origin: Origin
    territory: Establishments
    employers: int
    reference: Establishments | None = None
    reference_employers: int | None = None


@dataclass(frozen=True)
class Standing:
    """The ESS establishments of each territory of the reference, by address or commune code; ours is ``key``."""

    key: str
    numbers: Mapping[str, int]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class OwnNumber:
    """An indicator that somebody added, and what it says; ``number`` is None when it says nothing of the territory."""

    key: str
    name: str
    definition: str
    unit: str
    decimals: int
    aggregation: Aggregation
    source: OwnSource
    number: Count | None = None


@dataclass(frozen=True)
class Facts:
    """Everything read for one diagnosis; a number that is not there comes with the reason.

    ``outside`` names the communes of the territory that the reference does not hold: shares are then refused.
    ``populations`` are in the order of their years, the newest last.
    """

    communes: int
    reference_communes: int | None = None
    reference_name: str = ""
    outside: tuple[str, ...] = ()
    populations: Mapping[int, Count] = field(default_factory=dict)
    counts: Mapping[str, Count] = field(default_factory=dict)
    facilities: Mapping[str, Count] = field(default_factory=dict)
    register: Register | None = None
    standing: Standing | None = None
    own: tuple[OwnNumber, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
