"""Days on which the French vote, as every instance first knows them; the team adds and removes days on a screen.

Source: Ministère de l'Intérieur, results of past elections (archives-resultats-elections.interieur.gouv.fr) and
the decrees that convene the electors; ballots of the whole country by direct suffrage, first and second rounds, since
the programme exists. A day comes into this list when its decree is published, never before: the next ones are for
the team to add.
"""

from datetime import date

CANTONALES = "Élections cantonales"
PRESIDENTIELLE = "Élection présidentielle"
LEGISLATIVES = "Élections législatives"
MUNICIPALES = "Élections municipales"
EUROPEENNES = "Élections européennes"
DEPARTEMENTALES = "Élections départementales"
REGIONALES = "Élections régionales"
BOTH_OF_2021 = "Élections départementales et régionales"

ROUNDS = (
    (CANTONALES, date(2011, 3, 20), date(2011, 3, 27)),
    (PRESIDENTIELLE, date(2012, 4, 22), date(2012, 5, 6)),
    (LEGISLATIVES, date(2012, 6, 10), date(2012, 6, 17)),
    (MUNICIPALES, date(2014, 3, 23), date(2014, 3, 30)),
    (EUROPEENNES, date(2014, 5, 25), None),
    (DEPARTEMENTALES, date(2015, 3, 22), date(2015, 3, 29)),
    (REGIONALES, date(2015, 12, 6), date(2015, 12, 13)),
    (PRESIDENTIELLE, date(2017, 4, 23), date(2017, 5, 7)),
    (LEGISLATIVES, date(2017, 6, 11), date(2017, 6, 18)),
    (EUROPEENNES, date(2019, 5, 26), None),
    (MUNICIPALES, date(2020, 3, 15), date(2020, 6, 28)),
    (BOTH_OF_2021, date(2021, 6, 20), date(2021, 6, 27)),
    (PRESIDENTIELLE, date(2022, 4, 10), date(2022, 4, 24)),
    (LEGISLATIVES, date(2022, 6, 12), date(2022, 6, 19)),
    (EUROPEENNES, date(2024, 6, 9), None),
    (LEGISLATIVES, date(2024, 6, 30), date(2024, 7, 7)),
    (MUNICIPALES, date(2026, 3, 15), date(2026, 3, 22)),
)


def election_days() -> dict[date, str]:
    """Return the days with their names, the round said where there are two.

    >>> election_days()[date(2012, 5, 6)]
    'Élection présidentielle, 2d tour'
    """
    days = {}
    for name, first, second in ROUNDS:
        days[first] = f"{name}, 1er tour" if second else name
        if second:
            days[second] = f"{name}, 2d tour"
    return days
