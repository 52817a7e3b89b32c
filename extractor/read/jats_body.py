"""The elements of a JATS article that hold prose in, passages out.

One walk serves all: inline elements add to the open passage and neither add nor remove blanks; block elements end it; floats (figures,
tables, boxes, footnotes) that stand inside a paragraph wait until it has ended. What is no prose is skipped with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.read.markup import Node, Text
from extractor.read.offsets import LAYOUT, TextBuilder
from extractor.read.section_kinds import section_of
from extractor.records import PassageKind, Section

SKIPPED = {
    "ref-list": "references",
    "object-id": "identifiers",
    "kwd-group": "keywords",
    "graphic": "alternative text",
    "inline-graphic": "alternative text",
    "alt-text": "alternative text",
    "long-desc": "alternative text",
    "math": "mathematics",
    "tex-math": "mathematics",
    "permissions": "permissions",
    "attrib": "permissions",
    "sec-meta": "article metadata",
    "processing-meta": "article metadata",
    "contrib-group": "contributors",
}
CAPTIONED = frozenset({"fig", "fig-group", "table-wrap", "table-wrap-group", "media", "supplementary-material", "boxed-text", "chem-struct-wrap"})
FLOATS = CAPTIONED | {"fn", "fn-group"}
SECTIONS = frozenset({"sec", "app", "app-group", "ack", "glossary", "notes", "bio", "fn-group", "abstract", "trans-abstract", "boxed-text"})
LISTS = frozenset({"list", "list-item", "def-list", "def-item", "def", "term"})
ROW_PARTS = frozenset({"td", "th", "entry"})
TABLES = frozenset({"table", "array", "tgroup", "thead", "tbody", "tr", "row"})
CONTAINERS = frozenset({"body", "back", "floats-group", "floats-wrap", "caption", "table-wrap-foot", "alternatives", "disp-quote", "verse-group", "statement"})
SMALL_BLOCKS = frozenset({"p", "title", "subtitle", "verse-line", "speech", "answer", "question", "preformat"})
BLOCKS = FLOATS | SECTIONS | LISTS | ROW_PARTS | TABLES | CONTAINERS | SMALL_BLOCKS
NAMES = frozenset({"surname", "given-names"})  # of the authors of a data set that the text lists
FLAT_MATHEMATICS = frozenset({"math", "mi", "mn", "mo", "mtext", "mrow", "mstyle", "msub", "msup", "msubsup", "mspace", "semantics", "annotation"})
SHORT_FORMULA = 8  # characters that are no blanks; a shorter inline formula is a symbol in the sentence ("α", "Ca2+"); own choice
_IDENTIFIER = re.compile(r"(?:doi:?\s*)?(?:https?://(?:dx\.)?doi\.org/|doi:\s*10\.)\S+", re.IGNORECASE)
_LONGEST_IDENTIFIER = 100  # characters of a paragraph that is nothing but a DOI; own choice


@dataclass(frozen=True, slots=True)
class Place:
    """What passages made here are: their section, its path, whether headings inside may change the section, and their kind.

    At the `top` of the body a section with an unknown heading does not inherit the section of the paragraphs before it.
    """

    section: Section
    path: tuple[str, ...] = ()
    locked: bool = False
    kind: PassageKind = "paragraph"
    top: bool = False


class BodyReader:
    """Walks elements and fills a `TextBuilder`. It holds no state of its own."""

    def __init__(self, builder: TextBuilder) -> None:
        self.builder = builder

    def block(self, node: Node, place: Place) -> None:
        """Read an element that stands on its own."""
        if node.tag in SKIPPED:
            self.builder.skip(SKIPPED[node.tag], node.characters())
        elif node.tag == "p":
            self._paragraph(node, place)
        elif node.tag in CAPTIONED and (node.tag != "boxed-text" or node.find("caption")):
            self._captioned(node, place)
        elif node.tag in SECTIONS:
            self._section(node, place)
        elif node.tag in ("title", "subtitle"):
            self.flat(node, replace(place, kind="caption" if place.kind == "caption" else "heading"))
        elif node.tag in TABLES:
            self._table(node, place)
        elif node.tag in ROW_PARTS:
            self.flat(node, Place(Section.TABLE, place.path, locked=True, kind="cell"))
        elif node.tag == "table-wrap-foot":
            self._run(node, replace(place, kind="caption"), waiting=None)
        else:
            self._run(node, place, waiting=None)

    def flat(self, node: Node, place: Place) -> None:
        """Read an element as one passage; blocks inside are kept apart by a blank."""
        self._open(place)
        self._mixed(node, place, waiting=None, flat=True)
        self.builder.close()

    def _open(self, place: Place) -> None:
        self.builder.open(place.kind, section=place.section, path=place.path)

    def _paragraph(self, node: Node, place: Place) -> None:
        characters = node.characters()
        if characters < _LONGEST_IDENTIFIER and _IDENTIFIER.fullmatch(node.text()):
            self.builder.skip("identifiers", characters)
            return
        waiting: list[Node] = []
        self._run(node, place, waiting=waiting)
        for float_ in waiting:
            self.block(float_, place)

    def _run(self, node: Node, place: Place, *, waiting: list[Node] | None) -> None:
        self._open(place)
        self._mixed(node, place, waiting=waiting)
        self.builder.close()

    def _mixed(self, node: Node, place: Place, *, waiting: list[Node] | None, flat: bool = False) -> None:
        for child in node.children:
            if isinstance(child, Text):
                self.builder.add(child.value, child.start)
            elif flat and (child.tag in BLOCKS or child.tag == "label"):
                self.builder.blank()
                self._mixed(child, place, waiting=None, flat=True)
                self.builder.blank()
            elif child.tag in FLOATS and waiting is not None:
                waiting.append(child)
            elif child.tag in BLOCKS:
                self.builder.close()
                self.block(child, place)
                self._open(place)
            else:
                self._inline(child, place, waiting=waiting, flat=flat)

    def _inline(self, node: Node, place: Place, *, waiting: list[Node] | None, flat: bool) -> None:
        if node.tag in SKIPPED:
            self.builder.skip(SKIPPED[node.tag], node.characters())
        elif node.tag == "label":
            self.builder.skip("labels", node.characters())
        elif node.tag in ("inline-formula", "disp-formula", "disp-formula-group"):
            self._formula(node, place, waiting=waiting, flat=flat)
        elif node.tag in ("break", "hr"):
            self.builder.blank()
        else:
            if node.tag in NAMES:
                self.builder.part_words()
            start = self.builder.length
            self._mixed(node, place, waiting=waiting, flat=flat)
            if node.tag == "xref" and node.attributes.get("ref-type") in ("bibr", "ref"):
                self.builder.cite(start, tuple(node.attributes.get("rid", "").split()))

    def _formula(self, node: Node, place: Place, *, waiting: list[Node] | None, flat: bool) -> None:
        math = next(node.descendants("math"), None)
        if node.tag != "inline-formula":
            self.builder.blank()
            self.builder.skip("mathematics", node.characters())
        elif math is not None and _is_symbol(math):
            total, inside = node.characters(), 0
            for text in _texts(math):
                inside += len(text.value)
                if text.value.isspace():
                    self.builder.skip(LAYOUT, len(text.value))
                else:
                    self.builder.add(text.value.strip(), text.start + len(text.value) - len(text.value.lstrip()))
                    self.builder.skip(LAYOUT, len(text.value) - len(text.value.strip()))
            self.builder.skip("mathematics", total - inside)
        elif math is not None or next(node.descendants("tex-math"), None):
            self.builder.skip("mathematics", node.characters())
        else:
            self._mixed(node, place, waiting=waiting, flat=flat)

    def _section(self, node: Node, place: Place) -> None:
        title = node.find("title")
        heading = title.text() if title else ""
        kind = None
        if not place.locked:
            kind = section_of(node.attributes.get("sec-type", "")) or section_of(heading)
        path = (*place.path, heading) if heading else place.path
        self._run(node, replace(place, section=kind or (Section.OTHER if place.top else place.section), path=path, top=False), waiting=None)

    def _captioned(self, node: Node, place: Place) -> None:
        label = node.find("label")
        name = label.text().rstrip(" .:|") if label else ""
        path = (*place.path, name) if name else place.path
        inside = Place(Section.CAPTION, path, locked=True, kind="caption")
        if label:
            self.flat(label, inside)
        rest = Node(node.tag, node.attributes, [child for child in node.children if child is not label])
        self._run(rest, inside, waiting=None)

    def _table(self, node: Node, place: Place) -> None:
        inside = Place(Section.TABLE, place.path, locked=True, kind="cell")
        for child in node.children:
            if isinstance(child, Text):
                self.builder.skip(LAYOUT if child.value.isspace() else "text between cells", len(child.value))
            elif child.tag in ROW_PARTS:
                self.flat(child, inside)
            elif child.tag in SKIPPED:
                self.builder.skip(SKIPPED[child.tag], child.characters())
            else:
                self._table(child, place)


def _texts(node: Node) -> Sequence[Text]:
    found: list[Text] = []
    for child in node.children:
        if isinstance(child, Text):
            found.append(child)
        elif child.tag != "annotation":
            found.extend(_texts(child))
    return found


def _is_symbol(math: Node) -> bool:
    """Say whether a formula can be read as a word: short, and nothing in it stands above or below something else."""
    symbols = sum(len("".join(text.value.split())) for text in _texts(math))
    return symbols <= SHORT_FORMULA and all(node.tag in FLAT_MATHEMATICS for node in math.descendants())
