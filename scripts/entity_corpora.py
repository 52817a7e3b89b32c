"""Corpora that mark names in text, read for the entity models: a folder of corpora in, documents with marked spans out.

Each reader gives documents of one kind of name, because each corpus marks some kinds and leaves the others unmarked.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

Span = tuple[int, int]
# protein, organism, animal, species: too general to name anything
GENERAL = frozenset({"PR:000000001", "NCBITaxon:1", "NCBITaxon:33208", "NCBITaxon:species"})
_PARSER = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False, huge_tree=False)
_SHORTEST = 40  # characters of a paragraph; shorter ones are headings and labels
_NO_BLANK_BEFORE = re.compile(r"[,.;:)\]%']|''")
_NO_BLANK_AFTER = frozenset("([")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with all names of one kind marked. `spans` are `[start, end)` into `text`, sorted, none overlap; `unknown` neither are names nor are not."""

    id: str
    text: str
    spans: tuple[Span, ...]
    unknown: tuple[Span, ...] = ()


def whitetext(data: Path) -> list[Labelled]:
    """Read the brain regions of WhiteText, an abstract a document: title, blank line, abstract."""
    root = etree.parse(data / "whitetext" / "whitetext_dev.xml", _PARSER).getroot()
    return [_abstract(record) for record in root.iter("PubmedArticle")]


def _abstract(record: etree._Element) -> Labelled:
    text, spans = "", []
    for tag in ("ArticleTitle", "AbstractText"):
        field = record.find(tag)
        if field is None:
            continue
        text += "\n\n" if text else ""
        for piece, marked in _pieces(field):
            if marked:
                spans.append((len(text), len(text) + len(piece)))
            text += piece
    return Labelled(id=record.findtext("PMID") or "", text=text, spans=_apart(_trimmed(text, span) for span in spans))


def _pieces(field: etree._Element) -> Iterator[tuple[str, bool]]:
    """The runs of text of an element in reading order, with whether a child marks them."""
    yield field.text or "", False
    for child in field:
        yield "".join(child.itertext()), True
        yield child.tail or "", False


