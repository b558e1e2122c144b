"""What is this date here? School holidays by zone, public holidays by département.

Pure: reads the frozen tables of the packages `vacances-scolaires-france` and `holidays`; never calls the
network. Refresh: a newer version of these packages in the locks.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

import holidays
from vacances_scolaires_france import SchoolHolidayDates

ACADEMIES = {
    "Aix-Marseille": "04 05 13 84",
    "Amiens": "02 60 80",
    "Besançon": "25 39 70 90",
    "Bordeaux": "24 33 40 47 64",
    "Caen": "14 50 61",
    "Clermont-Ferrand": "03 15 43 63",
    "Créteil": "77 93 94",
    "Dijon": "21 58 71 89",
    "Grenoble": "07 26 38 73 74",
    "Lille": "59 62",
    "Limoges": "19 23 87",
    "Lyon": "01 42 69",
    "Montpellier": "11 30 34 48 66",
    "Nancy-Metz": "54 55 57 88",
    "Nantes": "44 49 53 72 85",
    "Nice": "06 83",
    "Orléans-Tours": "18 28 36 37 41 45",
    "Paris": "75",
    "Poitiers": "16 17 79 86",
    "Reims": "08 10 51 52",
    "Rennes": "22 29 35 56",
    "Rouen": "27 76",
    "Strasbourg": "67 68",
    "Toulouse": "09 12 31 32 46 65 81 82",
    "Versailles": "78 91 92 95",
}
ACADEMY_OF = {code: academy for academy, codes in ACADEMIES.items() for code in codes.split()}

# Arrêté du 24 juillet 1995, then arrêté du 16 avril 2015, which redrew the zones along the new regions.
FIRST_DAY = date(1995, 9, 1)
REDRAWN_ON = date(2015, 9, 1)
ZONES_OF_1995 = {
    "A": "Caen Clermont-Ferrand Grenoble Lyon Montpellier Nancy-Metz Nantes Rennes Toulouse",
    "B": (
        "Aix-Marseille Amiens Besançon Dijon Lille Limoges Nice Orléans-Tours Poitiers Reims Rouen Strasbourg"
    ),
    "C": "Bordeaux Créteil Paris Versailles",
}
ZONES_OF_2015 = {
    "A": "Besançon Bordeaux Clermont-Ferrand Dijon Grenoble Limoges Lyon Poitiers",
    "B": (
        "Aix-Marseille Amiens Caen Lille Nancy-Metz Nantes Nice Orléans-Tours Reims Rennes Rouen Strasbourg"
    ),
    "C": "Créteil Montpellier Paris Toulouse Versailles",
}

# Where more days are off than in the rest of France: the package's own names of these places.
PLACES_WITH_MORE_HOLIDAYS = {
    "57": "57", "67": "6AE", "68": "6AE",
    "971": "971", "972": "972", "973": "973", "974": "974", "976": "976",
    "975": "PM", "977": "BL", "978": "MF", "984": "TF", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip


@dataclass(frozen=True)
class DayFacts:
    """What a day is in a département; names are French, as the law and the ministry write them.

    ``zone`` and ``school_holiday`` are None together with ``school_known`` False when the calendar of schools
    is not known here that day (before 1995, beyond what is published, Corsica, overseas); likewise
    ``public_known``.
    """

    day: date
    public_holiday: str | None
    school_holiday: str | None
    zone: str | None
    school_known: bool = True
    public_known: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether the day is known to be neither a public holiday nor in the school holidays."""
        known = self.school_known and self.public_known
        return known and not self.public_holiday and not self.school_holiday


def day_facts(day: date, *, department_code: str = "59") -> DayFacts:
    """Return what ``day`` is in a département ("59", "2A", "974").

    >>> day_facts(date(2011, 12, 17)).school_holiday, day_facts(date(2011, 12, 17)).zone
    ('Vacances de Noël', 'B')
    """
    public_known = holidays.France.start_year <= day.year <= holidays.France.end_year
    zone = school_zone(day, department_code=department_code)
    school_known = zone is not None and day <= last_day()
    return DayFacts(
        day=day,
        public_holiday=public_holidays(day.year, department_code).get(day) if public_known else None,
        school_holiday=school_holiday(day, zone) if school_known else None,
        zone=zone if school_known else None,
        school_known=school_known,
        public_known=public_known,
    )


def school_zone(day: date, *, department_code: str) -> str | None:
    """Return the zone (A, B or C) of a département that day; None before 1995, in Corsica and overseas."""
    academy = ACADEMY_OF.get(department_code)
    if academy is None or day < FIRST_DAY:
        return None
    zones = ZONES_OF_1995 if day < REDRAWN_ON else ZONES_OF_2015
    return next(zone for zone, academies in zones.items() if academy in academies.split())


@cache
def school_calendar() -> SchoolHolidayDates:
    """Return the package's table, read once (a tenth of a second)."""
    return SchoolHolidayDates()


def last_day() -> date:
    """Return the last day of which the school calendar is known: the end of its last summer."""
    return max(school_calendar().data)


def school_holiday(day: date, zone: str) -> str | None:
    """Return the name of the school holiday of a zone (A, B, C) on that day, if it is one."""
    row = school_calendar().data.get(day)
    return row["nom_vacances"] if row and row[f"vacances_zone_{zone.lower()}"] else None


@cache
def public_holidays(year: int, department_code: str) -> dict[date, str]:
    """Return the public holidays of a year in a département, by day."""
    place = PLACES_WITH_MORE_HOLIDAYS.get(department_code)
    return dict(holidays.France(years=year, subdiv=place, language="fr"))
