"""What stands in the rows of claims beside each other."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from extractor.normalise.among import NAMES, described
from extractor.records import AgentType, Article, Claim, Cue, Direction, Distance, Evidence, Form, Section, Slot
from extractor.trees import logit

TEXT = "Rising BDNF\n\nKetamine raised BDNF in the cortex. It raised BDNF in the striatum too."


def slot(text: str, *, known: str | None = None, distance: Distance | None = Distance.CLAUSE) -> Slot:
    return Slot(text=text, start=0, end=len(text), id=known, name=None, distance=distance)


def stated(at: int, section: Section = Section.RESULTS) -> tuple[Evidence, ...]:
    return (Evidence(start=at, end=at + 10, text=TEXT[at : at + 10], section=section, section_path=(), rules=()),)


PARTS = {"claim": 0.8, "region": 0.6, "species": 0.5, "agent": 0.5}
PLAIN = Claim(
    claim_id="1", loose_id="1", agents=(slot("ketamine", known="chebi:6121"),), agent_type=AgentType.DRUG, molecule=slot("BDNF", known="hgnc:1033", distance=None),
    form=Form.LEVEL, region=slot("cortex", known="uberon:1", distance=Distance.PARAGRAPH), direction=Direction.INCREASE, cue=Cue("raised", 22, 28), species=None,
    certainty="asserted", presupposed=False, attribution="own", citations=(), qualifiers={}, evidence=stated(13), confidence=0.5, probabilities=PARTS,
)  # fmt: skip
TITLE = replace(PLAIN, evidence=stated(0, Section.TITLE), agents=(slot("drugs"),), form=Form.MRNA, probabilities=PARTS | {"claim": 0.6})
STRIATUM = replace(PLAIN, evidence=stated(50), region=slot("striatum", known="uberon:2"), probabilities=PARTS | {"region": 0.9})
FALL = replace(PLAIN, direction=Direction.DECREASE, certainty="hedged", probabilities=PARTS | {"claim": 0.3})


@pytest.fixture(scope="module")
def article(make_article: Callable[..., Article]) -> Article:
    return make_article(TEXT, sections=(Section.TITLE, Section.RESULTS), kinds=("title", "paragraph"))


def rows(article: Article, *claims: Claim) -> list[dict[str, float]]:
    return [dict(zip(NAMES, map(float, row), strict=True)) for row in described(article, claims)]


def test_a_claim_alone_has_no_rival(article: Article) -> None:
    (row,) = rows(article, PLAIN)
    assert row["claim"] == pytest.approx(logit(0.8))
    assert row["total"] == pytest.approx(logit(0.8) + logit(0.6) / 2)
    assert {row[name] for name in NAMES if ": lead" in name or name.endswith("shared") and "lead" in name} == {9.0}
    assert (row["same"], row["claims"], row["claims of the sentence"], row["rank"]) == (0, 1, 1, 0)
    assert (row["in results"], row["in title"], row["place in the passage"], row["sentences"]) == (1, 0, 0, 1)
    assert (row["no region"], row["no species"], row["rung of the region"], row["rung of the species"]) == (0, 1, 2, 5)
    assert (row["decrease"], row["hedged"], row["molecule not grounded"], row["an agent not grounded"]) == (0, 0, 0, 0)


def test_what_the_title_says_again(article: Article) -> None:
    title, body = rows(article, TITLE, PLAIN)
    gap = logit(0.8) - logit(0.6)
    assert (body["same"], body["same: lead elsewhere"], body["same: lead here"]) == (1, pytest.approx(gap), 9)
    assert title["same: lead elsewhere"] == pytest.approx(-gap)
    assert (title["same: agents shared"], title["same: form"], title["rank"]) == (0, 0, 0.5)
    assert (body["same: earlier"], title["same: earlier"]) == (1, 0)
    assert (title["in title"], title["an agent not grounded"]) == (1, 1)
    (again, _) = rows(article, replace(TITLE, agents=(slot("ketamine salts"),), form=Form.LEVEL), PLAIN)
    assert (again["same: agents shared"], again["same: form and agents"]) == (1, 1), "one word of the agent in common"


def test_the_same_change_elsewhere_and_the_contrary(article: Article) -> None:
    plain, striatum, fall = rows(article, PLAIN, STRIATUM, FALL)
    assert (plain["elsewhere: count"], plain["elsewhere: in the sentence"], plain["contrary: count"]) == (1, 0, 1)
    assert plain["elsewhere: lead"] == pytest.approx((logit(0.6) - logit(0.9)) / 2)
    assert plain["contrary: lead"] == pytest.approx(logit(0.8) - logit(0.3))
    assert (striatum["contrary: count"], striatum["claims of the sentence"], plain["claims of the sentence"]) == (0, 1, 2)
    assert striatum["place in the passage"] == pytest.approx(37 / 70, abs=0.02)
    assert (fall["decrease"], fall["hedged"], fall["elsewhere: count"]) == (1, 1, 0)
    assert (plain["claims of the molecule"], plain["claims of the place in the sentence"], plain["places of the change in the sentence"]) == (3, 2, 1)


def test_no_claims_give_no_rows(article: Article) -> None:
    assert described(article, []).shape == (0, len(NAMES))
