"""The whole way of an article: what is true of every claim of any text, and that a run keeps nothing of the articles before."""

import sys
from collections.abc import Callable

import pytest
from extractor.errors import UsageError
from extractor.pipeline import ArticleResult, Pipeline
from extractor.records import Article, Claim, Direction, Section
from extractor.scan import Scanner
from extractor.settings import Settings
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

MakeArticle = Callable[..., Article]
MakePipeline = Callable[[Settings], Pipeline]

TEXT = """\
Ketamine and the hippocampus of the rat

Chronic mild stress reduced the level of BDNF in the hippocampus of rats. Ketamine (10 mg/kg) significantly increased the level of BDNF in the hippocampus.

The level of serotonin was decreased by reserpine in the striatum. No change in dopamine was found in the cortex."""
SECTIONS = (Section.TITLE, Section.ABSTRACT, Section.RESULTS)
OTHER = "Exercise increased the level of IL-6 in the plasma of men. In the mice, lithium did not alter the level of GABA in the cortex."


@pytest.fixture(scope="module")
def article(make_article: MakeArticle) -> Article:
    return make_article(TEXT, sections=SECTIONS, title="Ketamine and the hippocampus of the rat")


@pytest.fixture(scope="module")
def result(article: Article, pipeline: Pipeline) -> ArticleResult:
    return pipeline.run(article)


@pytest.fixture
def make_pipeline(nlp: Language, scanner: Scanner, monkeypatch: pytest.MonkeyPatch) -> MakePipeline:
    """Build a pipeline around the parts that are loaded already."""
    monkeypatch.setattr("extractor.pipeline.build_language", lambda _: nlp)
    monkeypatch.setattr("extractor.pipeline.Scanner", lambda *_, **__: scanner)
    return Pipeline


def check_spans(article: Article, claims: tuple[Claim, ...]) -> None:
    for claim in claims:
        slots = [*claim.agents, claim.molecule, *(s for s in (claim.region, claim.species) if s is not None)]
        for piece in (*slots, claim.cue, *claim.evidence):
            assert article.text[piece.start : piece.end] == piece.text != ""
        assert claim.evidence
        home = claim.evidence[0]
        assert all(home.start <= piece.start < piece.end <= home.end for piece in (claim.molecule, claim.cue)), "molecule and cue stand in the evidence"
        assert 0 <= claim.confidence <= 1


def test_plain_sentences_give_their_claims(result: ArticleResult) -> None:
    told = {(claim.molecule.text, claim.direction) for claim in result.claims}
    assert told >= {("BDNF", Direction.INCREASE), ("BDNF", Direction.DECREASE), ("serotonin", Direction.DECREASE), ("dopamine", Direction.NO_CHANGE)}
    raised = next(c for c in result.claims if c.molecule.text == "BDNF" and c.direction is Direction.INCREASE)
    assert [agent.name for agent in raised.agents] == ["ketamine"]
    assert raised.region is not None
    assert raised.region.name == "hippocampus"
    assert raised.species is not None
    assert (raised.species.id, raised.qualifiers["dose"]) == ("ncbitaxon:10116", "10 mg/kg")
    assert raised.evidence[0].section is Section.ABSTRACT


def test_every_span_is_the_authors_words(article: Article, result: ArticleResult) -> None:
    assert result.claims
    check_spans(article, result.claims)


def test_the_counts_say_what_each_stage_saw(article: Article, result: ArticleResult) -> None:
    assert result.counts["passages"] == len(article.passages)
    assert result.counts["sentences"] >= result.counts["selected"] > 0
    assert result.counts["candidates"] >= result.counts["claims"] == len(result.claims)


def test_the_trace_comes_only_when_asked_for(article: Article, result: ArticleResult) -> None:
    assert result.trace is not None
    assert result.trace["article_id"] == article.id
    assert len(result.trace["candidates"]) == result.counts["candidates"]  # type: ignore[arg-type]
    assert len(result.trace["mentions"]) == result.counts["mentions"]  # type: ignore[arg-type]
    assert sum(chosen for _, _, chosen in result.trace["sentences"]) == result.counts["selected"]  # type: ignore[attr-defined]


def test_claims_stand_in_the_order_of_the_text_each_once(result: ArticleResult) -> None:
    places = [claim.evidence[0].start for claim in result.claims]
    assert places == sorted(places)
    assert len({claim.claim_id for claim in result.claims}) == len(result.claims)


def test_articles_leave_nothing_behind(article: Article, result: ArticleResult, pipeline: Pipeline, make_article: MakeArticle) -> None:
    other = make_article(OTHER, id="article-2")
    first = pipeline.run(other)
    assert pipeline.run(article) == result
    assert pipeline.run(other) == first
    assert not {c.claim_id for c in first.claims} & {c.claim_id for c in result.claims}


