from creasol.reports.comparing import Change, compare
from creasol.reports.document.schema import (
    Block,
    Commune,
    Comparable,
    Figure,
    Perimeter,
    Place,
    Row,
    Section,
    Source,
    Thin,
    ThinList,
)

from .factories import make_document


def figure(key="population", **over):
    fields = {
        "label": key.capitalize(),
        "definition": "…",
        "text": "10",
        "value": 10,
        "origin": "INSEE, 2022",
    }
    return Figure(key=key, **{**fields, **over})


def document(*figures, **over):
    return make_document(blocks=(Block(key="place", label="Le territoire", figures=figures),), **over)


def thin(count, verdict="moins nombreux"):
    line = Thin(
        kind="facilities",
        key="D502",
        label="Crèche",
        count=count,
        rate=0.1,
        low=0,
        high=1,
        verdict="thin",
        verdict_text=verdict,
    )
    return (ThinList(kind="facilities", label="Équipements", lines=(line,)),)


def test_two_equal_documents_have_no_difference():
    one = document(figure(), sections=(Section(title="En bref", text="Un texte."),))
    assert compare(one, one).is_empty
    assert compare(one, one).unchanged == 1


def test_a_value_and_a_vintage_change_apart():
    before = document(figure(), figure("jobs"), figure("area"))
    after = document(figure(text="12", value=12), figure("jobs", origin="INSEE, 2023"), figure("area"))
    values, origins = compare(before, after).figures
    assert (values.key, values.value, values.has_other_origin) == (
        "population",
        Change("Population", "10", "12"),
        False,
    )
    assert (origins.key, origins.has_other_value) == ("jobs", False)
    assert origins.origin == Change("Jobs", "INSEE, 2022", "INSEE, 2023")
    assert compare(before, after).unchanged == 1


def test_figures_that_come_and_go_are_told():
    found = compare(document(figure("old")), document(figure("new"), figure("none", reason="non disponible")))
    assert [one.value for one in found.figures] == [
        Change("New", "", "10"),
        Change("None", "", "non disponible"),
        Change("Old", "10", ""),
    ]
    assert found.unchanged == 0


def test_bars_are_compared_line_by_line():
    def bars(*rows):
        return document(figure("families", text="—", value=None, rows=rows))

    same = Row(key="a", label="Associations", count=3, value=0.5, text="50 %")
    before = bars(same, Row(key="c", label="Coopératives", count=2, value=0.2, text="20 %"))
    after = bars(same, Row(key="c", label="Coopératives", count=4, value=0.3, text="30 %"))
    (found,) = compare(before, after).figures
    assert found.rows == (Change("Coopératives", "20 % (2)", "30 % (4)"),)
    assert found.value == Change("Families", "", "")


def test_texts_are_compared_word_by_word_whatever_their_place():
    before = make_document(
        sections=(
            Section(title="Un", text="La crèche est pleine."),
            Section(title="Deux"),
            Section(title="Trois"),
        )
    )
    after = make_document(
        sections=(
            Section(title="Trois"),
            Section(title="Un", text="La crèche est vide."),
            Section(title="Deux bis", indicators=("population",)),
        )
    )
    one, two = compare(before, after).texts
    assert [(piece.kind, piece.text) for piece in one.text] == [
        ("kept", "La crèche est "),
        ("removed", "pleine"),
        ("added", "vide"),
        ("kept", "."),
    ]
    assert two.title == Change("Deux bis", "Deux", "Deux bis")
    assert two.figures == (Change("population", "", "population"),)


def test_the_frame_the_communes_the_sources_and_what_lacks():
    before = make_document(
        place=Place(name="Sud", communes=(Commune(code="1", name="Seclin"), Commune(code="2", name="Loos"))),
        sources=(Source(title="SIRENE", source="SIRENE", vintage="2026-01"),),
        comparables=(Comparable(key="weppes", name="Weppes", distance=1),),
        thin=thin(1),
    )
    after = make_document(
        title="Autre titre",
        place=Place(name="Sud", communes=(Commune(code="1", name="Seclin"), Commune(code="3", name="Lomme"))),
        reference=Place(name="Métropole"),
        perimeter=Perimeter(mode="law-2014", label="Loi de 2014", version="2026.1", definition="…"),
        sources=(Source(title="SIRENE", source="SIRENE", vintage="2027-01"),),
        comparables=(Comparable(key="lys", name="Lys", distance=1),),
        thin=thin(3),
    )
    found = compare(before, after)
    assert found.frame == (
        Change("title", "Diagnostic", "Autre titre"),
        Change("reference", "", "Métropole"),
        Change("perimeter", "INSEE (2026.1)", "Loi de 2014 (2026.1)"),
    )
    assert found.communes == (Change("Lomme", "", "Lomme"), Change("Loos", "Loos", ""))
    assert found.sources == (Change("SIRENE", "2026-01", "2027-01"),)
    assert found.comparables == (Change("Lys", "", "Lys"), Change("Weppes", "Weppes", ""))
    assert found.thin == (Change("Crèche", "1 · moins nombreux", "3 · moins nombreux"),)
