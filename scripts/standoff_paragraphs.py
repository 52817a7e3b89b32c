"""Annotated paragraphs in, gold/paragraphs.jsonl out: their claims as offsets, without the texts. And how far two readers agree.

    python scripts/standoff_paragraphs.py --answers FILE... --paragraphs FILE... --corpora DIR
    python scripts/standoff_paragraphs.py --agreement --corpora DIR

A paragraphs file is a JSON list of objects with `corpus` (folder below DIR), `file`, `record_id`, `start`, `end` and `text`. An answers file is a JSON
object: `record_id:start` of every paragraph that its reader saw, with a list of claims. The answers that name a paragraph first are reader 1.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from extractor.errors import DataError
from extractor.evaluate import METRICS, Alignment, GoldArticle, load_gold
from extractor.evaluate.gold import GoldArticleRow, GoldClaimRow
from extractor.evaluate.intervals import Interval
from extractor.evaluate.match import align
from extractor.evaluate.metrics import count_matrix
from extractor.evaluate.scores import figures
from extractor.learn.examples import Example, articles_of
from extractor.learn.standoff import StandoffParagraph, digest, from_paragraphs, stand_off
from extractor.records import Article
from pydantic import BaseModel, TypeAdapter, ValidationError

OUT = Path(__file__).resolve().parents[1] / "gold" / "paragraphs.jsonl"
READERS = 2
SLOTS = ("direction", "region", "species", "form", "agent", "agent_type", "certainty", "attribution", "presupposed")
FIGURES = ("exact.f1", "lenient.f1", "full.f1", *(f"aligned.{slot}" for slot in SLOTS))
Parsed = TypeVar("Parsed")


class Paragraph(BaseModel):
    """A paragraph as it was given to the readers; what else its object holds is passed over."""

    corpus: str
    file: str
    record_id: str
    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """What answers call it."""
        return f"{self.record_id}:{self.start}"


Answers = dict[str, list[GoldClaimRow]]


def _parse(path: Path, parser: TypeAdapter[Parsed]) -> Parsed:
    try:
        return parser.validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(str(part) for part in first["loc"])
        raise DataError(f"{where}: {first['msg']}", place=path, expected="a file as this script's docstring describes it") from error


def paragraphs_of(paths: Sequence[Path]) -> dict[str, Paragraph]:
    """Read paragraphs by their key; one that stands in several files counts once. Raises `DataError` where a file is broken."""
    return {one.key: one for path in paths for one in _parse(path, TypeAdapter(list[Paragraph]))}


def lines(answers: Sequence[Path], paragraphs: Mapping[str, Paragraph], *, corpora: Path) -> list[StandoffParagraph]:
    """Turn answers into lines, sorted by corpus, file, place and reader.

    Raises
    ------
    DataError
        A file is broken, an answer is about an unknown paragraph, a paragraph has no answer or too many, or words are not in the text.
    InputError
        An article cannot be read.
    """
    given = [(path, key, rows) for path in answers for key, rows in _parse(path, TypeAdapter(Answers)).items()]
    for path, key, _ in given:
        if key not in paragraphs:
            raise DataError(f"paragraph {key!r}", place=path, expected="a paragraph of the paragraph files")
    readings = Counter(key for _, key, _ in given)
    odd = {key: readings[key] for key in paragraphs if not 1 <= readings[key] <= READERS}
    if odd:
        raise DataError(f"readings of paragraphs: {odd}", place=", ".join(map(str, answers)), expected=f"1 to {READERS} of each")
    articles = {file: articles_of([file]) for file in {corpora / one.corpus / one.file for one in paragraphs.values()}}
    found: list[StandoffParagraph] = []
    seen: set[str] = set()
    for path, key, rows in given:
        one = paragraphs[key]
        article = articles[corpora / one.corpus / one.file].get(one.record_id)
        found.append(_line(one, article, rows, reader=2 if key in seen else 1, path=path))
        seen.add(key)
    return sorted(found, key=lambda line: (line.corpus, line.file, line.start, line.reader))


def _line(one: Paragraph, article: Article | None, rows: Sequence[GoldClaimRow], *, reader: int, path: Path) -> StandoffParagraph:
    if article is None or article.text[one.start : one.end] != one.text:
        raise DataError(f"paragraph {one.key!r} is not in {one.corpus}/{one.file}", place=path, expected="the text that was annotated")
    within = (one.start, one.end)
    claims = [stand_off(row, article.text, within=within, place=f"{path}: claim {no} of {one.key!r}") for no, row in enumerate(rows, 1)]
    head = one.model_dump(exclude={"text"})
    return StandoffParagraph.model_validate({**head, "sha256": digest(one.text), "reader": reader, "claims": claims})


def write(found: Sequence[StandoffParagraph], path: Path) -> None:
    """Write one line a paragraph and reader, its keys sorted."""
    path.write_text("".join(json.dumps(line.model_dump(mode="json"), ensure_ascii=False, sort_keys=True) + "\n" for line in found), "utf-8")


def readings_of(examples: Sequence[Example]) -> list[GoldArticle]:
    """Make a reader's paragraphs comparable, by way of a gold file, so that they go through the checks of every gold."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reading.jsonl"
        rows = [GoldArticleRow(record_id=_key(one), claims=tuple(claim.row for claim in one.claims)) for one in examples]
        path.write_text("".join(row.model_dump_json() + "\n" for row in rows), "utf-8")
        return load_gold(path)


