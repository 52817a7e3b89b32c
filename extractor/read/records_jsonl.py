"""A JSONL file in, one article a line out: `{"record_id": …, "title": …, "abstract": …}` with `doi`, `pmid`, `pmcid`, `keywords` if known."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.errors import InputError
from extractor.read.offsets import TextBuilder
from extractor.records import Article, PassageKind, Section

LONGEST_LINE = 5_000_000  # bytes of one record; the longest seen has 7 thousand; own choice, it bounds time and memory
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_STRING = r'"{key}"\s*:\s*"((?:[^"\\]|\\.)*+)"'
_PARAGRAPHS = re.compile(r"\n\s*\n")
_EXPECTED = 'a JSON object with "record_id" and "title" or "abstract"'


class RecordLine(BaseModel):
    """The fields of a line that are read; others are counted as skipped."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    record_id: str
    title: str | None = None
    abstract: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    keywords: tuple[str, ...] = ()


def read_jsonl(path: Path) -> Iterator[Article | InputError]:
    """Yield one article a line; a line that is no record, or longer than `LONGEST_LINE`, gives one `InputError` with file:line."""
    start = 0
    seen = False
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(_lines(stream.readline), 1):
                place = f"{path}:{number}"
                found = _checked(line, place=place, start=start, source=path.name)
                start += len(line.decode("utf-8", "replace")) if line is not None else 0
                if found is not None:
                    seen = True
                    yield found
    except OSError as error:
        yield InputError(f"cannot read: {error.strerror or error}", place=path, expected="a readable file")
        return
    if not seen:
        yield InputError("the file holds no record", place=path, expected=_EXPECTED)


def _lines(readline: Callable[[int], bytes]) -> Iterator[bytes | None]:
    """Yield the lines of a file; None for one that is too long, which is passed over in pieces of bounded size."""
    while line := readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = readline(LONGEST_LINE + 1)
        yield None


def _checked(line: bytes | None, *, place: str, start: int, source: str) -> Article | InputError | None:
    repair = "correct or remove the line"
    if line is None:
        return InputError(f"a line of more than {LONGEST_LINE:,} bytes", place=place, expected=_EXPECTED, repair=repair)
    try:
        text = line.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        if not text.strip():
            return None
        record = RecordLine.model_validate(json.loads(text))
    except UnicodeDecodeError as error:
        return InputError(f"byte {error.start + 1} is no UTF-8", place=place, expected=_EXPECTED, repair="convert the file to UTF-8")
    except json.JSONDecodeError as error:
        return InputError(f"not JSON at column {error.colno}: {error.msg}", place=place, expected=_EXPECTED, repair=repair)
    except RecursionError:
        return InputError("JSON nested too deep", place=place, expected=_EXPECTED, repair=repair)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the line"
        return InputError(f"{where}: {first['msg']}", place=place, expected=_EXPECTED, repair=repair)
    if not (record.title or "").strip() and not (record.abstract or "").strip():
        return InputError("no title and no abstract", place=place, expected=_EXPECTED, repair=repair)
    start += 1 if line.startswith(codecs.BOM_UTF8) else 0
    return _article(record, text, start=start, source=source, digest=hashlib.sha256(line.rstrip(b"\r\n")).hexdigest())


def _article(record: RecordLine, line: str, *, start: int, source: str, digest: str) -> Article:
    builder = TextBuilder()
    _field(builder, line, key="title", value=record.title or "", start=start)
    _field(builder, line, key="abstract", value=record.abstract or "", start=start)
    others = (value for key, value in json.loads(line).items() if key not in ("title", "abstract"))
    builder.skip("record fields", sum(len(value) for value in others if isinstance(value, str)))
    built = builder.build()
    return Article(
        id=record.record_id,
        text=built.text,
        passages=built.passages,
        title=next((built.text[p.start : p.end] for p in built.passages if p.kind == "title"), ""),
        source=source,
        sha256=digest,
        receipt=built.receipt,
        doi=record.doi or None,
        pmid=record.pmid or None,
        pmcid=record.pmcid or None,
        keywords=record.keywords,
        source_map=built.source_map,
    )


def _field(builder: TextBuilder, line: str, *, key: str, value: str, start: int) -> None:
    """Read a string of the record; a blank line in an abstract parts paragraphs."""
    kind: PassageKind = "title" if key == "title" else "paragraph"
    section, path = (Section.TITLE, ()) if key == "title" else (Section.ABSTRACT, ("Abstract",))
    builder.open(kind, section=section, path=path)
    breaks = [] if key == "title" else [match.end() for match in _PARAGRAPHS.finditer(value)]
    done = 0
    for text, place in _pieces(line, key=key, value=value):
        while breaks and done + len(text) >= breaks[0]:
            cut = breaks.pop(0) - done
            builder.add(text[:cut], start + place)
            builder.open(kind, section=section, path=path)
            text, place, done = text[cut:], place + cut, done + cut
        builder.add(text, start + place)
        done += len(text)
    builder.close()


def _pieces(line: str, *, key: str, value: str) -> Iterator[tuple[str, int]]:
    """Yield the runs of a JSON string, decoded, each with its place in the line; an escape is a run of its own."""
    for match in re.finditer(_STRING.format(key=key), line):
        raw = match.group(1)
        if json.loads(f'"{raw}"') != value:
            continue
        last = 0
        for escape in _ESCAPE.finditer(raw):
            yield raw[last : escape.start()], match.start(1) + last
            yield json.loads(f'"{escape.group()}"'), match.start(1) + escape.start()
            last = escape.end()
        yield raw[last:], match.start(1) + last
        return
    yield value, 0
