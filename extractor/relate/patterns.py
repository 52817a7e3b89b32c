"""Syntactic rules as data: lexicons/patterns.jsonl in, compiled rules out.

A rule ties a cue to what it acts on by the units that stand before the cue, between the two, and after the farther one. A line of
the file is a `PatternRow`, or a macro `{"macro": "N", "pattern": "..."}` that later lines use as `<N>`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Literal, TypeVar

from pydantic import ConfigDict, ValidationError

from extractor.errors import DataError
from extractor.records import CueForm, CueKind
from extractor.relate.memory import remembered
from extractor.relate.units import Units, compile_pattern
from extractor.tables import LEXICONS, Row

_MACRO = re.compile(r"<([A-Za-z]+)>")
_FARTHEST = 40
_OTHERS = frozenset({"COUNT", "HEAD", "NOUNCUE", "VERBCUE", "ADJCUE"})


class PatternRow(Row):
    """One rule. `target` says what the cue is tied to, `side` where the target stands.

    A rule is told by `path`, the way through the dependency parse from the cue to the target, by `gap`, the units between them, or both.
    `before` must match units that end at the nearer edge of the pair, `not_before` must not;
    `lacks` names labels that no dependent of the cue may have, `role_not` the roles
    (`nsubj VERBCUE`, `pobj after`) that the cue may not have. `after` and `not_after` look at the units behind the pair. `example` is a sentence whose marked words the rule ties, `counter`
    one where it must not fire. `nests` lets the pair stand under another cue ("reversed the decrease in"). For agents and regions `anchor` says from where
    the way starts and `cost` ranks the ways, lower first. `reliability` is the rule's own part of a claim's
    confidence; the same for all rules until one is measured.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)

    rule: str
    target: Literal["molecule", "cue", "agent", "region"]
    side: Literal["left", "right", "any"] = "any"
    forms: tuple[CueForm, ...] = ()
    kinds: tuple[CueKind, ...] = ()
    before: str = ""
    not_before: str = ""
    gap: str = ""
    path: str = ""
    lacks: tuple[str, ...] = ()
    role_not: str = ""
    after: str = ""
    not_after: str = ""
    anchor: Literal["cue", "molecule"] = "cue"
    cost: int = 0
    reliability: float = 0.5
    presupposed: bool = False
    nests: bool = False
    example: str
    counter: str


class _MacroRow(Row):
    macro: str
    pattern: str


_AnyRow = TypeVar("_AnyRow", bound=Row)


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled row."""

    row: PatternRow
    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    gap: re.Pattern[str] | None
    path: re.Pattern[str] | None
    role_not: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None

    def ties(self, units: Units, anchor: int, target: int, *, in_any_role: bool = False) -> bool:
        """Whether the rule ties the unit at `anchor` (a cue, or for agents and regions also a molecule) to the one at `target`. `in_any_role` leaves out what the row says of roles."""
        left, right = (
            (min(anchor, target), max(anchor, target)) if self.row.side == "any" else (anchor, target) if self.row.side == "right" else (target, anchor)
        )
        if left >= right or right - left > _FARTHEST:
            return False
        codes = units.codes
        return (
            (self.gap is None or self.gap.fullmatch(codes, left + 1, right) is not None)
            and (self.path is None or _follows(self.path, units, anchor, target, free=self.row.target in ("agent", "region")))
            and (self.role_not is None or in_any_role or self.role_not.fullmatch(_role(units, anchor)) is None)
            and (not self.row.lacks or not _has(self.row.lacks, units, anchor))
            and (self.before is None or self.before.search(codes[:left]) is not None)
            and (self.not_before is None or self.not_before.search(codes[:left]) is None)
            and (self.after is None or self.after.match(codes, right + 1) is not None)
            and (self.not_after is None or self.not_after.match(codes, right + 1) is None)
        )


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Compile the rules of the package, in the order of the file, which is their rank. Raises `DataError` where one is broken."""
    return read_patterns(LEXICONS / "patterns.jsonl")


def rules_for(target: str) -> tuple[Rule, ...]:
    """The rules whose target this is, best first."""
    return _by_target().get(target, ())


@lru_cache(maxsize=1)
def _by_target() -> dict[str, tuple[Rule, ...]]:
    return {target: tuple(r for r in rules() if r.row.target == target) for target in ("molecule", "cue", "agent", "region")}


@remembered
def rules_from(units: Units, target: str, anchor: Literal["cue", "molecule"], at: int, place: int) -> tuple[Rule, ...]:
    """The rules that tie a place to the cue, or the molecule, at a position."""
    return tuple(rule for rule in rules_for(target) if rule.row.anchor == anchor and rule.ties(units, at, place))