def _key(example: Example) -> str:
    return f"{example.article.id}:{example.span[0] if example.span else 0}"


def aligned_readings(path: Path, *, corpora: Path) -> list[Alignment]:
    """Pair the claims of the two readers, paragraph by paragraph, where both read it; the first reader stands as the gold."""
    first, second = ({one.id: one for one in readings_of(from_paragraphs(path, corpora, reader=reader))} for reader in (1, 2))
    return [align(first[key], second[key].claims) for key in sorted(second)]


def agreement(alignments: Sequence[Alignment]) -> dict[str, tuple[Interval, int]]:
    """Compute FIGURES, each with its interval over paragraphs and the claims or pairs that it counts."""
    found = figures(alignments)
    return {name: (found[name], int(_counted(alignments, name))) for name in FIGURES}


def _counted(alignments: Sequence[Alignment], name: str) -> float:
    counts = count_matrix(alignments, METRICS[name]).sum(axis=0)
    return float(counts[1] if name.startswith("aligned.") else counts[0] + counts[1])


def told(alignments: Sequence[Alignment]) -> Iterator[str]:
    """Give the lines of the table of agreement, as Markdown."""
    first, second = (sum(len(claims) for claims in each) for each in zip(*((one.gold, one.predicted) for one in alignments), strict=True))
    yield f"{len(alignments)} paragraphs, {first} claims of the first reader, {second} of the second"
    yield ""
    yield "| figure | value | 95 % interval | of |"
    yield "|---|---|---|---|"
    pairs = sum(len(one.pairs["aligned"]) for one in alignments)
    yield f"| F1 of claims about one molecule in one statement | {2 * pairs / (first + second):.3f} | | {first + second} claims |"
    for name, (figure, counted) in agreement(alignments).items():
        value, low, high = ("n/a" if end is None else f"{end:.3f}" for end in (figure.value, figure.low, figure.high))
        yield f"| {name} | {value} | {low} to {high} | {counted} {'pairs' if name.startswith('aligned.') else 'claims'} |"


def main(
    corpora: Annotated[Path, typer.Option(help="Folder that holds the corpora.")],
    answers: Annotated[list[Path] | None, typer.Option(help="Answers; of two about a paragraph the first is reader 1.")] = None,
    paragraphs: Annotated[list[Path] | None, typer.Option(help="The paragraphs that were annotated.")] = None,
    out: Annotated[Path, typer.Option(help="The stand-off file.")] = OUT,
    agreement: Annotated[bool, typer.Option("--agreement", help="Print how far the two readers of the file agree.")] = False,
) -> None:
    """Write the stand-off file, measure the agreement of its readers, or both."""
    if answers and paragraphs:
        found = lines(answers, paragraphs_of(paragraphs), corpora=corpora)
        write(found, out)
        typer.echo(f"{out.name}: {len(found)} lines, {sum(len(line.claims) for line in found)} claims")
    elif answers or paragraphs or not agreement:
        raise typer.BadParameter("--answers and --paragraphs go together; without them only --agreement makes sense")
    if agreement:
        typer.echo("\n".join(told(aligned_readings(out, corpora=corpora))))


if __name__ == "__main__":
    typer.run(main)
