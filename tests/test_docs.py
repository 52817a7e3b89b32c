"""The documentation against the program: links lead somewhere, commands parse, examples run, quoted messages and tables are the real ones."""

from __future__ import annotations

import doctest
import json
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer
from extractor import cli
from extractor.emit import WRITERS
from extractor.emit.curation import COLUMNS, DECISIONS
from extractor.read import READERS, read
from extractor.relate.patterns import PatternRow, rules
from extractor.scan.cues import DirectionRow
from extractor.tables import LEXICONS, Row, TermRow, read_rows
from markdown_it import MarkdownIt
from markdown_it.token import Token
from typer.main import get_command

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ("corpus/samples/", "tests/read/")
"""Folders whose Markdown is input of the program, not documentation."""

NOT_OURS = {"build", "dist", "out"}
SHELL = ("bash", "console", "sh", "")
MINIMUM = {"links": 40, "commands": 15, "examples": 1, "inline commands": 8, "paths": 30}
"""So many at least are there; a reader of Markdown that finds nothing would pass every other test."""


def is_documentation(path: Path) -> bool:
    inside = path.relative_to(ROOT)
    hidden = any(part.startswith(".") for part in inside.parts)
    return not hidden and inside.parts[0] not in NOT_OURS and not inside.as_posix().startswith(TEXTS)


DOCUMENTS = sorted(path for path in ROOT.rglob("*.md") if is_documentation(path))


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a document: the text of a link target, a command or a block, and the line on which it, or its paragraph, starts."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()}:{self.line}: {self.text}"


def tokens_of(path: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8"))


def inline_of(path: Path) -> Iterator[tuple[int, Token]]:
    for token in tokens_of(path):
        for child in token.children or ():
            yield (token.map or [0])[0] + 1, child


def links() -> Iterator[Part]:
    for path in DOCUMENTS:
        for line, token in inline_of(path):
            target = str(token.attrGet("href") or token.attrGet("src") or "")
            if target and not re.match(r"[a-z]+:", target):
                yield Part(path, line, target)


def fences(*infos: str) -> Iterator[Part]:
    for path in DOCUMENTS:
        for token in tokens_of(path):
            if token.type == "fence" and token.info.strip() in infos:
                yield Part(path, (token.map or [0])[0] + 2, token.content)


def code_spans() -> Iterator[Part]:
    return (Part(path, line, token.content) for path in DOCUMENTS for line, token in inline_of(path) if token.type == "code_inline")


def shell_lines() -> Iterator[Part]:
    """What a reader would type: in `console` blocks the lines after a dollar sign, elsewhere all."""
    for block in fences(*SHELL):
        lines = re.sub(r"\\\n\s*", " ", block.text).splitlines()
        prompted = any(line.startswith("$ ") for line in lines)
        for offset, line in enumerate(lines):
            if line.startswith("$ ") or not prompted:
                yield Part(block.path, block.line + offset, line.removeprefix("$ "))


def words_of(line: str) -> list[list[str]]:
    """The commands of a line, comments left out, split where the shell splits them."""
    try:
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words = list(lexer)
    except ValueError:  # no command at all, such as a drawing
        return []
    commands: list[list[str]] = [[]]
    for word in words:
        if re.fullmatch(r"[;&|()<>]+", word):
            commands.append([])
        else:
            commands[-1].append(word)
    return commands


def typed(program: str) -> list[tuple[Part, list[str]]]:
    return [
        (part, words[1:])
        for part in shell_lines()
        for words in words_of(part.text)
        if words and (words[0] == program or (words[0].endswith(f"/{program}") and not words[0].startswith("http")))
    ]


COMMANDS = typed("extractor")
PROGRAM: Any = get_command(cli.app)
VERBS: dict[str, Any] = PROGRAM.commands
GLOBAL = {name for option in PROGRAM.params for name in (*option.opts, *option.secondary_opts)} | {"--help", "-h"}
PATH = re.compile(r"(?:extractor|tests|scripts|docs|corpus|gold)/[\w./-]*\w/?")
PATHS = [part for part in code_spans() if PATH.fullmatch(part.text)]
INLINE = [part for part in code_spans() if part.text.startswith("extractor ") and "VERB" not in part.text]


def parse(arguments: list[str]) -> None:
    """Let the real command line parse the words of a command, without doing what they say."""
    own = [word for word in arguments if word in GLOBAL]
    name, *rest = arguments[len(own) :] or [""]
    PROGRAM.make_context("extractor", [*own, name])
    assert name in VERBS, f"no verb {name}; there are {', '.join(VERBS)}"
    VERBS[name].make_context(name, rest)


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    tokens = tokens_of(path)
    titles = (after for token, after in zip(tokens, tokens[1:], strict=False) if token.type == "heading_open")
    return {slug("".join(child.content for child in title.children or ())) for title in titles}


def test_enough_was_found() -> None:
    found = {
        "links": len(list(links())),
        "commands": len(COMMANDS),
        "examples": sum(">>>" in block.text for block in fences("python")),
        "inline commands": len(INLINE),
        "paths": len(PATHS),
    }
    few = {name: number for name, number in found.items() if number < MINIMUM[name]}
    assert not few, f"expected at least {MINIMUM}, found {found}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    broken = []
    for link in links():
        target, _, anchor = unquote(link.text).partition("#")
        goal = (path.parent / target).resolve() if target else path
        if link.path != path:
            continue
        if not goal.exists():
            broken.append(f"{link}: no such file")
        elif anchor and anchor not in anchors(goal):
            broken.append(f"{link}: no such heading")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(("part", "arguments"), COMMANDS, ids=[str(part) for part, _ in COMMANDS])
def test_commands_parse(part: Part, arguments: list[str]) -> None:
    assert arguments, f"{part}: no verb"
    if {"--version", "--help"} & set(arguments):
        with pytest.raises(typer.Exit):
            parse(arguments)
    else:
        parse(arguments)


@pytest.mark.parametrize("part", INLINE, ids=str)
def test_verbs_and_options_in_running_text_exist(part: Part) -> None:
    words = [word for word in shlex.split(part.text)[1:] if not set(word) <= set(".…")]
    while words and words[0] in GLOBAL:
        words.pop(0)
    if words:
        assert words[0] in VERBS, f"{part}: no verb {words[0]}"
        known = GLOBAL | {name for option in VERBS[words[0]].params for name in (*option.opts, *option.secondary_opts)}
        assert {word for word in words if word.startswith("-")} <= known, f"{part}: unknown option"


def test_every_verb_is_in_the_readme() -> None:
    told = {words[1] for span in code_spans() if span.path == ROOT / "README.md" and len(words := span.text.split()) > 1 and words[0] == "extractor"}
    assert set(VERBS) <= told, f"not in README.md: {sorted(set(VERBS) - told)}"


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):(?!=)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {words[0] for _, words in typed("make") if words}
    assert {"demo", "test"} <= asked, "README.md names the two commands"
    assert asked <= targets
    readme = {words[0] for part, words in typed("make") if part.path == ROOT / "README.md" and words}
    assert {"demo", "test"} <= readme


