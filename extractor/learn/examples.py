"""A gold file and its articles in, examples out: each article with its claims and where their words stand in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractor.errors import DataError, InputError
from extractor.evaluate.gold import GoldArticleRow, GoldClaimRow
from extractor.read import read
from extractor.records import Article, Section
from extractor.schema import read_records

Source = Literal["abstracts", "elife", "paragraphs", "sentences", "decisions"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """An annotated claim with the places of its words, all into `Article.text`.

    `molecule` is None where the row names no words for it, or words that the annotated text does not hold. `unknown` are the slots (tasks of the
    models) of which nobody has said what is right; what the row has there is not learned.
    """

    row: GoldClaimRow
    evidence: Span
    cue: Span
    molecule: Span | None
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Example:
    """An article and all that was annotated of it: what holds no claim there is known to hold none.

    Only the parts of the article in `sections` (empty: all) and inside `span` (None: all) are annotated. `corpus` is the folder of a stand-off paragraph.
    """

    article: Article
    claims: tuple[LabelledClaim, ...]
    source: Source
    sections: frozenset[Section] = frozenset()
    span: Span | None = None
    corpus: str = ""

    @property
    def key(self) -> str:
        """What tells it from other examples: the article's identifier, of a part of an article with its place."""
        return self.article.id if self.span is None else f"{self.article.id}:{self.span[0]}"


def articles_of(paths: Iterable[Path]) -> dict[str, Article]:
    """Read the articles of files, by their identifier; the only article of a file also by the file's stem.

    Raises
    ------
    InputError
        A file or one of its articles cannot be read.
    """
    found: dict[str, Article] = {}
    for path in paths:
        articles = list(_readable(path))
        found.update((article.id, article) for article in articles)
        if len(articles) == 1:
            found[path.name.partition(".")[0]] = articles[0]
    return found


def _readable(path: Path) -> Iterator[Article]:
    for article in read(path):
        if isinstance(article, InputError):
            raise article
        yield article


def from_gold(path: Path, articles: Mapping[str, Article], *, source: Source) -> list[Example]:
    """Read a gold file into examples.

    Parameters
    ----------
    path
        A JSONL file, one annotated article a line.
    articles
        By the `record_id` of the gold. An article that is not among them gives no example; `missing_articles` names those.
    source
        What the examples are said to come from.

    Raises
    ------
    DataError
        A line is broken, or the evidence or the cue of a claim is not in the text.
    """
    rows = [row for row in read_records(path, GoldArticleRow) if row.record_id in articles]
    return [_example(row, articles[row.record_id], source=source, path=path) for row in rows]


def missing_articles(path: Path, articles: Mapping[str, Article]) -> tuple[str, ...]:
    """Return the record identifiers of a gold file that `from_gold` passes over, in file order."""
    return tuple(row.record_id for row in read_records(path, GoldArticleRow) if row.record_id not in articles)


def _example(row: GoldArticleRow, article: Article, *, source: Source, path: Path) -> Example:
    claims = tuple(label(claim, article.text, place=f"{path}: claim {no} of {row.record_id!r}") for no, claim in enumerate(row.claims, 1))
    sections = frozenset(section for section in row.sections_annotated if section != "all")
    return Example(article=article, claims=claims, source=source, sections=sections)


def label(row: GoldClaimRow, text: str, *, place: str, within: Span | None = None) -> LabelledClaim:
    """Find the words of a claim.

    Parameters
    ----------
    row
        The claim as annotated.
    text
        The text of the article.
    place
        File and line or claim, for messages.
    within
        The annotated part of the text; None for all of it.

    Returns
    -------
        Evidence where it first stands. Of several cues in it and several places of the molecule, the two that are nearest to each
        other; the molecule is looked for outside of the evidence only where the evidence does not hold it.

    Raises
    ------
    DataError
        The evidence is not in the text, or the cue not in the evidence.
    """
    whole = within or (0, len(text))
    evidences = occurrences(text, row.evidence, within=whole)
    if not evidences:
        raise DataError(f"evidence {row.evidence[:60]!r} is not in the text", place=place, expected="words of the article, character for character")
    cues = occurrences(text, row.cue, within=evidences[0])
    if not cues:
        raise DataError(f"cue {row.cue!r} is not in the evidence", place=place, expected="words of the evidence, character for character")
    words = row.molecule_text
    molecules = (occurrences(text, words, within=evidences[0]) or occurrences(text, words, within=whole)) if words else []
    if not molecules:
        return LabelledClaim(row=row, evidence=evidences[0], cue=cues[0], molecule=None)
    cue, molecule = nearest(cues, molecules)
    return LabelledClaim(row=row, evidence=evidences[0], cue=cue, molecule=molecule)


def occurrences(text: str, words: str, *, within: Span) -> list[Span]:
    """Return where words stand in a part of a text: as words of their own, or where they nowhere do, inside others."""
    found = []
    start = text.find(words, *within)
    while start >= 0:
        found.append((start, start + len(words)))
        start = text.find(words, start + 1, within[1])
    return [span for span in found if _stands_alone(text, span)] or found


def _stands_alone(text: str, span: Span) -> bool:
    """Whether no letter or digit goes on where a span begins or ends with one."""
    start, end = span
    before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return not (len(before) == 2 and before.isalnum()) and not (len(after) == 2 and after.isalnum())


def nearest(ones: Sequence[Span], others: Sequence[Span]) -> tuple[Span, Span]:
    """Return the two spans, one of each list, with the fewest characters between them; the first such two."""
    pairs = [(one, other) for one in ones for other in others]
    return min(pairs, key=lambda pair: max(pair[0][0] - pair[1][1], pair[1][0] - pair[0][1], 0))


def counts(examples: Iterable[Example]) -> Counter[str]:
    """Count examples, those without a claim, claims, and claims whose molecule was not found."""
    total: Counter[str] = Counter(examples=0, negative=0, claims=0, without_molecule=0)
    for example in examples:
        total["examples"] += 1
        total["negative"] += not example.claims
        total["claims"] += len(example.claims)
        total["without_molecule"] += sum(claim.molecule is None for claim in example.claims)
    return total
