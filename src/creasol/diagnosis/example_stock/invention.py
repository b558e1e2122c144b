"""Made-up organisations: names that nobody bears, legal categories and activities that could go together."""

from random import Random

from creasol.diagnosis.sources.sirene import MADE_UP_RANGE

MADE_UP = "(fictif)"
HEADS = (
    "Atelier", "Jardin", "Maison", "Ruche", "Fabrique", "Relais", "Compagnie", "Club", "Collectif",
    "Cercle", "Comptoir",
    "Carrefour", "Foyer", "Théâtre", "Chantier", "École", "Halte", "Union", "Grange", "Passerelle",
)  # fmt: skip
TAILS = (
    "du Cerisier bleu", "des Trois Nuages", "de la Lune carrée", "du Hérisson rieur", "des Sept Brouettes",
    "du Phare des champs",
    "de la Tortue pressée", "des Mille Boutons", "du Moulin à l’envers", "de la Pluie douce",
    "des Quatre Parapluies",
    "du Renard poli", "de l’Orage calme", "des Grandes Cuillères", "du Kiosque volant",
    "de la Baleine des bois",
    "des Petites Échelles", "du Soleil patient", "de la Rivière assise", "des Neuf Lanternes",
    "du Merle savant",
    "de la Nappe à pois", "des Vélos bavards", "du Chou musicien", "de l’Arbre à tiroirs",
    "des Deux Marmottes",
)  # fmt: skip
COMPANIES = (
    "Société",
    "Établissements",
    "Comptoirs",
    "Ateliers",
    "Transports",
    "Services",
    "Maison",
    "Négoce",
)

# family: weight, {legal category: weight}, {activity: weight}
ESS = {
    "association": (
        80,
        {"9220": 88, "9221": 3, "9222": 2, "9223": 2, "9230": 4, "9240": 1},
        {
            "94.99Z": 22, "88.99B": 14, "93.12Z": 13, "88.91A": 9, "85.59A": 7, "88.10A": 6, "90.01Z": 6,
            "87.10A": 4,
            "85.51Z": 4, "93.29Z": 3, "91.01Z": 2, "55.20Z": 2, "81.30Z": 2, "78.20Z": 1, "38.11Z": 1,
            "59.11C": 1,
            "88.10B": 1, "85.31Z": 2,
        },
    ),
    "cooperative": (
        12,
        {"5458": 30, "5558": 14, "6595": 22, "5560": 10, "5460": 8, "5192": 5, "6317": 4, "5547": 7},
        {
            "64.19Z": 28, "43.32A": 8, "62.01Z": 8, "71.12B": 7, "18.12Z": 5, "56.10A": 5, "47.11B": 6,
            "46.21Z": 4,
            "70.22Z": 7, "49.41A": 3, "68.20A": 4, "01.13Z": 3, "38.32Z": 4, "85.59A": 6,
        },
    ),
    "mutuelle": (
        5,
        {"8210": 78, "6411": 18, "8290": 4},
        {"65.12Z": 45, "86.23Z": 18, "47.78A": 22, "86.10Z": 6, "87.30A": 9},
    ),
    "fondation": (
        3,
        {"9300": 1},
        {"86.10Z": 20, "87.30A": 22, "88.10C": 16, "94.99Z": 20, "85.42Z": 8, "87.90A": 14},
    ),
}  # fmt: skip
FLAGGED = (
    {"5710": 55, "5499": 35, "5720": 10},
    {"81.21Z": 15, "88.91A": 15, "62.01Z": 15, "47.29Z": 15, "38.21Z": 10, "56.21Z": 15, "70.22Z": 15},
)
EXCLUDED = ({"9220": 1}, {"94.12Z": 45, "94.91Z": 45, "94.11Z": 10})
COMMERCIAL = (
    {"5499": 48, "5710": 40, "5720": 7, "5599": 5},
    {
        "56.10A": 11, "56.10C": 8, "47.11B": 4, "47.71Z": 6, "47.73Z": 3, "47.24Z": 1, "10.71C": 5,
        "96.02A": 5, "43.21A": 5,
        "43.22A": 3, "43.34Z": 4, "41.20A": 3, "45.20A": 4, "49.41A": 3, "62.02A": 5, "70.22Z": 5,
        "69.10Z": 3, "69.20Z": 3,
        "68.31Z": 4, "66.22Z": 3, "86.21Z": 4, "86.23Z": 4, "81.21Z": 3, "82.99Z": 3, "46.90Z": 3,
        "25.62B": 2, "13.30Z": 1,
    },
)  # fmt: skip


class Inventor:
    """Draws from the lists above, the same way every time for one seed."""

    def __init__(self, seed: int):
        self.random = Random(seed)  # noqa: S311 not a secret
        self.units = 0

    def one(self, weights: dict[str, float]) -> str:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def siren(self) -> str:
        """Return the next SIREN of the range of made-up units, with its right check digit."""
        self.units += 1
        body = f"{MADE_UP_RANGE}{self.units:05d}"
        return body + check_digit(body)

    def name(self) -> str:
        return f"{self.random.choice(HEADS)} {self.random.choice(TAILS)} {MADE_UP}"

    def company(self) -> str:
        return f"{self.random.choice(COMPANIES)} {self.random.choice(TAILS)} {MADE_UP}"

    def ess(self) -> tuple[str, str]:
        """Return a legal category and an activity of an ESS organisation."""
        families = {family: weight for family, (weight, _categories, _activities) in ESS.items()}
        _weight, categories, activities = ESS[self.one(families)]
        return self.one(categories), self.one(activities)

    def birthday(self) -> str:
        """Return a day of creation before the vintage of the files: many young ones, some old."""
        year = min(2010, max(1925, round(2010 - self.random.expovariate(1 / 13))))
        return f"{year}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}"


def check_digit(body: str) -> str:
    """Return the digit that makes ``body`` pass Luhn's check."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body))]
    return str(-sum(value - 9 * (value > 9) for value in doubled) % 10)  # noqa: PLR2004 the sum of two digits