@pytest.mark.parametrize("part", PATHS, ids=str)
def test_paths_in_running_text_exist(part: Part) -> None:
    assert any((folder / part.text).exists() for folder in (ROOT, part.path.parent)), f"{part}: no such file"


@pytest.mark.parametrize("block", list(fences("python")), ids=lambda part: f"{part.path.name}:{part.line}")
def test_python_blocks_run(block: Part) -> None:
    """Sessions are run and compared; of other blocks the imports are, since what they use is the reader's."""
    if ">>>" not in block.text:
        tree = compile(block.text, str(block.path), "exec")
        assert tree is not None
        for line in re.findall(r"^(?:from|import) .+$", block.text, re.MULTILINE):
            exec(line, {})
        return
    session = doctest.DocTestParser().get_doctest(block.text, {}, block.path.name, str(block.path), block.line)
    said: list[str] = []
    outcome = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(session, out=said.append)
    assert outcome.attempted > 0
    assert outcome.failed == 0, "".join(said)


ROWS: dict[str, type[Row]] = {"tsv molecules.tsv": TermRow, "tsv directions.tsv": DirectionRow}


@pytest.mark.parametrize("info", ROWS)
def test_example_rows_have_the_columns_of_their_table(info: str, tmp_path: Path) -> None:
    blocks = list(fences(info))
    assert blocks, f"no block {info}"
    table = LEXICONS / info.split()[1]
    header = next(line for line in table.read_text("utf-8").splitlines() if not line.startswith("#"))
    for number, block in enumerate(blocks):
        assert block.text.splitlines()[0] == header, block
        copy = tmp_path / f"{number}.tsv"
        copy.write_text(block.text, "utf-8")
        assert len(read_rows(copy, ROWS[info])) == 1


