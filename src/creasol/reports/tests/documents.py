"""A document with a little of everything, as a territory of any size would give it."""

from creasol.reports.document.schema import (
    Block,
    Commune,
    Comparable,
    Document,
    Drawing,
    Feature,
    Figure,
    Method,
    Perimeter,
    Place,
    Quote,
    Row,
    SecondPerimeter,
    Section,
    Source,
    Thin,
    ThinList,
    Writer,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 300">'
    '<circle cx="100" cy="100" r="40" fill="#0f6b61"/><text x="100" y="160">Seclin</text></svg>'
)
ORIGIN = {
    "source": "Répertoire SIRENE (INSEE)",
    "vintage": "2026-01",
    "origin": "Répertoire SIRENE, janvier 2026",
}


def full_document(
    *, communes: int = 13, title: str = "Diagnostic de Couronne Sud", text: str = "", **over
) -> Document:
    """Return a document of a version, with as many communes as wanted."""
    anne = Writer(name="Anne Dubois", organisation="La Régie")
    population = Figure(
        key="population",
        label="Habitants",
        definition="Population municipale.",
        unit="habitants",
        text="118\u202f064",
        value=118_064,
        reference=1_163_337,
        reference_text="1\u202f163\u202f337",
        source="Populations légales (INSEE)",
        vintage="2023",
        origin="Populations légales (INSEE), 2023",
    )
    jobs = Figure(
        key="ess_jobs",
        label="Emplois de l’ESS",
        definition="Emplois de ces établissements.",
        unit="emplois",
        text="1\u202f652\u00a0– 3\u202f310",
        low=1652,
        high=3310,
        other_text="1\u202f767\u00a0– 3\u202f537",
        synthetic=True,
        **ORIGIN,
    )
    area = Figure(
        key="area_km2", label="Superficie", definition="Somme.", reason="non disponible\u00a0: importez"
    )
    families = Figure(
        key="ess_by_family",
        label="Par famille",
        definition="Part de chaque famille.",
        unit="part",
        rows=(
            Row(key="association", label="associations", count=165, count_text="165", value=0.764, text="76,4\u202f%",
                reference=0.804, reference_text="80,4\u202f%", percent=100),
            Row(key="mutuelle", label="mutuelles", count=13, count_text="13", value=0.06, text="6,0\u202f%", percent=8),
        ),
        **ORIGIN,
    )  # fmt: skip
    quotients = Figure(
        key="ess_specialisation",
        label="Plus présentes ici",
        definition="Part de l’activité divisée par sa part dans la référence.",
        unit="fois la part",
        rows=(
            Row(key="A", label="Agriculture", count=4, count_text="4", value=6.15, text="6,15", low=1.68, high=15.7,
                range_text="1,68\u00a0– 15,75"),
            Row(key="Q", label="Santé", count=63, count_text="63", value=0.96, text="0,96", low=0.7, high=1.2,
                range_text="0,70\u00a0– 1,20"),
        ),
        **ORIGIN,
    )  # fmt: skip
    nurseries = Thin(
        kind="facilities", key="D502", label="Accueil du jeune enfant", count=14, rate=0.1186, low=0.06, high=0.2,
        reference_rate=0.35, comparables_rate=0.36, shortfall=27.4, verdict="thin", verdict_text="plus rare",
    )  # fmt: skip
    fields = {
        "language": "fr",
        "title": title,
        "place": Place(
            name="Couronne Sud",
            slug="couronne-sud",
            communes=tuple(
                Commune(code=f"{59000 + number}", name=f"Commune {number}", population=1000 + number, ess=number)
                for number in range(1, communes + 1)
            ),
        ),
        "reference": Place(name="Métropole"),
        "perimeter": Perimeter(
            mode="insee", label="INSEE", version="2026.1", definition="Les associations.", provisional=True
        ),
        "second_perimeter": SecondPerimeter(
            perimeter=Perimeter(mode="law-2014", label="Loi", version="2026.1", definition="Avec les sociétés."),
            only_second=14,
        ),
        "edition": "Couronne Sud 2026",
        "version": 2,
        "reason": "Une source a été corrigée.",
        "made_at": "2026-11-23T09:00:00+00:00",
        "synthetic": True,
        "sections": (
            Section(
                title="Vieillir chez soi",
                text=text or "Les **habitants** vieillissent : il manque des services.",
                writers=(anne,),
                indicators=("population", "ess_by_family", "gone"),
            ),
        ),
        "blocks": (
            Block(key="place", label="Le territoire", figures=(population, area)),
            Block(key="ess", label="L’économie sociale et solidaire", figures=(jobs,)),
            Block(key="make-up", label="Sa composition", figures=(families, quotients)),
        ),
        "quotes": (
            Quote(label="Habitants", text="109\u202f041", computed_text="118\u202f064", source="Lettre", dated="2011"),
        ),
        "comparables": (
            Comparable(
                key="nord",
                name="Couronne Nord",
                distance=0.5,
                why="Par ses habitants.",
                features=(Feature(label="Habitants", here="118\u202f064", there="143\u202f982"),),
            ),
        ),
        "thin": (
            ThinList(kind="facilities", label="Équipements", origin="BPE, 2024", tested=96,
                     told="Types examinés\u00a0: 96.", lines=(nurseries,)),
            ThinList(kind="activities", label="Activités", reason="non disponible\u00a0: importez SIRENE"),
        ),
        "drawings": (Drawing(key="map-1", title="Établissements par commune", alternative="Carte : Seclin.", svg=SVG),),
        "sources": (
            Source(title="Populations légales", source="populations", vintage="2023", licence="Licence Ouverte 2.0"),
        ),
        "methods": (Method(title="Des emplois en fourchette", text="Le répertoire donne des tranches."),),
        "writers": (anne,),
    }  # fmt: skip
    return Document(**{**fields, **over})
