"""Which cue speaks of which molecule: `Units` in, `Link`s out, by the rules of lexicons/patterns.jsonl."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractor.relate.memory import remembered
from extractor.relate.patterns import Rule, rules_for
from extractor.relate.units import Units, compile_pattern

_CONTRAST_AHEAD = "BUT NOT ((?:DET|WORD|ADV|NUM|AGENT|BOTH|MOL|FORM|REGION|HYPHEN){1,6}) COMMA? (?:HAVE|MODAL|ADV|BE){0,3}$"
_CONTRAST_INSIDE = "COMMA? BUT NOT (?:IN DET?)? ((?:WORD|ADV|REGION|SPECIES|HYPHEN){1,4}) COMMA (?:WORD|ADV|FORM|REGION){0,3}$"
_QUALIFIES_A_HEAD = "HYPHEN? (?:FORM HYPHEN)? HEAD (?!FORM)|(?:WORD|FORM)? (?:COUNT|HEAD)|SPECIES|HYPHEN (?:VERBCUE|NOUNCUE|CAUSE|SEE)|HYPHEN WORD (?!FORM)"
_SET_AGAINST = "BUT NOT (?:(?!SEMI|SUB|REL|VERBCUE|BE).){0,12}$"
_OWNED = frozenset({"its", "their"})
_LISTED = "(?:FORM|OPEN (?:(?!CLOSE).){0,6} CLOSE){0,2} (?:COMMA AND|COMMA|AND|WORD AND OPEN?|OPEN) (?:DET|WORD|FORM OF|REGION|ADV){0,2}"
_CONTRAST = "(?:(?!BUT|SEMI|SUB|REL).){0,14} BUT NOT ((?:(?!SEMI|SUB|REL|VERBCUE|BE|BUT).){1,14})"


@dataclass(frozen=True, slots=True)
class Link:
    """A cue tied to a molecule, both as positions of units, with the rule that tied them; without one it only proposes the pair.

    `outer` is the cue that acts on this one ("reversed" in "reversed the decrease in BDNF"), tied by `outer_rule`. `denied` are the
    units after "but not", where the link is stated for what they name, as no change. `company` are the molecules of the same cue.
    """

    cue: int
    molecule: int
    rule: Rule | None
    outer: int | None = None
    outer_rule: Rule | None = None
    denied: range | None = None
    company: frozenset[int] = frozenset()

    @property
    def acting(self) -> int:
        """The cue whose agent is asked for: the outer one where there is one."""
        return self.cue if self.outer is None else self.outer


def find_links(units: Units) -> tuple[Link, ...]:
    """Tie every cue to the molecules it speaks of.

    Parameters
    ----------
    units
        One sentence.

    Returns
    -------
        Links by cue, then molecule. A link under an outer cue comes twice: alone, and with its outer cue.
    """
    molecules = [i for i in units.where("MOL", "BOTH") if not qualifies_head(units, i) and not after_but_not(units, i)]
    cues = units.where("VERBCUE", "NOUNCUE", "ADJCUE")
    plain = [link for cue in cues for link in _links_of(units, cue, molecules)]
    bases = [link for cue in cues for link in _links_of(units, cue, molecules, in_any_role=True) if link.rule is not None and link.rule.row.nests]
    nested = [link for base in bases for link in _nested(units, base)]
    contrasted = [link for base in (*plain, *nested) for link in _contrasted(units, base)]
    return (*plain, *nested, *contrasted)


@remembered
def after_but_not(units: Units, position: int) -> bool:
    """Whether the name at a position is set against the claim: `but not after ketamine`."""
    before = units.codes[:position]
    return compile_pattern(_SET_AGAINST).search(before) is not None and compile_pattern(_CONTRAST_INSIDE).search(before) is None


@remembered
def qualifies_head(units: Units, position: int) -> bool:
    """Whether the name at `position` only qualifies what follows: `serotonin neurons`, `BDNF-treated`, `dopamine agonist`."""
    behind = units.items[position + 1].mention("region") if position + 1 < len(units.items) else None
    if behind is not None and behind.label in ("cell", "culture"):
        return True
    return compile_pattern(_QUALIFIES_A_HEAD).match(units.codes, position + 1) is not None


def _links_of(units: Units, cue: int, molecules: list[int], *, in_any_role: bool = False) -> list[Link]:
    for rule in _rules_of(units, cue):
        tied = _tied(units, rule, cue, molecules, in_any_role=in_any_role)
        if tied:
            found = _with_listed(units, tied, molecules)
            return [Link(cue=cue, molecule=m, rule=rule, company=frozenset(found)) for m in found]
    return []


def _tied(units: Units, rule: Rule, cue: int, molecules: list[int], *, in_any_role: bool) -> list[int]:
    """The molecules that a rule ties to a cue, by their names or by "its level"."""
    found = {m for m in molecules if rule.ties(units, cue, m, in_any_role=in_any_role)}
    for measure in _owned_measures(units):
        before = [m for m in molecules if m < measure]
        if before and rule.ties(units, cue, measure, in_any_role=in_any_role):
            found.add(before[-1])
    return sorted(found)


@remembered
def _owned_measures(units: Units) -> list[int]:
    """The words of measure that stand for a molecule named before: `its level`."""
    return [measure for measure in units.where("FORM") if not _OWNED.isdisjoint(u.lower for u in units.items[max(0, measure - 3) : measure])]


def _with_listed(units: Units, found: list[int], molecules: list[int]) -> list[int]:
    """Add the molecules that stand in one list with a found one: the parse of long lists is often torn."""
    listed = compile_pattern(_LISTED)
    known = set(found)
    for step in (1, -1):
        ordered = molecules[::step]
        for one, other in zip(ordered, ordered[1:], strict=False):
            first, second = min(one, other), max(one, other)
            if one in known and listed.fullmatch(units.codes, first + 1, second):
                known.add(other)
    return sorted(known)


def _applies(rule: Rule, units: Units, cue: int) -> bool:
    mention = units.items[cue].cue
    if mention is None:
        return False
    forms, kinds = rule.row.forms, rule.row.kinds
    return (not forms or any(form in forms for form in mention.forms)) and (not kinds or mention.kind in kinds)


@remembered
def _rules_of(units: Units, cue: int) -> list[Rule]:
    """The rules for molecules that are for such a cue."""
    return [rule for rule in rules_for("molecule") if _applies(rule, units, cue)]


def _nested(units: Units, base: Link) -> Iterator[Link]:
    """Links of the same cue and molecule under each cue that acts on the first."""
    for outer in units.where("VERBCUE", "NOUNCUE"):
        if outer in (base.cue, base.molecule) or (outer > 0 and units.items[outer - 1].name == "HYPHEN"):
            continue
        rule = next((r for r in rules_for("cue") if _applies(r, units, outer) and r.ties(units, outer, base.cue)), None)
        if rule is not None:
            yield replace(base, outer=outer, outer_rule=rule)
            return


def _contrasted(units: Units, base: Link) -> Iterator[Link]:
    """The same link for what stands after "but not": another molecule, region, agent, dose or time."""
    near = max(base.cue, base.molecule, base.outer or 0)
    codes = units.codes
    contrast = (
        compile_pattern(_CONTRAST).match(codes, near + 1)
        or compile_pattern(_CONTRAST_AHEAD).search(codes[: base.acting])
        or compile_pattern(_CONTRAST_INSIDE).search(codes[: base.molecule])
    )
    if contrast is None or contrast.end() - contrast.start(1) == 0:
        return
    denied = range(contrast.start(1), contrast.end(1))
    molecules = [i for i in denied if units.items[i].mention("molecule") is not None and not qualifies_head(units, i)]
    for molecule in molecules or [base.molecule]:
        yield replace(base, molecule=molecule, denied=denied)
