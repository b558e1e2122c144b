import pytest

from creasol.foundation.prose import allowed, blocks_of


def test_blocks_and_looks():
    assert blocks_of("Une *vraie* **école** : `x`") == [
        {
            "kind": "p",
            "runs": [
                {"text": "Une "},
                {"text": "vraie", "em": True},
                {"text": " "},
                {"text": "école", "strong": True},
                {"text": "\u00a0: "},
                {"text": "x", "code": True},
            ],
        }
    ]


def test_lists_quotes_rules_code_and_tables():
    text = "- a\n- b\n\n1. c\n\n> d\n\n---\n\n```\ne\n```\n\n| f | g |\n|---|---|\n| h | i |\n"
    a, b, c, d, h, i, f, g = ([{"text": letter}] for letter in "abcdhifg")
    assert blocks_of(text) == [
        {"kind": "ul", "items": [[{"kind": "p", "runs": a}], [{"kind": "p", "runs": b}]]},
        {"kind": "ol", "items": [[{"kind": "p", "runs": c}]]},
        {"kind": "quote", "blocks": [{"kind": "p", "runs": d}]},
        {"kind": "rule"},
        {"kind": "code", "text": "e"},
        {"kind": "table", "rows": [[f, g], [h, i]]},
    ]


def test_no_level_of_heading_is_skipped():
    found = blocks_of("### a\n\n###### b\n\n# c\n\n### d")
    assert [block["level"] for block in found] == [1, 2, 1, 2]


def test_tags_are_left_out_and_their_words_kept():
    assert blocks_of("a <b>c</b>")[0]["runs"] == [{"text": "a "}, {"text": "c"}]
    assert blocks_of("<div>Un mot</div>\n\n<script>alert(1)</script>") == [
        {"kind": "p", "runs": [{"text": "Un mot"}]}
    ]


def test_links_lead_to_the_web_and_to_mail_alone():
    runs = blocks_of("[a](https://example.org) [b](javascript:alert%281%29) [c](mailto:a@example.org)")[0][
        "runs"
    ]
    assert [run["href"] for run in runs if "href" in run][:1] == ["https://example.org"]
    assert "mailto:a@example.org" in [run.get("href") for run in runs]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/x", "http://[x"]
)
def test_other_addresses_are_not_followed(address):
    assert allowed(address) == ""


def test_the_words_of_a_picture_stand_for_it():
    assert blocks_of("![Le marché](a.png)") == [{"kind": "p", "runs": [{"text": "Le marché"}]}]
