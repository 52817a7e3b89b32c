"""Files of sentences written for training in, one small article an item out. corpus/README.md describes the format."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from pydantic import ValidationError

from extractor.errors import DataError
from extractor.evaluate.gold import GoldClaimRow
from extractor.evaluate.names import NOT_STATED, resolve
from extractor.learn.examples import Example, LabelledClaim, Span, nearest, occurrences
from extractor.records import Article, Passage, Receipt, Section
from extractor.tables import Row, read_rows

SPECIES_TABLE = "species.tsv"
_FIELDS = "= agents | agent type | molecule | form | region or - | direction | species or - | cue | flags"
_FEWEST, _MOST = 8, 9
_FLAGS: Mapping[str, Mapping[str, object]] = {
    "presupposed": {"presupposed": True},
    "hedged": {"certainty": "hedged"},
    "background": {"attribution": "background"},
}
_NUMBERED = re.compile(r"(?P<words>.+)@(?P<number>[1-9])")


class SpeciesWords(Row):
    """Words of an item that name a species only there ("donors"), and the species."""

    words: str
    species: str


@dataclass(frozen=True, slots=True)
class _Item:
    """An item as it stands in its file: `claims` are lines with their numbers."""

    path: Path
    line: int
    text: str
    group: str
    claims: tuple[tuple[int, str], ...] = ()


def from_sentences(folder: Path) -> list[Example]:
    """Read all `*.txt` files of a folder.

    Parameters
    ----------
    folder
        Holds the files, and if need be a `species.tsv` with the columns `words` and `species` for what the lexicon does not know.

    Returns
    -------
        One example an item: an article of one paragraph, its id `file stem:line`, its group among the keywords.

    Raises
    ------
    DataError
        The folder holds no such file, an item stands twice, or a line is broken; the message names file and line.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise DataError("no .txt file", place=folder, expected="files of training sentences")
    table = folder / SPECIES_TABLE
    known = {row.words: row.species for row in read_rows(table, SpeciesWords)} if table.is_file() else {}
    seen: dict[str, str] = {}
    examples = []
    for item in (item for path in paths for item in _items(path)):
        place = f"{item.path}:{item.line}"
        if item.text in seen:
            raise DataError("an item a second time", place=place, expected="each item once", repair=f"delete it here or at {seen[item.text]}")
        seen[item.text] = place
        examples.append(_example(item, known=known))
    return examples


def _items(path: Path) -> Iterator[_Item]:
    group, item = "", None
    for no, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        place, line = f"{path}:{no}", line.strip()
        if line.startswith("="):
            if item is None:
                raise DataError("a claim without an item", place=place, expected="a line of text above it")
            item = replace(item, claims=(*item.claims, (no, line)))
        elif line:
            if item is not None:
                yield item
            group, item = (line[2:].strip(), None) if line.startswith("##") else (group, _Item(path=path, line=no, text=line, group=group))
            if not group:
                raise DataError("an item without a group", place=place, expected="a line `## name` above it")
    if item is not None:
        yield item


def _example(item: _Item, *, known: Mapping[str, str]) -> Example:
    text = item.text
    article = Article(
        id=f"{item.path.stem}:{item.line}",
        text=text,
        passages=(Passage(start=0, end=len(text), kind="paragraph", section=Section.ABSTRACT),),
        title="",
        source=item.path.name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        receipt=Receipt(read=len(text)),
        keywords=(item.group,),
    )
    claims = tuple(_claim(line, text, place=f"{item.path}:{no}", known=known) for no, line in item.claims)
    return Example(article=article, claims=claims, source="sentences")


