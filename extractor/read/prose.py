"""Blocks of lines in reading order in, an article's text out: headings, paragraphs, captions, cells, references, keywords."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.read.blocks import UNDERLINE, Block, Line, continues, is_heading, is_marked
from extractor.read.citations import choose_citations
from extractor.read.line_text import LineReader
from extractor.read.offsets import LAYOUT, Built, TextBuilder
from extractor.read.reference_lines import Entry, next_number, references_in, starts_item
from extractor.read.section_kinds import caption_start, heading_words, normal_heading, role_of, section_of
from extractor.records import Citation, PassageKind, Reference, Section

LONGEST_NOTE = 300  # characters; a longer block after a table is a paragraph, not its legend; own choice
LONGEST_ENTRY = 2_000  # characters of a reference that are looked at; the longest seen has 500; own choice, it bounds the work
FEWEST_WORDS = 8  # words; in the front of a paper a shorter line is no sentence; own choice
_MARK = re.compile(r"\s{0,3}#{1,6}\s+|\s*[-*•‣]\s+")
_RUN_IN = re.compile(r"\**([A-Z][\w &/,'’-]{2,60}?)\**\s*[:.]\**\s")
_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)[.)]?\s+\S")


@dataclass(frozen=True, slots=True)
class Assembled:
    """What became of the blocks."""

    built: Built
    title: str
    references: tuple[Reference, ...]
    citations: tuple[Citation, ...]
    keywords: tuple[str, ...]


def assemble(blocks: Sequence[Block], *, left_out: Sequence[tuple[str, str]] = ()) -> Assembled:
    """Read blocks in order; every character of them is read or skipped once.

    Parameters
    ----------
    blocks
        In reading order.
    left_out
        Reason and text of what the caller found to be no prose; it is only counted.
    """
    reader = _Prose([block for block in blocks if block.text])
    for block in blocks:
        if not block.text:
            reader.skip(block, LAYOUT)
    for reason, text in left_out:
        reader.skip(Block((Line(text, 0),)), reason)
    for number, block in enumerate(reader.blocks):
        reader.take(number, block)
    return reader.result()


class _Prose:
    """The state of one assembly: the section that the next block stands in, and what was collected."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.builder = TextBuilder()
        self.lines = LineReader(self.builder, (line for block in blocks for line in block.lines))
        self.section = Section.OTHER
        self.path: tuple[str, ...] = ()
        self.open_sentence = ""  # the paragraph that may go on in the next block
        self.table = ""  # label of the table whose rows may follow
        self.after_rows = False
        self.entries: list[Entry] | None = None
        self.all_entries: list[Entry] = []
        self.keywords: tuple[str, ...] = ()
        known = [(n, section_of(_plain(block.text))) for n, block in enumerate(blocks) if not block.rows]
        self.first_section = next((n for n, section in known if section not in (None, Section.OTHER)), None)
        self.title_at = next((n for n, block in enumerate(blocks) if block.level == 1), None)
        if self.title_at is None and len(blocks) > 1 and not blocks[0].rows and self.first_section != 0 and _like_title(blocks[0]):
            self.title_at = 0

    def take(self, number: int, block: Block) -> None:
        """Read one block, whatever it is."""
        after = self.blocks[number + 1 : number + 2]
        text = _plain(block.text)
        caption = caption_start().match(block.text)
        if self.entries is not None and self._reference(block):
            pass
        elif block.rows:
            self._rows(block)
        elif not any(character.isalnum() for character in text):
            self.skip(block, "markup")
        elif number == self.title_at:
            self._passage(block, "title", Section.TITLE, ())
        elif _is_furniture(text):
            self.skip(block, "page furniture")
        elif caption:
            self._caption(block, caption.group(1).strip())
        elif role_of(text.partition(":")[0]) == "keywords":
            self._keywords(block, text.partition(":")[2])
        elif self.first_section is not None and number < self.first_section and block.level is None:
            self._front(block, text)
        elif not continues(self.open_sentence, block) and is_heading(block, after=after):
            self._heading(block, text)
        else:
            self._paragraph(block, text)
        self.after_rows = block.rows

    def result(self) -> Assembled:
        """Return all that was read."""
        references = references_in(self.all_entries)
        built = self.builder.build()
        title = next((built.text[p.start : p.end] for p in built.passages if p.kind == "title"), "")
        return Assembled(built, title, references, choose_citations(built, references), self.keywords)

    def skip(self, block: Block, reason: str) -> None:
        """Count a block as not read."""
        for line in block.lines:
            blanks = sum(character.isspace() for character in line.text)
            self.builder.skip(LAYOUT, blanks)
            self.builder.skip(reason, len(line.text) - blanks)

    def _passage(self, block: Block, kind: PassageKind, section: Section, path: tuple[str, ...]) -> None:
        self.open_sentence = ""
        self.builder.open(kind, section=section, path=path)
        self._read_without_marks(block)
        self.builder.close()

    def _read_without_marks(self, block: Block) -> None:
        """Read lines; the marks of Markdown for headings and list items are counted, not read."""
        lines = list(block.lines)
        if block.level is not None and len(lines) > 1 and UNDERLINE.fullmatch(lines[-1].text):
            self.skip(Block((lines.pop(),)), "markup")
        mark = _MARK.match(lines[0].text)
        if mark:
            self.builder.skip("markup", mark.end())
            first, cut = lines[0], mark.end()
            raised = tuple((start - cut, end - cut) for start, end in first.raised if start >= cut)
            lines[0] = Line(first.text[cut:], first.start + cut, raised)
        self.lines.read(lines)

    def _front(self, block: Block, text: str) -> None:
        """Before the first known heading a sentence belongs to the abstract; names, addresses and dates are no prose."""
        if continues(self.open_sentence, block):
            self._paragraph(block, text)
        elif len(text.split()) >= FEWEST_WORDS and text.endswith((".", "!", "?", ")")):
            self.section, self.path = Section.ABSTRACT, ("Abstract",)
            self._paragraph(block, text)
        else:
            self.open_sentence = ""
            self.skip(block, "front matter")

    def _heading(self, block: Block, text: str) -> None:
        known = section_of(text)
        level = self._level(block, text)
        inner = known is None or (self.section is Section.ABSTRACT and level > 1)
        self.path = (*self.path[: max(0, level - 1)], text)
        self.section = self.section if inner and level > 1 else known or Section.OTHER
        self.table = ""
        self.entries = [] if role_of(text) == "references" else None
        self._passage(block, "heading", self.section, self.path)

    def _level(self, block: Block, text: str) -> int:
        """Return the rank of a heading in the text, 1 for a part of the paper; numbered ones stand below an unnumbered part."""
        number = _NUMBERED.match(text)
        if block.level:
            return block.level - 1
        if number:
            below = bool(self.path) and _NUMBERED.match(self.path[0]) is None and section_of(text) is None
            return len(number.group(1).split(".")) + below
        return 1 if is_marked(text) else 2

    def _paragraph(self, block: Block, text: str) -> None:
        note = self.after_rows and len(text) <= LONGEST_NOTE
        if note:
            self._passage(block, "caption", Section.CAPTION, (*self.path, self.table) if self.table else self.path)
            return
        if not continues(self.open_sentence, block):
            section, path = self._run_in(text)
            self.builder.open("paragraph", section=section, path=path)
        else:
            self.builder.blank()
        self._read_without_marks(block)
        self.open_sentence = text

    def _run_in(self, text: str) -> tuple[Section, tuple[str, ...]]:
        """Return where a paragraph stands that may begin with its own heading, "Methods: …"."""
        words = _RUN_IN.match(text)
        known = section_of(words.group(1)) if words else None
        if words is None or known is None:
            return self.section, self.path
        if self.section is Section.ABSTRACT:
            return self.section, (*self.path[:1], words.group(1))
        return known, (words.group(1),)

    def _caption(self, block: Block, label: str) -> None:
        rest = _plain(block.text)[len(label) :].strip(" |.:")
        if _is_furniture(rest):
            self.skip(block, "page furniture")
        else:
            self._passage(block, "caption", Section.CAPTION, (*self.path, label))
        self.table = label

    def _rows(self, block: Block) -> None:
        self.open_sentence = ""
        path = (*self.path, self.table) if self.table else self.path
        for line in block.lines:
            place = 0
            for cell in line.text.split(block.separator):
                self.builder.open("cell", section=Section.TABLE, path=path)
                if set(cell.strip()) <= set("-: "):
                    self.builder.close()
                    self.skip(Block((Line(cell, line.start + place),)), "table rules")
                else:
                    self.lines.words(cell, line.start + place)
                place += len(cell) + 1
                self.builder.close()
            self.builder.skip(LAYOUT, line.text.count(block.separator))

    def _keywords(self, block: Block, words: str) -> None:
        self.keywords = tuple(word.strip(" .*") for word in re.split(r"[,;•·|]", words) if word.strip(" .*"))
        self.open_sentence = ""
        self.skip(block, "keywords")

    def _reference(self, block: Block) -> bool:
        """Take a block of the bibliography; say False where the bibliography has ended."""
        assert self.entries is not None
        numbered = any(starts_item(entry.text) for entry in self.entries)
        text = _plain(block.text)
        begins = starts_item(block.lines[0].text)
        open_entry = bool(self.entries) and not self.entries[-1].text.rstrip().endswith((".", "]", ")")) and block.flows
        if block.rows or (section_of(text) and block.level != 1) or (is_marked(text) and not begins) or (numbered and not begins and not open_entry):
            self.entries = None
            self.section, self.path = Section.OTHER, ()
            return False
        for line in block.lines:
            number = next_number(line.text, self.entries)
            if number is None and line is block.lines[0] and not (numbered or open_entry):
                number = self.entries[-1].number + 1
            self._entry(line.text.strip(), number)
        self.skip(block, "references")
        return True

    def _entry(self, text: str, number: int | None) -> None:
        assert self.entries is not None
        if number is not None:
            self.entries.append(Entry(text, number))
            self.all_entries.append(self.entries[-1])
        elif self.entries and len(self.entries[-1].text) < LONGEST_ENTRY:
            last = self.entries[-1]
            self.entries[-1] = self.all_entries[-1] = Entry(f"{last.text} {text.removeprefix('- ')}", last.number)


def _plain(text: str) -> str:
    return re.sub(r"^#{1,6}\s+|\s+#+$|\*{1,3}|</?(?:i|b|em|strong)>", "", text).strip()


def _is_furniture(text: str) -> bool:
    row = heading_words().get(normal_heading(text.strip("()[] ")))
    return row is not None and row.role == "furniture"


def _like_title(block: Block) -> bool:
    return len(block.text) <= LONGEST_NOTE and len(block.lines) <= 4 and not block.text.endswith(".") and block.level is None
