from creasol.diagnosis.activities import SECTIONS, divisions_of


def test_sections_part_the_divisions():
    divisions = [division for section in SECTIONS for division in divisions_of(section)]
    assert divisions == sorted(set(divisions))
    assert len(divisions) == 88


def test_no_section_has_no_division():
    assert divisions_of("") == ()
    assert divisions_of("Z") == ()