def _claim(line: str, text: str, *, place: str, known: Mapping[str, str]) -> LabelledClaim:
    fields = [field.strip() for field in line[1:].split("|")]
    if not _FEWEST <= len(fields) <= _MOST:
        raise DataError(f"{len(fields)} fields", place=place, expected=f"{_FEWEST} or {_MOST}: `{_FIELDS}`")
    agents, agent_type, molecule, form, region, direction, species, cue = fields[:_FEWEST]
    row = {
        "agent": tuple(_words(agent.strip(), text, place=place) for agent in agents.split(" ; ")),
        "agent_type": agent_type,
        "molecule": (named := _words(molecule, text, place=place)),
        "molecule_id_hint": named,
        "molecule_text": named,
        "form": form,
        "direction": direction,
        "cue": _words(cue, text, place=place),
        "evidence": text,
        "section": Section.ABSTRACT,
        **_stated("region", region, text, place=place),
        **_stated("species", species, text, place=place),
        **_flagged(fields[_FEWEST:], place=place),
    }
    if row["species_text"] is not None:
        row["species"] = species_of(str(row["species_text"]), known=known, place=place)
    cue_at, molecule_at = nearest(_places(cue, text), _places(molecule, text))
    return LabelledClaim(row=_row(row, place=place), evidence=(0, len(text)), cue=cue_at, molecule=molecule_at)


def _words(field: str, text: str, *, place: str) -> str:
    """The words of a field without the number of their occurrence. Raises `DataError` where the item does not hold them."""
    words, number = _split(field)
    found = text.count(words) if words else 0
    if found < max(1, number):
        raise DataError(
            f"{field!r} is not in the item, which holds {words!r} {found} times", place=place, expected="words of the item, character for character"
        )
    return words


def _split(field: str) -> tuple[str, int]:
    match = _NUMBERED.fullmatch(field)
    return (match["words"], int(match["number"])) if match else (field, 0)


def _places(field: str, text: str) -> list[Span]:
    """Where a field can stand: the numbered occurrence, or without a number all of them."""
    words, number = _split(field)
    whole = occurrences(text, words, within=(0, len(text)))
    if not number:
        return whole
    every = [(match.start(), match.end()) for match in re.finditer(re.escape(words), text)]
    return [(whole if number <= len(whole) else every)[number - 1]]


def _stated(slot: str, field: str, text: str, *, place: str) -> dict[str, object]:
    words = None if field == "-" else _words(field, text, place=place)
    canonical = {"region_canonical": words or NOT_STATED} if slot == "region" else {}
    return {slot: words or NOT_STATED, f"{slot}_text": words, **canonical}


def _flagged(fields: list[str], *, place: str) -> dict[str, object]:
    flags = [flag.strip() for field in fields for flag in field.split(",") if flag.strip()]
    unknown = [flag for flag in flags if flag not in _FLAGS]
    if unknown:
        raise DataError(f"flags {unknown}", place=place, expected=f"some of {', '.join(_FLAGS)}")
    plain: dict[str, object] = {"certainty": "asserted", "presupposed": False, "attribution": "own", "qualifiers": ""}
    return {**plain, **{name: value for flag in flags for name, value in _FLAGS[flag].items()}}


def species_of(words: str, *, known: Mapping[str, str], place: str) -> str:
    """Return the species that words of an item name.

    Parameters
    ----------
    words
        Such as "male Wistar rats": the longest run of them that is known counts, the last of several.
    known
        Species by words; they come before the lexicon.
    place
        File and line, for the message.

    Raises
    ------
    DataError
        Neither the lexicon nor `known` has the words.
    """
    parts = words.split()
    runs = sorted(combinations(range(len(parts) + 1), 2), key=lambda run: (run[0] - run[1], -run[1]))
    inner = (" ".join(parts[start:end]) for start, end in runs)
    names = (resolve("species", known.get(run, run)) for run in inner)
    found = next((name for name in names if name is not None and name.key is not None), None)
    if found is None:
        raise DataError(f"species {words!r}", place=place, expected="words of the species lexicon", repair=f"mend the line, or add them to {SPECIES_TABLE}")
    return found.shown


def _row(fields: Mapping[str, object], *, place: str) -> GoldClaimRow:
    try:
        return GoldClaimRow.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(f"{first['loc'][0]} {first['input']!r}", place=place, expected=first["msg"]) from error
