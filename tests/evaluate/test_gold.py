import json

import pytest
from extractor.errors import DataError, UsageError
from extractor.evaluate.gold import load_gold

CLAIM = {
    "cue": "raised", "evidence": "Ketamine raised BDNF in the CA1.", "molecule": "brain-derived neurotrophic factor (BDNF)", "molecule_id_hint": "BDNF",
    "molecule_text": "BDNF", "direction": "increase", "form": "level", "agent_type": "drug", "agent": ["ketamine"], "region_canonical": "CA1", "region": "CA1",
    "region_text": "CA1", "attribution": "own", "presupposed": False, "certainty": "asserted", "species_text": None, "species": "rat", "qualifiers": "10 mg/kg",
}  # fmt: skip


@pytest.fixture
def write(tmp_path):
    """Write a gold file: one article a list of claims."""

    def make(*articles, name="gold.jsonl"):
        path = tmp_path / name
        rows = [row if isinstance(row, str) else json.dumps({"record_id": f"r{no}", "claims": row}) for no, row in enumerate(articles, 1)]
        path.write_text("\n".join(rows) + "\n", "utf-8")
        return path

    return make


def test_articles_with_and_without_claims(write):
    first, second = load_gold(write([CLAIM], []))
    assert (first.id, second.id, second.claims) == ("r1", "r2", ())
    (claim,) = first.claims
    assert claim.core == "BDNF ↑ | CA1 | rat"
    assert claim.stated == {"region": True}
    assert claim.words == {"agent": ("ketamine",), "molecule": ("BDNF",), "region": ("CA1",)}
    assert first.complete
    assert first.sections == frozenset()


def test_not_stated_is_none(write):
    (article,) = load_gold(write([{**CLAIM, "region_canonical": "not stated", "species": "not stated"}]))
    assert (article.claims[0].region, article.claims[0].species) == (None, None)


def test_restatements_are_joined_with_all_their_evidence(write):
    again = {
        **CLAIM,
        "evidence": "BDNF was higher after ketamine.",
        "cue": "higher",
        "qualifiers": "24 h",
        "section": "results",
        "species_text": "rats",
        "region_text": "CA1",
    }
    (article,) = load_gold(write([CLAIM, again, {**again, "form": "mRNA"}, {**again, "direction": "decrease"}]))
    assert len(article.claims) == 3
    assert article.restatements == 1
    assert article.claims[0].evidence == (CLAIM["evidence"], again["evidence"])
    assert article.claims[0].qualifiers == "10 mg/kg; 24 h"
    assert article.claims[0].sections == ("results",)
    assert article.claims[0].stated == {"region": True, "species": False}, "the region stands in the first quote, rats in neither"


def test_restatements_beside_a_claim_are_evidence_too(write):
    (article,) = load_gold(write([{**CLAIM, "restatements": ["CA1 BDNF rose.", CLAIM["evidence"]]}]))
    assert article.claims[0].evidence == (CLAIM["evidence"], "CA1 BDNF rose.")


def test_only_some_sections_annotated(write):
    row = json.dumps({"record_id": "e1", "sections_annotated": ["abstract", "results", "caption"], "claims": [CLAIM]})
    assert load_gold(write(row))[0].sections == {"abstract", "results", "caption"}


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        (["{"], r"gold\.jsonl:1: Invalid JSON"),
        ([[CLAIM], [{**CLAIM, "direction": "up"}]], r"gold\.jsonl:2: field claims\.0\.direction: Input should be 'increase', 'decrease' or 'no_change'"),
        ([[{**CLAIM, "colour": "red"}]], r"gold\.jsonl:1: field claims\.0\.colour: Extra inputs are not permitted"),
        ([[{**CLAIM, "agent": []}]], r"gold\.jsonl:1: field claims\.0\.agent: Tuple should have at least 1 item"),
        ([[], [CLAIM, {**CLAIM, "species": "unicorn"}]], r"gold\.jsonl:2 claim 2: species 'unicorn'; expected a species"),
        ([[CLAIM, CLAIM]], r"gold\.jsonl:1: claim 2 of 'r1' a second time; expected each claim once"),
        (
            ['{"record_id": "x", "claims": []}', "", '{"record_id": "x", "claims": []}'],
            r"gold\.jsonl:3: record 'x' a second time; expected one line an article",
        ),
    ],
)
def test_broken_gold_is_named_with_file_and_line(write, articles, message):
    with pytest.raises(DataError, match=message):
        load_gold(write(*articles))


def test_a_missing_file_and_an_unknown_kind_are_errors(tmp_path):
    with pytest.raises(DataError, match="no such file"):
        load_gold(tmp_path / "none.jsonl")
    with pytest.raises(UsageError, match=r"gold 'claims\.xlsx'; expected 'table1', 'table1:supported', 'table1:prose', a \.jsonl or a \.tsv file"):
        load_gold("claims.xlsx")


@pytest.mark.shared
@pytest.mark.parametrize(("name", "articles", "printed"), [("abstracts_dev", 328, 1302), ("elife_dev", 7, 441)])
def test_the_annotated_corpora_load(shared, name, articles, printed):
    gold = load_gold(shared / "gold" / f"{name}.jsonl")
    assert len(gold) == articles
    assert sum(len(article.claims) + article.restatements for article in gold) == printed
    assert sum(article.restatements for article in gold) < printed / 2
