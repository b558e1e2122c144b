from creasol.network.activities import (
    SECTIONS,
    activity_label,
    division_label,
    divisions_of,
    labels,
    section_of,
)


def test_labels_at_every_level():
    assert activity_label("88.10A") == "Aide à domicile"
    assert activity_label("8810A") == "Aide à domicile"
    assert activity_label("88") == "Action sociale sans hébergement"
    assert division_label("88.10A") == "Action sociale sans hébergement"
    assert activity_label("94.99Z") == "Autres organisations fonctionnant par adhésion volontaire"


def test_an_unknown_code_has_no_label_and_no_section():
    assert [
        activity_label(""),
        activity_label("00.00Z"),
        division_label("00"),
        section_of(""),
        section_of("XX.1"),
    ] == [""] * 5


def test_every_division_lies_in_a_section():
    divisions = [code for code in labels() if len(code) == 2]
    assert len(divisions) == 88
    assert "".join(dict.fromkeys(section_of(code) for code in sorted(divisions))) == "".join(SECTIONS)
    assert (section_of("88.10A"), section_of("01"), section_of("99.00Z")) == ("Q", "A", "U")


def test_sections_part_the_divisions():
    divisions = [division for section in SECTIONS for division in divisions_of(section)]
    assert divisions == sorted(set(divisions))
    assert len(divisions) == 88


def test_no_section_has_no_division():
    assert divisions_of("") == ()
    assert divisions_of("Z") == ()
