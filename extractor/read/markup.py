"""The source text of one XML element in, a tree out whose every run of text knows its place in the source.

lxml decides whether the markup is well formed; a scan of the same characters for tags says where each run of text stands. Nothing
outside the file is ever read: document types are blanked before parsing, and entity references are decoded here, from the names of
HTML and from short plain declarations of the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.entities import html5
from typing import NamedTuple

from lxml import etree

from extractor.errors import InputError

DEEPEST = 100  # levels of elements; the articles seen have at most 30, and recursion must stay bounded; own choice
LONGEST_ENTITY = 40  # characters; a longer declared entity is no name of a character; own choice, it bounds what a file can expand to
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TOKEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(/?)([^\s/>!?]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>", re.S)
_REFERENCE = re.compile(r"&(#?[\w.:-]+);")
_PROLOG = re.compile(r"\s*<\?xml\b[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+(?:\[((?:<!--.*?-->|[^\]\"'<]|<(?!!--)|\"[^\"]*\"|'[^']*')*+)\]\s*)?>", re.S)
_ENTITY = re.compile(r"<!ENTITY\s+([\w.:-]+)\s+(?:\"([^\"]*)\"|'([^']*)')\s*>")
_REPAIR = "get the file again from its publisher, or correct the markup there"


class Text(NamedTuple):
    """A run of decoded text and where it begins in the source."""

    value: str
    start: int


@dataclass(frozen=True, slots=True)
class Node:
    """An element: its name without namespace, its attributes, and its children in document order."""

    tag: str
    attributes: Mapping[str, str]
    children: list[Node | Text] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        """Yield the child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def find(self, *tags: str) -> Node | None:
        """Return the first child element with one of these names."""
        return next((child for child in self.nodes() if child.tag in tags), None)

    def descendants(self, *tags: str) -> Iterator[Node]:
        """Yield all elements below this one with one of these names, in document order; with no names, all elements."""
        waiting = self.children[::-1]
        while waiting:
            child = waiting.pop()
            if isinstance(child, Node):
                if not tags or child.tag in tags:
                    yield child
                waiting.extend(reversed(child.children))

    def text(self) -> str:
        """Return all text below, runs of blanks made one."""
        return " ".join("".join(self._runs()).split())

    def characters(self) -> int:
        """Return how many characters of decoded text stand below."""
        return sum(len(run) for run in self._runs())

    def _runs(self) -> Iterator[str]:
        waiting = self.children[::-1]
        while waiting:
            child = waiting.pop()
            if isinstance(child, Text):
                yield child.value
            else:
                waiting.extend(reversed(child.children))


@dataclass(frozen=True, slots=True)
class Fragment:
    """The source of one article: its characters, where they begin in the file, and the namespaces declared around it."""

    source: str
    place: str
    start: int = 0
    line: int = 1
    namespaces: str = ""

    def at(self, line: int) -> str:
        """Return `file:line` for a line of the fragment, counted from 1."""
        return f"{self.place}:{self.line + line - 1}"


def parse(fragment: Fragment) -> Node:
    """Read the markup of one article.

    Returns
    -------
        The root element; places of text count from the beginning of the file.

    Raises
    ------
    InputError
        The markup is not well formed, nested too deep, or refers to an entity that is unknown, external or made of other entities.
    """
    entities: dict[str, str | None] = {}
    source = _without_prolog(fragment.source, entities)
    decoded = _REFERENCE.sub(lambda match: _numeric(match, source, entities=entities, fragment=fragment), source)
    return _tree(source, _elements(decoded, fragment), fragment=fragment, entities=entities)


def _without_prolog(source: str, entities: dict[str, str | None]) -> str:
    """Blank the XML declaration and the document type, and collect the entities that it declares; None for those refused."""
    head = _PROLOG.match(source)
    if head:
        source = _blanked(source, head)
    doctype = _DOCTYPE.match(source, max(0, source.find("<!DOCTYPE")))
    if doctype is None:
        return source
    for name in re.findall(r"<!ENTITY\s+([\w.:-]+)\s", doctype.group(1) or ""):
        entities[name] = None
    for entity in _ENTITY.finditer(doctype.group(1) or ""):
        value = html.unescape(entity.group(2) or entity.group(3) or "")
        plain = len(value) <= LONGEST_ENTITY and not set(value) & set("&<>%")
        entities[entity.group(1)] = value if plain else None
    return _blanked(source, doctype)


def _blanked(source: str, match: re.Match[str]) -> str:
    return source[: match.start()] + re.sub(r"[^\n]", " ", match.group()) + source[match.end() :]


def _numeric(match: re.Match[str], source: str, *, entities: Mapping[str, str | None], fragment: Fragment) -> str:
    name = match.group(1)
    if name.startswith("#") or name in _PREDEFINED:
        return match.group()
    value = entities[name] if name in entities else html5.get(f"{name};")
    if value is None:
        line = source.count("\n", 0, match.start()) + 1
        raise InputError(
            f"the entity &{name}; is {'external, nested or too long' if name in entities else 'unknown'}",
            place=fragment.at(line),
            expected="entities of HTML, or short plain text declared in the file",
            repair=_REPAIR,
        )
    return "".join(f"&#{ord(character)};" for character in value)


def _elements(decoded: str, fragment: Fragment) -> Iterator[etree._Element]:
    parser = etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs are older than this value
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    wrapped = f"<w {fragment.namespaces}>{decoded}</w>" if fragment.namespaces else decoded
    try:
        root = etree.fromstring(wrapped.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        what = error.msg.partition(", line ")[0] if error.msg else "not XML"
        line = error.lineno or 1
        raise InputError(f"broken XML: {what}", place=fragment.at(line), expected="well-formed XML", repair=_REPAIR) from error
    return root.iterdescendants() if fragment.namespaces else root.iter()


def _tree(source: str, elements: Iterator[etree._Element], *, fragment: Fragment, entities: Mapping[str, str | None]) -> Node:
    top = Node("", {})
    stack = [top]
    last = 0
    for token in _TOKEN.finditer(source):
        if token.start() > last:
            _add_text(stack[-1], source[last : token.start()], last + fragment.start, entities=entities)
        last = token.end()
        closing, name, rest = token.groups()
        if name is None:
            if token.group().startswith("<![CDATA["):
                stack[-1].children.append(Text(token.group()[9:-3], token.start() + 9 + fragment.start))
        elif closing:
            stack.pop()
        else:
            node = _node(next(elements))
            stack[-1].children.append(node)
            if not rest.endswith("/"):
                stack.append(node)
            if len(stack) > DEEPEST:
                line = source.count("\n", 0, token.start()) + 1
                raise InputError(f"elements nested deeper than {DEEPEST}", place=fragment.at(line), expected="an article", repair=_REPAIR)
    return next(top.nodes())


def _node(element: etree._Element) -> Node:
    tag = str(element.tag)
    return Node(tag.rpartition("}")[2], {str(name): str(value) for name, value in element.attrib.items()})


def _add_text(node: Node, raw: str, start: int, *, entities: Mapping[str, str | None]) -> None:
    if "&" not in raw:
        node.children.append(Text(raw, start))
        return
    last = 0
    for match in _REFERENCE.finditer(raw):
        if match.start() > last:
            node.children.append(Text(raw[last : match.start()], start + last))
        name = match.group(1)
        value = entities.get(name) if name in entities else html.unescape(match.group())
        node.children.append(Text(value or "", start + match.start()))
        last = match.end()
    if last < len(raw):
        node.children.append(Text(raw[last:], start + last))