def craft(data: Path, part: str, *, ontologies: Sequence[str]) -> list[Labelled]:
    """Read the concepts of CRAFT, an article a document.

    Parameters
    ----------
    data
        The folder of corpora.
    part
        `train` or `dev`.
    ontologies
        Prefixes of the identifiers to keep: `PR`, `CHEBI`, `NCBITaxon`, `UBERON`.

    Returns
    -------
        Documents; concepts too general to name anything (`GENERAL`) are left out; of nested concepts the longest, of split ones the stretch from the first part to the last.
    """
    documents = []
    with (data / "craft" / f"concepts_{part}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            spans = [(parts[0][0], parts[-1][1]) for parts, name in record["spans"] if name.split(":")[0] in ontologies and name not in GENERAL]
            documents.append(Labelled(id=str(record["pmid"]), text=record["text"], spans=_apart(spans)))
    return documents


def anatem(data: Path, *, kind: str) -> list[Labelled]:
    """Read the spans of one kind of AnatEM, a piece of an article a document; pieces of the same article have the same identifier.

    Parameters
    ----------
    data
        The folder of corpora.
    kind
        As the corpus names it: `Cell`, `Organ`, `Tissue`.

    Returns
    -------
        Documents by their files' names; a line is a paragraph, because titles and headings stand on lines of their own.
    """
    return [_piece(path, kind) for path in sorted((data / "anatem" / "train").glob("*.txt"))]


def _piece(path: Path, kind: str) -> Labelled:
    text = path.read_text(encoding="utf-8")
    rows = (row.split("\t") for row in path.with_suffix(".ann").read_text(encoding="utf-8").splitlines())
    places = [re.findall(r"\d+", row[1].removeprefix(kind)) for row in rows if row[0].startswith("T") and row[1].split()[0] == kind]
    spans = [(int(place[0]), int(place[-1])) for place in places]
    moved = ((start + text.count("\n", 0, start), end + text.count("\n", 0, end)) for start, end in spans)
    return Labelled(id="-".join(path.stem.split("-")[:2]), text=text.replace("\n", "\n\n"), spans=_apart(moved))


def linnaeus(data: Path, part: str) -> list[Labelled]:
    """Read the species of LINNAEUS, a sentence a document, its text rebuilt from the tokens.

    Parameters
    ----------
    data
        The folder of corpora.
    part
        `train` or `devel`.
    """
    blocks = (data / "linnaeus" / f"{part}.tsv").read_text(encoding="utf-8").split("\n\n")
    rows = ([line.split("\t") for line in block.splitlines() if "\t" in line] for block in blocks)
    return [_sentence(f"{part}-{i}", [(word, tag) for word, tag in row]) for i, row in enumerate(rows) if row]


def _sentence(name: str, tokens: Sequence[tuple[str, str]]) -> Labelled:
    text, spans = "", []
    for word, tag in tokens:
        joined = not text or text[-1] in _NO_BLANK_AFTER or _NO_BLANK_BEFORE.fullmatch(word) is not None
        text += word if joined else f" {word}"
        if tag.startswith("B"):
            spans.append((len(text) - len(word), len(text)))
        elif tag.startswith("I") and spans:
            spans[-1] = (spans[-1][0], len(text))
    return Labelled(id=name, text=text, spans=tuple(spans))


def bel(data: Path, *, functions: str) -> list[Labelled]:
    """Read the evidence texts of curated BEL statements, with the names of their terms marked where the text has them as written.

    Parameters
    ----------
    data
        The folder of corpora.
    functions
        Letters of the BEL functions whose terms to mark: `pgr` proteins, genes and RNAs, `a` chemicals.

    Returns
    -------
        A document a text; terms that the text spells otherwise stay unmarked.
    """
    terms: dict[str, set[str]] = {}
    pattern = re.compile(rf"\b[{functions}]\((?:[a-z]+\()?[A-Za-z0-9]+:(?:\"([^\"]+)\"|([^,()\s]+))")
    with (data / "bel_claims" / "bel_claims_dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            names = terms.setdefault(record["evidence"], set())
            names.update(quoted or bare for quoted, bare in pattern.findall(record["statement"]))
    return [Labelled(id=f"bel-{i}", text=text, spans=_found(text, names)) for i, (text, names) in enumerate(terms.items())]


def depression(data: Path, *, without: Container[str]) -> list[Labelled]:
    """Read the abstracts of the depression collection, title and abstract, nothing marked; those of the identifiers in `without` are left out."""
    documents = []
    with (data / "depression" / "abstracts.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["abstract"] and str(record["record_id"]) not in without:
                documents.append(Labelled(id=str(record["record_id"]), text=f"{record['title'] or ''}\n\n{record['abstract']}", spans=()))
    return documents


def elife(data: Path, *, without: Container[str]) -> list[Labelled]:
    """Read the paragraphs of the eLife articles, an article a document, nothing marked; those whose files have a name in `without` are left out.

    Parameters
    ----------
    data
        The folder of corpora.
    without
        Names of files, without their ending.

    Returns
    -------
        Documents by their files' names; the lists of references are left out, and so is what is shorter than a sentence.
    """
    paths = [path for path in sorted((data / "elife_neuro_jats").glob("*.xml")) if path.stem not in without]
    return [Labelled(id=path.stem, text="\n\n".join(_paragraphs(path)), spans=()) for path in paths]


def _paragraphs(path: Path) -> Iterator[str]:
    for element in etree.parse(path, _PARSER).iter("p", "article-title"):
        text = " ".join("".join(map(str, element.itertext())).split())
        if len(text) >= _SHORTEST and not any(above.tag == "ref-list" for above in element.iterancestors()):
            yield text


def marked(documents: Iterable[Labelled], path: Path) -> list[Labelled]:
    """Put spans of a stand-off file on documents; those without any span in the file are left out.

    Parameters
    ----------
    documents
        With the texts that the offsets of the file point into.
    path
        JSON Lines: `record_id`, `start`, `end`, `label` (`molecule`, or `optional` for what counts neither way).
    """
    spans: dict[str, dict[str, list[Span]]] = {}
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            spans.setdefault(row["record_id"], {}).setdefault(row["label"], []).append((row["start"], row["end"]))
    return [
        Labelled(id=d.id, text=d.text, spans=tuple(spans[d.id].get("molecule", ())), unknown=tuple(spans[d.id].get("optional", ())))
        for d in documents
        if d.id in spans
    ]


def split(documents: Sequence[Labelled], *, share: float, seed: int) -> tuple[list[Labelled], list[Labelled]]:
    """Deal documents into two parts by their identifiers, the same way each time.

    Parameters
    ----------
    documents
        In any order.
    share
        Of the second part, 0 to 1.
    seed
        Of the shuffle.

    Returns
    -------
        The parts to train on and to hold back.
    """
    names = sorted({document.id for document in documents})
    random.Random(seed).shuffle(names)
    held = set(names[: round(len(names) * share)])
    return [d for d in documents if d.id not in held], [d for d in documents if d.id in held]


def _found(text: str, names: Iterable[str]) -> tuple[Span, ...]:
    """Where names stand as whole words; names of one character are left out."""
    patterns = (rf"(?<!\w){re.escape(name)}(?!\w)" for name in names if len(name) > 1)
    return _apart([match.span() for pattern in patterns for match in re.finditer(pattern, text, re.IGNORECASE)])


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end - len(text[start:end]) + len(text[start:end].rstrip())


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Keep of overlapping spans the longest."""
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if start < end and all(end <= first or last <= start for first, last in kept):
            kept.append((start, end))
    return tuple(sorted(kept))
