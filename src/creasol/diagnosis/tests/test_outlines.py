import json

import pytest

from creasol.diagnosis.sources import outlines
from creasol.diagnosis.sources.files import found_files
from creasol.diagnosis.sources.geojson import features, polygons
from creasol.diagnosis.sources.refusals import BadInputError

from .files import OFFICIAL, engine, official_files, stream

pytestmark = pytest.mark.usefixtures("in_english")

SQUARE = [[3.0, 50.5], [3.1, 50.5], [3.1, 50.6], [3.0, 50.6], [3.0, 50.5]]
OTHER = [[4.0, 50.5], [4.1, 50.5], [4.1, 50.6], [4.0, 50.5]]


def feature(code="59193", geometry=None, name="code"):
    return {
        "type": "Feature",
        "properties": {name: code},
        "geometry": geometry or {"type": "Polygon", "coordinates": [SQUARE]},
    }


def write(folder, *items, name="contours.2018.geojson"):
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(items)}))
    return path


def read(folder, path, **options):
    with engine(folder, **options) as space:
        extract = outlines.read(space, found_files(space, [path]), vintage=None)
        rows = stream(space, extract, "outlines")
        return (
            {row["commune_id"]: json.loads(row["geometry"]) for row in rows},
            extract.report,
            extract.vintage,
        )


@pytest.mark.parametrize("name", ["code", "CODGEO", "insee", "INSEE_COM", "code_insee", "codeCommune"])
def test_the_code_may_have_several_names(tmp_path, name):
    found, report, vintage = read(tmp_path, write(tmp_path, feature(name=name)))
    assert found == {"59193": {"type": "Polygon", "coordinates": [SQUARE]}}
    assert (vintage, report.rows_read, report.rows_used) == ("2018", 1, 1)


def test_what_cannot_be_drawn_is_refused_by_reason(tmp_path):
    bad = [
        {"type": "Point", "coordinates": [3, 50]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[3, 50], [3.1, 50]]]},
        {"type": "Polygon", "coordinates": [[[3, 50], [4, 50], [5, 50], [3, 50]]]},
        {"type": "Polygon", "coordinates": [[["3", "50"], [4, 50], [4, 51], [3, 50]]]},
        {
            "type": "Polygon",
            "coordinates": [[[704000, 7060000], [705000, 7060000], [705000, 7061000], [704000, 7060000]]],
        },
        {"type": "Polygon", "coordinates": {"a": 1}},
        "nothing",
    ]
    path = write(
        tmp_path,
        feature(),
        feature(),
        feature("99999"),
        feature(name="nom"),
        *(feature("59585", shape) for shape in bad),
    )
    found, report, _vintage = read(tmp_path, path)
    assert list(found) == ["59193"]
    assert report.refused == {"twice": 1, "unknown-commune": 1, "no-code": 1, "bad-geometry": 8}
    assert (report.rows_read, report.rows_used) == (12, 1)
    assert [(example.line, example.met) for example in report.examples][:3] == [
        (2, "59193"),
        (3, "99999"),
        (4, "–"),
    ]


def test_former_communes_lend_their_outline_and_associated_ones_are_within_the_whole(tmp_path):
    other = {"type": "Polygon", "coordinates": [OTHER]}
    path = write(
        tmp_path, feature("59193"), feature("59001", other), feature("59350"), feature("59355", other)
    )
    found, report, _vintage = read(tmp_path, path)
    assert found["59193"] == {"type": "MultiPolygon", "coordinates": [[SQUARE], [OTHER]]}
    assert found["59350"] == {"type": "Polygon", "coordinates": [SQUARE]}
    assert (report.left_aside, report.notes) == ({"part-of-commune": 1}, {"folded": 1})


def test_points_that_change_nothing_are_dropped_and_rings_closed():
    ring = [[3, 50], [3.05, 50.00001], [3.1, 50], [3.1, 50], [3.1, 50.1], [3.00001, 50.1]]
    assert polygons({"type": "Polygon", "coordinates": [ring]}) == [
        [[[3, 50], [3.1, 50], [3.1, 50.1], [3.0, 50.1], [3, 50]]]
    ]


def test_a_file_is_read_feature_by_feature(tmp_path):
    path = write(tmp_path, *(feature(f"{number:05d}") for number in range(20_000)))
    assert [item["properties"]["code"] for item in features(path, "x")] == [
        f"{number:05d}" for number in range(20_000)
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"type": "Point", "coordinates": [3, 50]}', "expected a GeoJSON FeatureCollection"),
        ('{"features": {"a": 1}}', "expected a GeoJSON FeatureCollection"),
        ('{"features": [{"type": "Feature", "prop', "is not whole GeoJSON"),
        ('{"features": [{"type": "Feature"}', "ends in the middle"),
        ('{"features": [' + "[" * 200_000, "nested too deeply"),
        ('{"features": [{"properties": {"nom": "x"}}]}', "no feature is a polygon"),
    ],
)
def test_what_is_not_whole_geojson_is_said_in_one_line(tmp_path, text, message):
    path = tmp_path / "contours 2018.json"
    path.write_text(text)
    with pytest.raises(BadInputError, match=message):
        read(tmp_path, path)


@official_files
def test_the_95_communes_of_the_metropole(tmp_path):
    path = OFFICIAL / "mel-communes.2018.geojson"
    codes = [item["properties"]["code"] for item in features(path, path.name)]
    found, report, _vintage = read(tmp_path, path, places=[(code, code, "") for code in codes])
    assert (len(found), report.rows_used, report.refused) == (95, 95, {})