def rules_tying(units: Units, target: str, place: int, *, cue: int, molecule: int) -> tuple[Rule, ...]:
    """The rules that tie a place to a cue or its molecule, from where each starts."""
    return (*rules_from(units, target, "cue", cue, place), *rules_from(units, target, "molecule", molecule, place))


def _follows(path: re.Pattern[str], units: Units, anchor: int, target: int, *, free: bool) -> bool:
    """Whether the parse leads from anchor to target along the path, over nothing that stands for another measure or another change."""
    if units.syntax is None:
        return False
    labels, passed = units.syntax.way(units.items[anchor].token, units.items[target].token)
    if path.fullmatch(labels) is None:
        return False
    return free or not any(units.class_at(token) in _OTHERS for token in passed if units.syntax.tags[token].startswith("N"))


@remembered
def _role(units: Units, anchor: int) -> str:
    """The role of a cue as `label CLASS`, the class being that of its head; of the object of a preposition, `pobj word CLASS`."""
    if units.syntax is None:
        return ""
    label, head = units.syntax.role(units.items[anchor].token)
    if label != "pobj":
        return f"{label} {units.class_at(head)}"
    return f"pobj {units.syntax.labels[head].partition(':')[2]} {units.class_at(units.syntax.heads[head])}"


def _has(labels: tuple[str, ...], units: Units, anchor: int) -> bool:
    syntax = units.syntax
    return syntax is not None and any(syntax.labels[child] in labels for child in syntax.children(units.items[anchor].token))


def read_patterns(path: Traversable) -> tuple[Rule, ...]:
    """Read a file of rules.

    Raises
    ------
    DataError
        A line is no JSON, has an unknown key, names an unknown class or macro, or repeats the name of a rule.
    """
    macros: dict[str, str] = {}
    found: dict[str, Rule] = {}
    for place, line in _lines(path):
        record = _record(line, place)
        if "macro" in record:
            macro = _checked(_MacroRow, record, place)
            macros[macro.macro] = _expand(macro.pattern, macros, place)
            continue
        row = _checked(PatternRow, record, place)
        if row.rule in found:
            raise DataError(f"rule {row.rule!r} a second time", place=place, expected="unique names")
        found[row.rule] = _compile(row, macros, place)
    return tuple(found.values())


def _lines(path: Traversable) -> Iterator[tuple[str, str]]:
    for no, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if line.strip() and not line.startswith("//"):
            yield f"{path}:{no}", line


def _record(line: str, place: str) -> dict[str, object]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise DataError(f"no JSON: {error}", place=place, expected="one object a line") from error
    if not isinstance(record, dict):
        raise DataError("no object", place=place, expected="one object a line")
    return record


def _checked(kind: type[_AnyRow], record: dict[str, object], place: str) -> _AnyRow:
    try:
        return kind.model_validate(record)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(f"{'.'.join(str(p) for p in first['loc'])}: {first['msg']}", place=place, expected=f"a {kind.__name__}") from error


def _expand(pattern: str, macros: dict[str, str], place: str) -> str:
    def known(match: re.Match[str]) -> str:
        if match[1] not in macros:
            raise DataError(f"unknown macro <{match[1]}>", place=place, expected=f"one of {sorted(macros)}")
        return macros[match[1]]

    return _MACRO.sub(known, pattern)


def _compile(row: PatternRow, macros: dict[str, str], place: str) -> Rule:
    def compiled(pattern: str, *, at_end: bool = False) -> re.Pattern[str] | None:
        if not pattern:
            return None
        expanded = _expand(pattern, macros, place)
        try:
            return compile_pattern(f"(?:{expanded})$" if at_end else expanded)
        except DataError as error:
            raise DataError(f"rule {row.rule!r}: {error.found}", place=place, expected=error.expected, repair=error.repair) from error

    def plain(pattern: str) -> re.Pattern[str] | None:
        try:
            return re.compile(_expand(pattern, macros, place)) if pattern else None
        except re.error as error:
            raise DataError(
                f"rule {row.rule!r}: pattern {pattern!r}: {error}", place=place, expected="a regular expression over the labels of the parse"
            ) from error

    if not (row.gap or row.path):
        raise DataError(f"rule {row.rule!r} with neither gap nor path", place=place, expected="one of the two, or both")
    return Rule(
        row=row, before=compiled(row.before, at_end=True), not_before=compiled(row.not_before, at_end=True), gap=compiled(row.gap), path=plain(row.path), role_not=plain(row.role_not),
        after=compiled(row.after), not_after=compiled(row.not_after),
    )  # fmt: skip
