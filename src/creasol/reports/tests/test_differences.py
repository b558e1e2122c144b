import pytest

from creasol.reports.differences import pieces


def told(before, after):
    return [(piece.kind, piece.text) for piece in pieces(before, after)]


def test_words_that_differ_stand_alone():
    assert told("La crèche est pleine.", "La crèche est presque pleine.") == [
        ("kept", "La crèche est "),
        ("added", "presque "),
        ("kept", "pleine."),
    ]


def test_another_paragraph_is_another_text():
    assert told("Une.\nDeux.\n", "Une.\nTout autre chose ici, vraiment.\n") == [
        ("kept", "Une.\n"),
        ("removed", "Deux.\n"),
        ("added", "Tout autre chose ici, vraiment.\n"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("", "Un texte."),
        ("Un texte.", ""),
        ("a b c\n\nd e", "a c\n\nd e f\n"),
        ("é ’ … « »\n" * 3, "é ' … « »\n"),
        ("mot " * 5000, "mot " * 4000 + "autre"),
    ],
)
def test_both_texts_can_be_read_out_of_the_pieces(before, after):
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind != "added") == before
    assert "".join(piece.text for piece in found if piece.kind != "removed") == after
