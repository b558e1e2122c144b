"""Which entries of a directory may be one organisation: a score between 0 and 1 out of what both say.

Two entries with the same SIRET, or the same RNA number, are one organisation: 1. Else four parts are weighed:

    0.45 · names alike (trigrams, words of legal form aside)
  + 0.25 · nearness (1 under 20 m, 0 from 500 m on; another commune is far)
  + 0.15 · same website (domain)
  + 0.15 · same telephone or e-mail address (or its domain)

A part that one of the two does not tell is left out, and the weights of the others are raised to 1 in all: an entry
that has only a name is judged by its name. Domains that everyone uses (mail providers, social networks) tell nothing.
From 0.80 on, probably one organisation; from 0.55, to be looked at.

The register's own word goes first: two SIREN, or two RNA numbers, are two organisations (0), and so are two
establishments of one SIREN that the same edition of the register both names. Two SIRET of one SIREN known from
different days may well be one organisation that moved: they are weighed. A real organisation and a made-up one are two.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from math import cos, hypot, radians

from creasol.foundation.text import fold

PROBABLE, TO_REVIEW = 0.80, 0.55
WEIGHTS = {"name": 0.45, "place": 0.25, "website": 0.15, "contact": 0.15}
NEAR, FAR = 20, 500  # metres
DEGREE = 111_195  # metres in one degree of latitude
SIREN = 9  # digits
FORMS = "asso assoc association ass loi 1901 sarl sas sasu sa eurl scop scic gie societe"
LEGAL_FORMS = frozenset(FORMS.split())
PROVIDERS = """
gmail.com googlemail.com yahoo.fr yahoo.com ymail.com outlook.fr outlook.com hotmail.fr hotmail.com live.fr msn.com
icloud.com me.com orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr aol.com
protonmail.com proton.me pm.me gmx.fr gmx.com mailo.com zaclys.com facebook.com instagram.com linkedin.com
twitter.com x.com youtube.com helloasso.com linktr.ee sites.google.com wordpress.com wixsite.com blogspot.com
over-blog.com e-monsite.com jimdo.com jimdofree.com canalblog.com framasite.org assoconnect.com
"""
SHARED_DOMAINS = frozenset(PROVIDERS.split())
WORD_KEY = (
    5  # letters, first or last ones, by which two words are brought together: slips elsewhere do not matter
)
WIDEST_KEY = 50  # entries: a key that more share tells nothing


class Likeness(StrEnum):
    """What a score says."""

    PROBABLE = "probable"
    TO_REVIEW = "to-review"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Profile:
    """What an entry tells about itself; ``seen`` names the edition of the register that its SIRET was read in."""

    key: int
    name: str
    siret: str = ""
    rna: str = ""
    seen: str = ""
    commune: str = ""
    position: tuple[float, float] | None = None
    website: str = ""
    email: str = ""
    phone: str = ""
    made_up: bool = False


@dataclass(frozen=True)
class Pair:
    """Two entries, the lower key first; ``parts`` holds what is known, each part between 0 and 1."""

    first: int
    second: int
    score: float
    parts: dict[str, float]

    @property
    def likeness(self) -> Likeness:
        if self.score >= PROBABLE:
            return Likeness.PROBABLE
        return Likeness.TO_REVIEW if self.score >= TO_REVIEW else Likeness.DIFFERENT


def compare(one: Profile, other: Profile) -> Pair:
    """Return how much two entries resemble each other."""
    first, second = sorted((one.key, other.key))
    verdict = numbers_say(one, other)
    if verdict is not None:
        return Pair(first, second, verdict, {"number": verdict})
    told = {
        "name": alike(one.name, other.name),
        "place": nearness(one, other),
        "website": same(domain_of_address(one.website), domain_of_address(other.website)),
        "contact": same_contact(one, other),
    }
    parts = {part: value for part, value in told.items() if value is not None}
    known = sum(WEIGHTS[part] for part in parts)
    score = sum(WEIGHTS[part] * value for part, value in parts.items()) / known
    return Pair(first, second, round(score, 4), parts)


def numbers_say(one: Profile, other: Profile) -> float | None:
    """Return 1 or 0 when official numbers settle whether two entries are one organisation, else None."""
    if one.made_up != other.made_up:
        return 0.0
    for mine, theirs in ((one.siret, other.siret), (one.rna, other.rna)):
        if mine and mine == theirs:
            return 1.0
    if one.rna and other.rna:
        return 0.0
    if one.siret and other.siret:
        other_unit = one.siret[:SIREN] != other.siret[:SIREN]
        both_open = bool(one.seen) and one.seen == other.seen
        return 0.0 if other_unit or both_open else None
    return None


def alike(one: str, other: str) -> float:
    """Return how many trigrams two names share, among all they have: 0 to 1, as PostgreSQL's ``similarity``."""
    mine, theirs = trigrams(one), trigrams(other)
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


