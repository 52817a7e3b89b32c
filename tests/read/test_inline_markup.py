import pytest
from extractor.read.inline_markup import pieces
from hypothesis import given
from hypothesis import strategies as st


def words(line):
    return "".join(piece.text for piece in pieces(line))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("the *in vivo* and **in vitro** trials", "the in vivo and in vitro trials"),
        ("<i>Bdnf</i> and H<sub>2</sub>O", "Bdnf and H2O"),
        ("a ^{13}C label and Ca^{2+}", "a 13C label and Ca2+"),
        ("GABA_{A} receptors", "GABAA receptors"),
        ("subunit $\\alpha 1$ of $x + y$", "subunit α1 of $x + y$"),
        ("*p < 0.05, ** p < 0.01; 2*3*4", "*p < 0.05, ** p < 0.01; 2*3*4"),
        ("GABA_A, TNF_alpha and x^2", "GABA_A, TNF_alpha and x^2"),
    ],
)
def test_marks_go_and_words_stay(line, expected):
    assert words(line) == expected


@pytest.mark.parametrize(
    ("line", "raised"), [("depression.^{2,3} Then", ["2,3"]), ("rose^{1–4}", ["1–4"]), ("^{13}C", []), ("a ^{13}C", []), ("Ca^{2+}", []), ("x^{2}y", [])]
)
def test_only_a_number_after_a_word_may_be_a_citation(line, raised):
    assert [piece.text for piece in pieces(line) if piece.kind == "raised"] == raised


@given(st.text(alphabet="ab *_^{}$\\1<i>/α", max_size=40))
def test_every_character_is_in_one_piece(line):
    place = 100
    for piece in pieces(line, start=100):
        assert piece.start == place
        place += piece.consumed
        assert piece.kind == "markup" or len(piece.text) != piece.consumed or line[piece.start - 100 : place - 100] == piece.text
    assert place == 100 + len(line)