def test_an_article_without_text_has_no_claims(pipeline: Pipeline, make_article: MakeArticle) -> None:
    empty = pipeline.run(make_article(""))
    assert empty.claims == ()
    assert set(empty.counts.values()) == {0}


def test_a_result_and_the_settings_reach_another_process_as_they_were(result: ArticleResult, sent: Callable[[object], object]) -> None:
    assert sent(result) == result
    assert sent(Settings(trace=True)) == Settings(trace=True)


@pytest.mark.parametrize("agent", ["ketamine", "Ketamine", "chebi:6121"])
def test_only_claims_of_the_wanted_agents_are_kept(agent: str, article: Article, result: ArticleResult, make_pipeline: MakePipeline) -> None:
    kept = make_pipeline(Settings(agents=(agent,))).run(article)
    assert kept.trace is None
    assert kept.claims
    assert {a.name for claim in kept.claims for a in claim.agents} == {"ketamine"}
    assert {c.claim_id for c in kept.claims} < {c.claim_id for c in result.claims}


def test_claims_below_the_wanted_confidence_are_dropped(article: Article, result: ArticleResult, make_pipeline: MakePipeline) -> None:
    least = max(claim.confidence for claim in result.claims)
    kept = make_pipeline(Settings(minimum_confidence=least)).run(article).claims
    assert [c.claim_id for c in kept] == [c.claim_id for c in result.claims if c.confidence >= least]
    assert kept


def test_the_entity_models_add_agents_that_the_lexicons_lack(make_article: MakeArticle, make_pipeline: MakePipeline) -> None:
    article = make_article("Rats were given ABG-4471 (10 mg/kg). ABG-4471 increased the level of BDNF in the hippocampus of rats.")
    plain = make_pipeline(Settings()).run(article)
    helped = make_pipeline(Settings(entity_models=("chemistry", "region"))).run(article)
    assert helped.counts["mentions"] >= plain.counts["mentions"]
    assert {k: v for k, v in helped.counts.items() if k in ("sentences", "selected", "cues")} == {
        k: v for k, v in plain.counts.items() if k in ("sentences", "selected", "cues")
    }
    assert "ABG-4471" in {agent.text for claim in helped.claims for agent in claim.agents}
    check_spans(article, helped.claims)


def test_gilda_is_asked_for_only_where_the_settings_say_so(make_pipeline: MakePipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gilda", None)
    make_pipeline(Settings())
    with pytest.raises(UsageError, match="^gilda is not installed"):
        make_pipeline(Settings(gilda=True))


def test_a_model_that_is_not_installed_stops_the_run_before_it_starts() -> None:
    with pytest.raises(UsageError, match="^the model 'no_such_model' is not installed"):
        Pipeline(Settings(), model="no_such_model")


WORDS = st.sampled_from(
    [
        "ketamine", "Stress", "BDNF", "TNF‑α", "5-HT", "serotonin", "increased", "reduced", "reversed the", "the decrease in", "hippocampal", "in the striatum", "of rats", "mice",
        "but not", "and", "did not", "(mPFC)", "medial prefrontal cortex", "mPFC", "levels", "-induced", "by", "than in controls", "higher", "were", "may", "İ", "10 mg/kg", ",",
        ". The", ".", ";", "\n\n", "\n", "(", ")", "?", "To test whether", "no change in", "mRNA", "\u00a0", "respectively",
        "Ketamine raised the level of BDNF", "The level of GABA was reduced by stress", "the stress-induced rise in IL-6 was blocked by lithium",
    ]
)  # fmt: skip


@given(st.lists(WORDS, min_size=3, max_size=35).map(" ".join))
@settings(max_examples=100)
def test_what_is_true_of_every_claim_of_any_text(pipeline: Pipeline, make_article: MakeArticle, text: str) -> None:
    article = make_article(text, sections=(Section.TITLE, Section.ABSTRACT, Section.RESULTS))
    result = pipeline.run(article)
    check_spans(article, result.claims)
    assert [c.claim_id for c in result.claims] == list(dict.fromkeys(c.claim_id for c in result.claims))
    assert pipeline.run(article) == result


@given(st.text(max_size=200))
@settings(max_examples=30)
def test_any_text_is_run_without_an_error(pipeline: Pipeline, make_article: MakeArticle, text: str) -> None:
    article = make_article(f"BDNF rose {text} in ketamine rats")
    check_spans(article, pipeline.run(article).claims)
