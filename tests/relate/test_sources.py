"""What the sentences of an article tell."""

from collections.abc import Callable

from extractor.records import Article, Mention, Scan, Sentence
from extractor.relate.sources import Sources

TEXT = "BDNF is known to bind. We gave zinc to rats. It rose."


def test_a_sentence_tells_whose_finding_where_and_in_which_words(make_article: Callable[..., Article]) -> None:
    ends = [TEXT.index(".", start) + 1 for start in (0, 25, 48)]
    starts = [0, TEXT.index("We"), TEXT.index("It")]
    sentences = tuple(Sentence(start=s, end=e, passage=0) for s, e in zip(starts, ends, strict=True))
    names = (("BDNF", "molecule"), ("zinc", "agent"), ("rats", "species"))
    mentions = tuple(Mention(start=TEXT.index(word), end=TEXT.index(word) + len(word), text=word, kind=kind) for word, kind in names)  # type: ignore[arg-type]
    sources = Sources(make_article(TEXT), Scan(sentences=sentences, selected=(), mentions=mentions, cues=(), abbreviations={}))
    assert [sources[i].place for i in range(3)] == ["first", "between", "last"]
    assert [sources[i].words for i in range(3)] == [("is", "known", "to", "bind"), ("we", "gave", "to"), ("it", "rose")]
    assert [sources[i].told for i in range(3)] == ["background", "own", "own"]
    assert sources[0] is sources[0]
