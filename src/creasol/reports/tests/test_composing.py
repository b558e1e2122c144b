from datetime import UTC, datetime

import pytest
from django.core.cache import caches

from creasol.diagnosis.enums import Domain, Family, Source
from creasol.diagnosis.models import Dataset
from creasol.diagnosis.queries.choices import choose
from creasol.diagnosis.tests.factories import (
    make_dataset,
    make_declared_figure,
    make_establishment,
    make_observation,
    make_outline,
    make_own_indicator,
    make_own_value,
)
from creasol.reports.document.composing import compose
from creasol.reports.document.schema import Document, Section, Writer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def composed(language="fr", **over):
    words = {"title": "Diagnostic de Couronne Sud", "at": AT, "language": language}
    return compose(choose(slug="couronne-sud"), **{**words, **over})


def test_a_document_holds_numbers_and_the_words_for_them(couronne):
    found = composed(version=2, reason="Une source corrigée.", edition="Couronne Sud 2026")
    assert (found.place.name, found.place.slug) == ("Couronne Sud", "couronne-sud")
    assert found.reference.name == "Métropole"
    assert (found.version, found.reason, found.edition) == (2, "Une source corrigée.", "Couronne Sud 2026")
    assert found.made_at == "2026-11-23T09:00:00+00:00"
    population = found.figures["population"]
    assert (population.value, population.text, population.vintage) == (12_000, "12\u202f000", "2023")
    assert population.origin == "Populations légales (INSEE), 2023"
    assert found.figures["ess_establishments"].reference == 2
    assert found.figures["area_km2"].reason.startswith("non disponible")
    families = found.figures["ess_by_family"].rows
    assert [(row.key, row.count, row.text, row.percent) for row in families] == [
        ("association", 2, "100,0\u202f%", 100)
    ]
    assert [(commune.code, commune.population, commune.ess) for commune in found.place.communes] == [
        ("59560", 12_000, 2)
    ]


def test_it_is_made_in_the_language_asked_for(couronne):
    english = composed("en")
    assert english.figures["population"].text == "12,000"
    assert [block.label for block in english.blocks][:2] == ["The place", "The social and solidarity economy"]
    assert english.methods[0].title == "What is counted as social and solidarity economy"


def test_what_people_wrote_is_in_it(couronne):
    anne = Writer(name="Anne Dubois", organisation="La Régie")
    section = Section(title="En bref", text="Un *texte*.", writers=(anne,), indicators=("population",))
    found = composed(sections=[section], writers=[anne])
    assert found.sections == (section,)
    assert found.writers == (anne,)


def test_later_imports_change_nothing_in_it(couronne):
    before = composed()
    make_establishment(Dataset.objects.get(source=Source.SIRENE), couronne.communes.get())
    caches["default"].clear()  # no journal tells of what a factory makes
    assert before.figures["ess_establishments"].value == 2
    assert composed().figures["ess_establishments"].value == 3
    assert Document.model_validate_json(before.model_dump_json()) == before


def test_the_second_perimeter_stands_beside_the_first_where_it_differs(couronne):
    register = Dataset.objects.get(source=Source.SIRENE)
    make_establishment(register, couronne.communes.get(), family=Family.COMPANY, in_insee=False)
    found = composed()
    assert found.perimeter.mode == "insee"
    assert found.second_perimeter.perimeter.mode == "law-2014"
    assert (found.second_perimeter.only_first, found.second_perimeter.only_second) == (0, 1)
    number = found.figures["ess_establishments"]
    assert (number.text, number.other_text, number.other_value) == ("2", "3", 3)
    assert found.figures["population"].other_text == ""


def test_what_is_thin_comes_with_its_rates_and_its_source(couronne, metropole):
    facilities = make_dataset(Source.FACILITIES)
    for commune in metropole.communes.all():
        lille = commune.code == "59350"
        for measure in (Domain.HEALTH, "D265"):
            make_observation(facilities, commune, 60 if lille else 5, measure)
    found = composed()
    listed, activities = found.thin
    assert (listed.kind, activities.kind) == ("facilities", "activities")
    assert [(line.key, line.count, line.verdict) for line in listed.lines] == [("D265", 5, "thin")]
    line = listed.lines[0]
    assert line.rate == pytest.approx(5 / 12)
    assert line.reference_rate == pytest.approx(65 / 24)
    assert line.shortfall == pytest.approx(65 / 2 - 5)
    assert listed.origin == "Base permanente des équipements, BPE (INSEE), 2024"
    assert listed.told == "Types examinés\u00a0: 1. Types aux nombres trop petits pour conclure\u00a0: 0."
    assert "Base permanente des équipements, BPE (INSEE)" in [source.source for source in found.sources]


def test_declared_figures_stand_beside_the_computed_ones(couronne):
    make_declared_figure(couronne, indicator="population", value=11_500, source="Une lettre", dated="2011")
    quote = composed().quotes[0]
    assert (quote.text, quote.computed_text, quote.source, quote.dated) == (
        "11\u202f500", "12\u202f000", "Une lettre", "2011",
    )  # fmt: skip


def test_indicators_added_from_a_table_stand_in_it_with_their_source(couronne, seclin):
    indicator = make_own_indicator(key="k", name="Logements vides", source="LOVAC", licence="Etalab")
    make_own_value(indicator=indicator, commune=seclin, value=40)
    found = composed()
    assert (found.blocks[-1].label, found.figures["own_k"].text) == ("Indicateurs ajoutés ici", "40")
    assert found.sources[-1].model_dump() == {
        "title": "Logements vides",
        "source": "LOVAC",
        "vintage": "2023",
        "licence": "Etalab",
        "synthetic": False,
        "imported_on": "",
    }


def test_maps_are_drawings_with_their_words(couronne, metropole):
    outlines = make_dataset(Source.OUTLINES)
    for commune in metropole.communes.all():
        make_outline(outlines, commune)
    circles, shades = composed().drawings
    assert circles.title == "Établissements employeurs de l’ESS par commune"
    assert circles.svg.startswith("<svg ")
    assert circles.svg.endswith("</svg>")
    assert "Seclin : 2 établissements de l’ESS" in circles.alternative.replace("\u00a0", " ")
    assert 'fill="#0b4442"' in shades.svg


def test_example_rows_make_the_whole_an_example(couronne):
    assert not composed().synthetic
    Dataset.objects.filter(source=Source.SIRENE).update(synthetic=True)
    found = composed()
    assert found.synthetic
    assert [source.synthetic for source in found.sources] == [False, True]
    assert found.methods[-1].title == "Données d’exemple, synthétiques"
