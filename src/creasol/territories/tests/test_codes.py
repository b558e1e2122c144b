import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creasol.territories.enums import FormerKind
from creasol.territories.queries import read_pasted, resolve_codes
from creasol.territories.tests.factories import make_commune, make_former_commune

pytestmark = pytest.mark.django_db


@pytest.fixture
def lille():
    return make_commune(code="59350", name="Lille", postcodes="59000 59800")


@pytest.fixture
def lomme(lille):
    return make_former_commune(code="59355", name="Lomme", commune=lille, kind=FormerKind.ASSOCIATED)


class TestResolving:
    def test_codes_of_today_keep_their_order_once(self, lille):
        loos = make_commune(code="59360", name="Loos")
        found = resolve_codes(["59360", "59350", "59360"])
        assert (found.communes, found.folded, found.unknown) == ((loos, lille), {}, ())

    def test_former_codes_are_folded_into_the_commune_of_today(self, lille, lomme):
        found = resolve_codes(["59355", "59350"])
        assert (found.communes, found.folded, found.unknown) == ((lille,), {"59355": lille}, ())

    def test_unknown_codes_are_told_as_written(self, lille):
        found = resolve_codes([" 99999 ", "59350", "xyz", "", " "])
        assert (found.communes, found.unknown) == ((lille,), ("99999", "xyz"))

    def test_a_lost_zero_and_small_letters_are_understood(self):
        ain, corsica = make_commune(code="01001"), make_commune(code="2A004")
        assert resolve_codes(["1001", "2a004"]).communes == (ain, corsica)

    def test_two_queries_whatever_the_number(self, lille, lomme, django_assert_num_queries):
        with django_assert_num_queries(2):
            resolve_codes(["59350", "59355", "99999", "99998"])

    def test_nothing_gives_nothing(self):
        assert resolve_codes([]).communes == ()

    @settings(deadline=None)  # it goes to the database
    @given(st.lists(st.sampled_from(["59350", "59355", "59360", "99999", "1001", "2A004", "x"]), max_size=12))
    def test_every_code_comes_to_a_commune_or_is_told(self, codes):
        known = {"59350": make_commune(code="59350"), "59360": make_commune(code="59360")}
        make_former_commune(code="59355", commune=known["59350"])
        try:
            found = resolve_codes(codes)
            today = {"59350": "59350", "59355": "59350", "59360": "59360"}
            assert [commune.code for commune in found.communes] == list(
                dict.fromkeys(today[code] for code in codes if code in today)
            )
            assert set(found.unknown) == {code for code in codes if code not in today}
            assert set(found.folded) == {"59355"} & set(codes)
        finally:
            for commune in known.values():
                commune.delete()


class TestPasting:
    @pytest.mark.parametrize(
        "text",
        [
            "59350 59360",
            "59350,59360",
            "59350;59360\n",
            "59350\t59360",
            "59350 Lille\n59360 Loos",
            "Lille, Loos",
            "LILLE\nloos",
        ],
    )
    def test_any_separator_codes_or_names(self, lille, text):
        loos = make_commune(code="59360", name="Loos")
        assert read_pasted(text).resolution.communes == (lille, loos)

    def test_a_former_name_is_folded(self, lille, lomme):
        pasted = read_pasted("Lomme")
        assert (pasted.resolution.communes, pasted.resolution.folded) == ((lille,), {"59355": lille})

    def test_a_name_borne_twice_is_to_choose(self):
        one, other = make_commune(name="Saint-Denis"), make_commune(name="Saint-Denis")
        pasted = read_pasted("saint denis")
        assert pasted.resolution.communes == ()
        assert pasted.ambiguous == {"saint denis": (one, other)}

    def test_a_name_that_several_former_communes_bore_is_to_choose(self, lille):
        loos = make_commune(name="Loos")
        for commune in (lille, loos):
            make_former_commune(name="Le Bourg", commune=commune)
        assert read_pasted("Le Bourg").ambiguous == {"Le Bourg": (lille, loos)}

    def test_thousands_of_unknown_codes_are_told(self):
        codes = [f"{number:05}" for number in range(3000)]
        assert len(read_pasted("\n".join(codes)).resolution.unknown) == 3000

    def test_a_postcode_is_not_a_code(self, lille):
        pasted = read_pasted("59800")
        assert (pasted.resolution.communes, pasted.resolution.unknown) == ((), ())
        assert pasted.ambiguous == {"59800": (lille,)}

    def test_what_nobody_bears_is_told(self, lille):
        pasted = read_pasted("59350\nAtlantide\n99999")
        assert (pasted.resolution.communes, pasted.resolution.unknown) == ((lille,), ("99999", "Atlantide"))

    def test_hostile_input_says_nothing(self):
        assert read_pasted("'; DROP TABLE--\n%_\\\n\x00").resolution.communes == ()
        assert read_pasted("").resolution.unknown == ()
