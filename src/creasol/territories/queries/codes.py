"""From what people write (codes of any year, names, with anything between) to communes of today."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Q

from creasol.foundation.text import fold
from creasol.territories.models import Commune, FormerCommune

CODE = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{5}|2[ABab][0-9]{3}|[0-9]{4})(?![0-9A-Za-z])")
CODE_LENGTH = 5
MOST_POSTCODES = 50  # a longer list is not of postcodes


@dataclass(frozen=True)
class Resolution:
    """What codes came to: communes without repetition in the order given, former codes, unknown ones."""

    communes: tuple[Commune, ...]
    folded: dict[str, Commune] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def by_code(self) -> dict[str, Commune]:
        """The commune of today of each code understood, former ones too."""
        return {commune.code: commune for commune in self.communes} | self.folded


@dataclass(frozen=True)
class Pasted:
    """What a pasted text came to: a Resolution, and the words that may mean several communes, to choose from.

    ``ambiguous`` holds the names that several communes bear, and the postcodes given for codes.
    """

    resolution: Resolution
    ambiguous: dict[str, tuple[Commune, ...]] = field(default_factory=dict)


def resolve_codes(codes: Iterable[str]) -> Resolution:
    """Return today's communes of INSEE codes of any year; two queries, whatever their number.

    A code that lost its leading zero ("1001") is understood. ``folded`` tells, for each former code, today's
    commune; ``unknown`` lists as written what no commune ever bore, as far as known here.
    """
    written = {normal_code(code): code for code in codes if code.strip()}
    today = Commune.objects.in_bulk(written)
    former = {
        row.code: row.commune
        for row in FormerCommune.objects.filter(code__in=[code for code in written if code not in today])
        .select_related("commune")
        .order_by()
    }
    found = [today.get(code) or former.get(code) for code in written]
    return Resolution(
        communes=tuple({commune.code: commune for commune in found if commune}.values()),
        folded={code: former[code] for code in written if code in former},
        unknown=tuple(
            text.strip() for code, text in written.items() if code not in today and code not in former
        ),
    )


def read_pasted(text: str) -> Pasted:
    """Return what a pasted text names: a list of codes with any separator, of names, or lines with both.

    A line with codes is read by its codes, the rest being a comment ("59350 Lille"); a line without any is
    read as names parted by commas, semicolons or tabs. Names of former communes are understood too.
    """
    items: list[str] = []
    for line in text.splitlines():
        items += CODE.findall(line) or [name.strip() for name in re.split(r"[,;\t|]", line) if fold(name)]
    bearers = codes_named([item for item in items if not CODE.fullmatch(item)])
    single = {name: codes[0] for name, codes in bearers.items() if len(codes) == 1}
    several = {name: codes for name, codes in bearers.items() if len(codes) > 1}
    resolution = resolve_codes(
        single.get(item, item) for item in items if item in single or item not in bearers
    )
    choices = resolve_codes([code for codes in several.values() for code in codes]).by_code
    postcodes = postcodes_among(resolution.unknown)
    unknown = [code for code in resolution.unknown if code not in postcodes]
    unknown += [name for name, codes in bearers.items() if not codes]
    return Pasted(
        replace(resolution, unknown=tuple(unknown)),
        postcodes
        | {name: tuple(dict.fromkeys(choices[code] for code in codes)) for name, codes in several.items()},
    )


def codes_named(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the codes (of today, else former) that bear exactly each name, accents and hyphens aside."""
    folded = {name: fold(name) for name in names}
    bearers: dict[str, list[str]] = {}
    for model in (Commune, FormerCommune):
        wanted = set(folded.values()) - set(bearers)
        rows = model.objects.filter(sort_name__in=wanted).order_by("code") if wanted else ()
        for row in rows:
            bearers.setdefault(row.sort_name, []).append(row.code)
    return {name: tuple(bearers.get(key, ())) for name, key in folded.items()}


def postcodes_among(texts: Iterable[str]) -> dict[str, tuple[Commune, ...]]:
    """Return the communes of those of ``texts`` that are postcodes: people take one for the other."""
    texts = list(texts)[:MOST_POSTCODES]
    condition = Q(pk__in=[])
    for text in texts:
        condition |= Q(postcodes__contains=text)
    served: dict[str, list[Commune]] = {}
    for commune in Commune.objects.filter(condition):
        for postcode in commune.postcodes.split():
            served.setdefault(postcode, []).append(commune)
    return {text: tuple(served[text]) for text in texts if text in served}


def normal_code(code: str) -> str:
    """Return a code as INSEE writes it: "1001" → "01001", "2a004" → "2A004"."""
    # PostgreSQL takes no NUL in a text
    code = code.replace("\0", "").strip().upper()
    return code.zfill(CODE_LENGTH) if code.isdecimal() else code
