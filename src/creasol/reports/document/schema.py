"""What a document holds: numbers, and beside each the words as people read them, in one language.

It is made once (``composing``), kept as JSON in a publication, and read by every rendering: page, PDF, ODS, CSV, JSON.
A field that a later release adds has a default, so that older publications can always be read.
"""

from math import ceil

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a document: never changed once made."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Row(Part):
    """One line of a figure of several classes; ``percent`` is the length of its bar."""

    key: str
    label: str
    count: float | None = None
    count_text: str = ""
    value: float | None = None
    text: str = ""
    reference: float | None = None
    reference_text: str = ""
    low: float | None = None
    high: float | None = None
    range_text: str = ""
    ours: bool = False
    percent: float = 0


class Figure(Part):
    """One indicator: its number or range, what it is compared with, where it comes from, or why it is not there.

    ``unit_beside`` is the unit where it must be written after the number; ``other_text`` is the same figure within
    the second perimeter, only where it differs.
    """

    key: str
    label: str
    definition: str
    unit: str = ""
    unit_beside: str = ""
    text: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    open_ended: bool = False
    of: int | None = None
    ties: int | None = None
    reference: float | None = None
    reference_text: str = ""
    source: str = ""
    vintage: str = ""
    origin: str = ""
    synthetic: bool = False
    note: str = ""
    reason: str = ""
    rows: tuple[Row, ...] = ()
    other_text: str = ""
    other_value: float | None = None

    @property
    def available(self) -> bool:
        return not self.reason


class Block(Part):
    key: str
    label: str
    figures: tuple[Figure, ...]


class Writer(Part):
    """Who wrote: a person's name and the organisation this person speaks for."""

    name: str
    organisation: str = ""


class Section(Part):
    """A text of the authors (Markdown, in their language) and the keys of the figures shown with it."""

    title: str
    text: str = ""
    writers: tuple[Writer, ...] = ()
    indicators: tuple[str, ...] = ()


class Commune(Part):
    code: str
    name: str
    population: int | None = None
    area_km2: float | None = None
    jobs: float | None = None
    employers: int | None = None
    ess: int | None = None
    ess_per_1000: float | None = None


class Quote(Part):
    """A figure of a study beside the computed one."""

    label: str
    text: str
    computed_text: str = ""
    source: str
    dated: str


class Feature(Part):
    """A feature by which territories are held for comparable: ours, theirs."""

    label: str
    here: str
    there: str


class Comparable(Part):
    key: str
    name: str
    distance: float
    why: str = ""
    features: tuple[Feature, ...] = ()


class Thin(Part):
    """A facility or an activity: how many there are, how many the reference's rate would give."""

    kind: str
    key: str
    label: str
    count: int
    rate: float
    low: float
    high: float
    reference_rate: float | None = None
    comparables_rate: float | None = None
    shortfall: float = 0
    verdict: str
    verdict_text: str
    comparables_verdict: str = ""
    comparables_verdict_text: str = ""

    @property
    def lacking(self) -> int:
        """How many more it would take to reach the reference's rate: things come whole."""
        return ceil(round(self.shortfall, 6))


class ThinList(Part):
    """The facilities, or the activities, that are proven thin; ``told`` says how many were looked at."""

    kind: str
    label: str
    origin: str = ""
    synthetic: bool = False
    tested: int = 0
    unsure: int = 0
    told: str = ""
    lines: tuple[Thin, ...] = ()
    reason: str = ""


class Source(Part):
    title: str
    source: str
    vintage: str
    licence: str = ""
    synthetic: bool = False
    imported_on: str = ""


class Perimeter(Part):
    mode: str
    label: str
    version: str
    definition: str
    provisional: bool = False


class SecondPerimeter(Part):
    """The other perimeter: how many establishments each of the two counts alone."""

    perimeter: Perimeter
    only_first: int = 0
    only_second: int = 0


class Drawing(Part):
    """A map as a picture of lines (SVG), with what it says in words."""

    key: str
    title: str
    alternative: str
    svg: str


class Place(Part):
    name: str
    slug: str = ""
    communes: tuple[Commune, ...] = ()


class Method(Part):
    title: str
    text: str


class Document(Part):
    """The whole. ``version`` is 0 for a diagnosis that nobody signed off."""

    language: str
    title: str
    place: Place
    reference: Place | None = None
    perimeter: Perimeter
    second_perimeter: SecondPerimeter | None = None
    edition: str = ""
    version: int = 0
    reason: str = ""
    made_at: str
    synthetic: bool = False
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    quotes: tuple[Quote, ...] = ()
    comparables: tuple[Comparable, ...] = ()
    thin: tuple[ThinList, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    sources: tuple[Source, ...] = ()
    methods: tuple[Method, ...] = ()
    writers: tuple[Writer, ...] = ()

    @property
    def figures(self) -> dict[str, Figure]:
        return {figure.key: figure for block in self.blocks for figure in block.figures}
