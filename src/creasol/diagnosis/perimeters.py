"""Which establishments count as ESS: the rule itself, as a predicate and as SQL, without our database.

Two modes (see `data/perimeters.json` for the rows): ``insee`` keeps legal categories minus excluded
activities; ``law-2014`` (loi n° 2014-856 du 31 juillet 2014, article 1) keeps the same legal categories
whatever the activity, and the companies that SIRENE flags `economieSocialeSolidaireUniteLegale = 'O'`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

COMPANY = "entreprise"
NATURAL_PERSON = "1000"


@dataclass(frozen=True)
class Rule:
    """One version of one mode.

    ``categories`` maps a legal category (level III, 4 digits) to its family; ``excluded_activities`` are
    prefixes of NAF codes written with their dot ("84.1", "94.11"), so that they hold under NAF rév. 2 and NAF
    2025 alike.
    """

    mode: str
    version: str
    categories: Mapping[str, str]
    excluded_activities: tuple[str, ...]
    with_flag: bool

    def counts(self, *, category: str, activity: str, flag: str | None) -> bool:
        """Tell whether a unit of this legal category, activity and ESS flag ("O", "N" or None) is ESS."""
        if category == NATURAL_PERSON:
            return False
        by_category = category in self.categories and not activity.startswith(self.excluded_activities)
        return by_category or (self.with_flag and flag == "O")

    def sql(self, *, category: str, activity: str, flag: str) -> str:
        """Return the same predicate as SQL over three SQL expressions of text; NULL counts as empty."""
        category, activity = f"coalesce({category}, '')", f"coalesce({activity}, '')"
        listed = ", ".join(f"'{code}'" for code in sorted(self.categories)) or "''"
        excluded = "".join(
            f" AND NOT starts_with({activity}, '{prefix}')" for prefix in self.excluded_activities
        )
        flagged = f" OR coalesce({flag}, '') = 'O'" if self.with_flag else ""
        return f"({category} <> '{NATURAL_PERSON}' AND (({category} IN ({listed}){excluded}){flagged}))"


def family_sql(categories: Mapping[str, str], category: str) -> str:
    """Return SQL for the family of a legal category; what only the flag brings in is a company."""
    families: dict[str, list[str]] = {}
    for code, family in categories.items():
        families.setdefault(family, []).append(f"'{code}'")
    cases = " ".join(
        f"WHEN {category} IN ({', '.join(sorted(codes))}) THEN '{family}'"
        for family, codes in families.items()
    )
    return f"CASE {cases} ELSE '{COMPANY}' END"
