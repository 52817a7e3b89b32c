"""Features that join cue and way, and what stands above a cue: there where they hold, and without names."""

from collections.abc import Callable

import pytest
from extractor.records import Article, Passage, Receipt, Scan, Section, Sentence
from extractor.relate.pair_features import above_family, join_family
from extractor.relate.view import SentenceView, views

MakeParsed = Callable[..., tuple[object, tuple[object, ...]]]
PLAIN = "[Ketamine](agent) [increased](cue) the level of [BDNF](molecule) in the [hippocampus](region)."
TWO = "The drug [increased](cue) the level of [BDNF](molecule) and [reduced](cue) the level of [NGF](molecule)."


def view_of(make_parsed: MakeParsed, marked: str, *, syntax: bool = True) -> SentenceView:
    parsed, cues = make_parsed(marked, syntax=syntax)
    text = parsed.doc.text  # type: ignore[attr-defined]
    passage = Passage(start=0, end=len(text), kind="paragraph", section=Section.RESULTS, section_path=())
    article = Article(id="a", text=text, passages=(passage,), title="", source="a", sha256="", receipt=Receipt(read=len(text)))
    sentence = Sentence(0, len(text), 0)
    scan = Scan(sentences=(sentence,), selected=(sentence,), mentions=parsed.mentions, cues=cues, abbreviations={})  # type: ignore[attr-defined, arg-type]
    (view,) = views(article, scan, [parsed])  # type: ignore[list-item]
    return view


def joined(view: SentenceView, cue: str, molecule: str) -> set[str]:
    items = view.units.items
    (pair,) = (p for p in view.pairs if (items[p.cue].lower, items[p.molecule].lower) == (cue, molecule))
    return set(join_family(view, pair))


def test_lemma_and_kind_are_joined_with_rule_and_way(make_parsed: MakeParsed) -> None:
    found = joined(view_of(make_parsed, PLAIN), "increased", "bdnf")
    assert {"lemma=increase|d.object", "kind=change|d.object|increase", "path=dobj> prep> pobj>|increase"} <= found
    assert "cues on path=0|change|True" in found


def test_a_cue_farther_away_in_the_parse_has_a_lower_rank(make_parsed: MakeParsed) -> None:
    view = view_of(make_parsed, TWO)
    assert "path rank=0|True" in joined(view, "increased", "bdnf")
    assert "path rank=1|False" in joined(view, "reduced", "bdnf")
    assert "cues on path=1|change|False" in joined(view, "increased", "ngf")


@pytest.mark.parametrize(
    ("feature", "marked", "other"),
    [
        ("above=tested", "We tested whether it [increased](cue) [BDNF](molecule).", "It [increased](cue) [BDNF](molecule)."),
        ("above=known", "It is known to [increase](cue) [BDNF](molecule).", "We saw it [increase](cue) [BDNF](molecule)."),
        ("root=showed", "Rats showed [increased](cue) [BDNF](molecule).", "Rats had [increased](cue) [BDNF](molecule)."),
    ],
)
def test_what_stands_above_a_cue_is_told(feature: str, marked: str, other: str, make_parsed: MakeParsed) -> None:
    views_ = [view_of(make_parsed, text) for text in (marked, other)]
    assert [feature in set(above_family(view, view.pairs[0])) for view in views_] == [True, False]


def test_without_a_parse_only_the_rule_is_joined(make_parsed: MakeParsed) -> None:
    view = view_of(make_parsed, PLAIN, syntax=False)
    assert [f for f in join_family(view, view.pairs[0]) if f.startswith("path")] == []
    assert list(above_family(view, view.pairs[0])) == []


def test_no_feature_holds_a_name(make_parsed: MakeParsed) -> None:
    view = view_of(make_parsed, PLAIN)
    features = [f.lower() for family in (join_family, above_family) for f in family(view, view.pairs[0])]
    assert [f for f in features if "bdnf" in f or "ketamine" in f] == []