@lru_cache(maxsize=100_000)
def trigrams(name: str) -> frozenset[str]:
    """Return the three-letter pieces of the words of a name, those of legal form aside."""
    padded = (f"  {word} " for word in words_of(name))
    return frozenset(word[start : start + 3] for word in padded for start in range(len(word) - 2))


def words_of(name: str) -> list[str]:
    """Return the words of a name, folded, without those of legal form; all of them when nothing else is left."""
    words = fold(name).split()
    return [word for word in words if word not in LEGAL_FORMS] or words


def nearness(one: Profile, other: Profile) -> float | None:
    """Return 1 under 20 m, 0 from 500 m on or in another commune; None when the distance is not known."""
    if one.position and other.position:
        return min(1.0, max(0.0, (FAR - metres(one.position, other.position)) / (FAR - NEAR)))
    if one.commune and other.commune and one.commune != other.commune:
        return 0.0
    return None


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two positions (longitude, latitude), good for a few kilometres."""
    narrowing = cos(radians((one[1] + other[1]) / 2))
    return DEGREE * hypot((one[0] - other[0]) * narrowing, one[1] - other[1])


def same(one: str, other: str) -> float | None:
    """Return 1 when two words are equal, 0 when they differ, None when one is not told."""
    return float(one == other) if one and other else None


def same_contact(one: Profile, other: Profile) -> float | None:
    """Return 1 when the telephone, the e-mail address or its domain is the same; None when nothing compares."""
    answers = (
        same(digits_of(one.phone), digits_of(other.phone)),
        same(one.email.lower(), other.email.lower()),
        same(domain_of_mail(one.email), domain_of_mail(other.email)),
    )
    return max((answer for answer in answers if answer is not None), default=None)


def digits_of(phone: str) -> str:
    """Return the digits of a French telephone number, written +33 or 0."""
    digits = "".join(letter for letter in phone if letter.isdigit())
    for prefix in ("0033", "33"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 9:
            return "0" + digits[len(prefix) :]
    return digits


def domain_of_address(address: str) -> str:
    """Return the domain of a website; empty for one that everyone uses."""
    host = address.lower().partition("//")[2] or address.lower()
    return own_domain(host.partition("/")[0].partition(":")[0])


def domain_of_mail(address: str) -> str:
    """Return the domain of an e-mail address; empty for one that everyone uses."""
    return own_domain(address.lower().rpartition("@")[2])


def own_domain(host: str) -> str:
    """Return a host without its www; empty when it belongs to a provider that everyone uses."""
    host = host.removeprefix("www.")
    labels = host.split(".")
    shared = any(".".join(labels[start:]) in SHARED_DOMAINS for start in range(len(labels)))
    return "" if shared else host


def likely_pairs(profiles: Iterable[Profile], *, distinct: frozenset[tuple[int, int]]) -> list[Pair]:
    """Return the pairs worth looking at, the likeliest first; never one of ``distinct`` (the lower key first).

    Only entries that share a key are compared: the first or last letters of a word of the name (in the
    same commune when many bear it), a number, a telephone, a domain, an address.
    """
    entries = {profile.key: profile for profile in profiles}
    seen = set(distinct)
    found = []
    for first, second in brought_together(entries.values()):
        if (first, second) not in seen:
            seen.add((first, second))
            pair = compare(entries[first], entries[second])
            if pair.likeness != Likeness.DIFFERENT:
                found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def brought_together(profiles: Iterable[Profile]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of keys of entries that share a key, the lower first; some come several times.

    Entries of two SIREN are never one: an entry with a SIRET only meets those without, and its own SIREN.
    """
    numbered, bare = defaultdict(list), defaultdict(list)
    units = defaultdict(list)
    for profile in profiles:
        siren = profile.siret[:SIREN]
        if siren:
            units[siren].append(profile.key)
        for key in keys_of(profile):
            (numbered if siren else bare)[key].append(profile.key)
    for members in units.values():
        yield from combinations(sorted(members), 2)
    for key, members in bare.items():
        others = numbered.get(key, [])
        if len(members) + len(others) <= WIDEST_KEY or key[0] == "word and commune":
            yield from combinations(sorted(members), 2)
            yield from (tuple(sorted((mine, theirs))) for mine in members for theirs in others)


def keys_of(profile: Profile) -> set[tuple[str, ...]]:
    """Return the keys under which an entry is looked for."""
    keys = set()
    for word in words_of(profile.name):
        if len(word) > 2:  # noqa: PLR2004  articles bring nothing together
            for piece in (word[:WORD_KEY], word[-WORD_KEY:]):
                keys.add(("word", piece))
                keys.add(("word and commune", piece, profile.commune))
    for kind, value in (
        ("rna", profile.rna),
        ("website", domain_of_address(profile.website)),
        ("phone", digits_of(profile.phone)),
        ("mail", profile.email.lower()),
        ("domain", domain_of_mail(profile.email)),
    ):
        if value:
            keys.add((kind, value))
    return keys
