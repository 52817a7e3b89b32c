"""An XML file, plain or gzipped, in; the source of each article in it out, one at a time, decoded.

A file whose root is the article is read whole. Of a collection (`PubmedArticleSet`, `pmc-articleset`, an OAI answer) the articles are
cut out one by one, so that a broken one costs only itself and memory stays bounded.
"""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import InputError
from extractor.read.markup import Fragment

LARGEST_ARTICLE = 10_000_000  # characters of one article; the largest of 575 seen has 0.6 million; own choice, it bounds time and memory
_CHUNK = 1 << 18  # bytes
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_ROOT = re.compile(r"<([A-Za-z_][^\s/<>]*)([^<>]*)>")
_NAMESPACE = re.compile(r"""\sxmlns:[\w.-]+\s*=\s*(?:"[^"]*"|'[^']*')""")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
MEMBERS = ("article", "PubmedArticle", "PubmedBookArticle")
_REPAIR = "get the file again from its publisher"


@dataclass(frozen=True, slots=True)
class Cut:
    """A run of a file that holds one article, or the reason why it does not."""

    fragment: Fragment
    kind: str
    error: InputError | None = None


def cuts(path: Path) -> Iterator[Cut]:
    """Yield the articles of an XML file in file order.

    Raises
    ------
    InputError
        The file cannot be opened, decoded or unpacked, is empty, is no XML, or holds no article. What was yielded before stays good.
    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            yield from _cuts(path, stream.read)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(f"cannot unpack: {error}", place=path, expected="a whole gzip file", repair=_REPAIR) from error
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror or error}", place=path, expected="a readable file") from error


def _cuts(path: Path, read: Callable[[int], bytes]) -> Iterator[Cut]:
    chunks = _decoded(path, read)
    head = next(chunks, "")
    while len(head) < _CHUNK and (more := next(chunks, "")):
        head += more
    bare = re.sub(r"<!--.*?(?:-->|\Z)|<\?.*?\?>", lambda match: " " * len(match.group()), head, flags=re.S)
    root = _ROOT.search(bare)
    if not head.strip():
        raise InputError("the file is empty", place=path, expected="an XML article", repair=_REPAIR)
    if root is None or not head.lstrip("\ufeff \t\r\n").startswith("<"):
        raise InputError("not XML", place=f"{path}:1", expected="a JATS article or a PubMed set", repair="check the ending of the file's name")
    name = root.group(1).rpartition(":")[2]
    if name in MEMBERS:
        yield Cut(Fragment(_whole(path, head, chunks), str(path)), name)
        return
    yield from _members(path, head, chunks, root=name)


def _decoded(path: Path, read: Callable[[int], bytes]) -> Iterator[str]:
    first = read(_CHUNK)
    declared = _DECLARED.search(first[:400])
    marked = next((name for mark, name in _MARKS.items() if first.startswith(mark)), None)
    name = marked or (declared.group(1).decode("ascii") if declared else "utf-8")
    try:
        decoder = codecs.getincrementaldecoder(name)()
    except LookupError as error:
        raise InputError(f"unknown encoding {name!r}", place=f"{path}:1", expected="UTF-8", repair="convert the file to UTF-8") from error
    line = 1
    chunk = first
    while True:
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            found = f"byte 0x{error.object[error.start]:02x} is no {name}"
            raise InputError(found, place=f"{path}:{line}", expected=f"text in {name}", repair="convert the file to UTF-8") from error
        line += text.count("\n")
        if text:
            yield text
        if not chunk:
            return
        chunk = read(_CHUNK)


def _whole(path: Path, head: str, chunks: Iterator[str]) -> str:
    parts = [head]
    total = len(head)
    for chunk in chunks:
        parts.append(chunk)
        total += len(chunk)
        if total > LARGEST_ARTICLE:
            raise _too_large(str(path))
    return "".join(parts)


def _too_large(place: str) -> InputError:
    return InputError(f"more than {LARGEST_ARTICLE:,} characters in one article", place=place, expected="a smaller one", repair="split the file by article")


def _members(path: Path, head: str, chunks: Iterator[str], *, root: str) -> Iterator[Cut]:
    opening = re.compile(rf"<((?:[\w.-]+:)?({'|'.join(MEMBERS)}))(?=[\s>])")
    buffer, start, line, found = head, 0, 1, False
    namespaces = ""
    more = True
    while more or buffer:
        match = opening.search(buffer)
        begin = match.start() if match else max(0, len(buffer) - 100)
        namespaces += "".join(_NAMESPACE.findall(buffer[:begin])) if not found else ""
        start, line, buffer = start + begin, line + buffer.count("\n", 0, begin), buffer[begin:]
        if match is None:
            chunk = next(chunks, "")
            more = bool(chunk)
            buffer = buffer + chunk if more else ""
            continue
        found = True
        buffer, end = _extend(buffer, f"</{match.group(1)}>", chunks)
        fragment = Fragment(buffer[: end or 0], str(path), start, line, namespaces or "xmlns:w='w'")
        yield Cut(fragment, match.group(2), None if end else _unfinished(fragment, match.group(2), buffer))
        if not end:
            return
        start, line, buffer = start + end, line + buffer.count("\n", 0, end), buffer[end:]
    if not found:
        raise InputError(
            f"the root is <{root}> and no article is inside", place=f"{path}:1", expected="a JATS article or a PubMed set", repair="check the file"
        )


def _extend(buffer: str, closing: str, chunks: Iterator[str]) -> tuple[str, int | None]:
    """Read on until `closing` is in the buffer; return the buffer and the end of the closing tag, None if there is none."""
    seen = 0
    while (at := buffer.find(closing, seen)) < 0:
        seen = max(0, len(buffer) - len(closing))
        chunk = next(chunks, "")
        if not chunk or len(buffer) > LARGEST_ARTICLE:
            return buffer, None
        buffer += chunk
    return buffer, at + len(closing)


def _unfinished(fragment: Fragment, tag: str, buffer: str) -> InputError:
    if len(buffer) > LARGEST_ARTICLE:
        return _too_large(fragment.at(1))
    return InputError(f"the file ends inside <{tag}>", place=fragment.at(1), expected=f"</{tag}>", repair=_REPAIR)
