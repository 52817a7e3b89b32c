import pytest
from extractor.evaluate.cards import Piece, cards, contradiction, marked
from extractor.evaluate.funnel import losses


@pytest.fixture(scope="module")
def five(claim, scored):
    """One gold claim of every status, and one prediction that is extra."""
    gold = [claim("BDNF"), claim("mTOR", "CA1"), claim("TrkB", evidence=("TrkB rose.",)), claim("IL6")]
    predicted = [
        claim("BDNF", form="mRNA", confidence=0.8),
        claim("mTOR", "hippocampus"),
        claim("TrkB", direction="decrease", evidence=("TrkB fell.",)),
        claim("GluA1"),
    ]
    alignment = scored(gold, predicted)
    return cards([alignment], losses([alignment]))


def test_a_card_for_every_gold_claim_and_every_prediction_without_a_partner(five):
    told = [(card.claim.molecule.shown, card.status) for card in five]
    assert told == [("BDNF", "found"), ("mTOR", "near"), ("TrkB", "contradicted"), ("IL6", "missed"), ("TrkB", "extra"), ("GluA1", "extra")]
    assert [card.number for card in five] == list(range(6))


def test_slots_of_both_sides_stand_beside_each_other(five):
    found = {row.slot: row for row in five[0].rows}
    assert (found["form"].gold, found["form"].predicted, found["form"].agrees) == ("level", "mRNA", False)
    assert (found["direction"].gold, found["direction"].agrees) == ("increase", True)
    missed = {row.slot: row for row in five[3].rows}
    assert (missed["species"].gold, missed["species"].predicted, missed["species"].agrees) == ("rat", "", None)
    assert five[0].confidence == 0.8
    assert five[3].confidence is None
    assert (five[0].note, five[3].note) == ("", "lost at: no trace; differs in: no claim about this molecule")


def test_a_contradiction_shows_what_both_say(five):
    assert [(quote.source, quote.pieces[0].text) for quote in five[2].quotes] == [("gold", "TrkB rose."), ("run", "TrkB fell.")]
    assert five[2].hint == "a: TrkB ↑ | hippocampus | rat (contradicted) — TrkB rose."
    assert five[3].hint.endswith("no quote")


def test_a_prediction_with_a_partner_of_its_own_contradicts_nothing(claim, scored):
    """Two gold claims, up after an hour and down after a day; the run has the first only."""
    alignment = scored([claim(), claim(direction="decrease")], [claim()])
    assert contradiction(alignment, 1) is None
    assert contradiction(scored([claim(direction="decrease")], [claim()]), 0) == 0
    both = scored([claim(), claim(form="mRNA")], [claim(), claim(direction="decrease")])
    assert contradiction(both, 1) is None, "the run states it, and the other gold claim took it"
    assert contradiction(scored([claim(direction="decrease")], [claim(region="striatum")]), 0) is None


def test_words_of_a_claim_are_marked_in_its_evidence(claim):
    one = claim(cue="raised", words={"agent": ("ketamine",), "molecule": ("BDNF", "BDNF protein"), "region": ("CA1",)})
    text = "Ketamine raised BDNF protein, not proBDNF, in CA1."
    assert marked(text, one) == (
        Piece("Ketamine", "agent"), Piece(" "), Piece("raised", "cue"), Piece(" "), Piece("BDNF protein", "molecule"), Piece(", not proBDNF, in "), Piece("CA1", "region"), Piece("."),
    )  # fmt: skip
    assert "".join(piece.text for piece in marked(text, one)) == text
    assert marked("", one) == ()
