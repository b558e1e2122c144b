from creasol.network.activities import (
    SECTIONS,
    activity_label,
    division_label,
    labels,
    section_label,
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
    assert section_label("Z") == ""


def test_every_division_lies_in_a_section():
    divisions = [code for code in labels() if len(code) == 2]
    assert len(divisions) == 88
    assert "".join(dict.fromkeys(section_of(code) for code in sorted(divisions))) == "".join(SECTIONS)
    assert (section_of("88.10A"), section_of("01"), section_of("99.00Z")) == ("Q", "A", "U")
    assert section_label(section_of("85.59A")) == "Enseignement"