def test_example_rules_are_rules_of_the_package() -> None:
    blocks = list(fences("jsonl patterns.jsonl"))
    known = [json.loads(line) for line in (LEXICONS / "patterns.jsonl").read_text("utf-8").splitlines() if line.startswith("{")]
    assert blocks
    for block in blocks:
        for line in block.text.splitlines():
            assert PatternRow.model_validate(json.loads(line)).example
            assert json.loads(line) in known, f"{block}: not in patterns.jsonl"


def test_every_lexicon_is_in_its_readme() -> None:
    told = (ROOT / "extractor/lexicons/README.md").read_text("utf-8")
    names = [path.name for path in sorted((ROOT / "extractor/lexicons").iterdir()) if path.suffix in {".tsv", ".jsonl"}]
    assert len(names) > 10
    assert [name for name in names if f"`{name}`" not in told] == []


GUIDE = ROOT / "docs/curators.md"
BROKEN: dict[str, bytes | None] = {
    "empty.xml": b"",
    "notxml.xml": b"This is no markup, whatever its name says.\n",
    "page.xml": b'<?xml version="1.0"?><html><body>Please log in.</body></html>',
    "truncated.xml": b"<article>\n",
    "login.pdf": b"<html><body>Please log in.</body></html>",
    "notes.docx": b"notes",
    "encrypted.pdf": None,
    "scan.pdf": None,
}


def draw_pdf(path: Path) -> None:
    """A PDF that needs a password, or one with nothing but an image on its page."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab draws the PDFs")
    encryption = pytest.importorskip("reportlab.lib.pdfencrypt").StandardEncryption("secret", ownerPassword="owner") if path.name == "encrypted.pdf" else None
    page = canvas.Canvas(str(path), encrypt=encryption)
    page.rect(72, 72, 300, 300, fill=1)
    page.save()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of reportlab
@pytest.mark.parametrize("name", BROKEN)
def test_the_messages_of_the_guide_are_those_of_the_readers(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("papers") / name
    path.parent.mkdir()
    content = BROKEN[name]
    if content is None:
        draw_pdf(path)
    else:
        path.write_bytes(content)
    (error,) = read(path)
    assert f"`{error}`" in GUIDE.read_text("utf-8")


def _missing(work: Callable[[], object]) -> str:
    with pytest.raises(Exception, match=r".+") as caught:
        work()
    return str(caught.value)


def test_the_messages_of_the_guide_about_requests_are_the_real_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.batch import Request, extract
    from extractor.emit.curation import write_sheet
    from extractor.parse.language import build_language
    from extractor.read import find_inputs

    monkeypatch.chdir(tmp_path)
    Path("papers").mkdir()
    said = [
        _missing(lambda: find_inputs(["papers"])),
        _missing(lambda: find_inputs(["papers/nothere.xml"])),
        _missing(lambda: extract(Request(("papers",), Path("results"), formats=("xls",)))),
        _missing(lambda: build_language("en_core_sci_md")) if not _installed("en_core_sci_md") else "error",
        _missing(lambda: write_sheet([], Path("sheet.ods"))),
    ]
    guide = GUIDE.read_text("utf-8")
    assert [message for message in said if message not in guide] == []


def _installed(model: str) -> bool:
    from importlib.util import find_spec

    return find_spec(model) is not None


def test_the_guide_names_all_endings_and_decisions() -> None:
    guide = GUIDE.read_text("utf-8")
    assert [ending for ending in READERS if not ending.endswith(".gz") and f"`{ending}`" not in guide] == []
    assert [decision for decision in DECISIONS if f"`{decision}`" not in guide] == []


def test_the_guide_tells_whether_the_rules_have_measured_reliabilities() -> None:
    measured = any(rule.row.reliability != PatternRow.model_fields["reliability"].default for rule in rules())
    says_none = "no rule has a measured reliability yet" in " ".join(GUIDE.read_text("utf-8").split())
    assert says_none is not measured, "docs/curators.md, What confidence means"


def test_the_reference_names_all_formats_and_columns_of_the_sheet() -> None:
    reference = (ROOT / "docs/data_formats.md").read_text("utf-8")
    assert [name for name in WRITERS if f"`claims.{name}`" not in reference] == []
    assert [column.name for column in COLUMNS if f"`{column.name}`" not in reference] == []


def test_nothing_in_the_documents_names_a_place_on_one_machine() -> None:
    places = ("/work/", "/tmp/", "/home/", "/Users/")
    assert DOCUMENTS
    assert [f"{path.name}: {place}" for path in DOCUMENTS for place in places if place in path.read_text("utf-8")] == []
