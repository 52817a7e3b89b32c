"""Which cue speaks of which molecule: `Units` in, `Link`s out, by the rules of lexicons/patterns.jsonl."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.relate.patterns import Rule, rules_for
from extractor.relate.units import Units, compile_pattern

_QUALIFIES_A_HEAD = "HYPHEN? (?:FORM HYPHEN)? HEAD (?!FORM)|HYPHEN (?:VERBCUE|NOUNCUE)|HYPHEN WORD (?!FORM)"


@dataclass(frozen=True, slots=True)
class Link:
    """A cue tied to a molecule, both as positions of units, with the rule that tied them.

    `outer` is the cue that acts on this one ("reversed" in "reversed the decrease in BDNF"), tied by `outer_rule`.
    """

    cue: int
    molecule: int
    rule: Rule
    outer: int | None = None
    outer_rule: Rule | None = None


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
    molecules = [i for i in units.where("MOL", "BOTH") if not qualifies_head(units, i)]
    plain = [link for cue in units.where("VERBCUE", "NOUNCUE", "ADJCUE") for link in _links_of(units, cue, molecules)]
    nested = [link for base in plain for link in _nested(units, base)]
    return tuple([*plain, *nested])


def qualifies_head(units: Units, position: int) -> bool:
    """Whether the name at `position` only qualifies what follows: `serotonin neurons`, `BDNF-treated`, `dopamine agonist`."""
    return compile_pattern(_QUALIFIES_A_HEAD).match(units.codes, position + 1) is not None


def _links_of(units: Units, cue: int, molecules: list[int]) -> list[Link]:
    for rule in rules_for("molecule"):
        if not _applies(rule, units, cue):
            continue
        found = [Link(cue=cue, molecule=m, rule=rule) for m in molecules if rule.ties(units, cue, m)]
        if found:
            return found
    return []


def _applies(rule: Rule, units: Units, cue: int) -> bool:
    mention = units.items[cue].cue
    if mention is None:
        return False
    forms, kinds = rule.row.forms, rule.row.kinds
    return (not forms or any(form in forms for form in mention.forms)) and (not kinds or mention.kind in kinds)


def _nested(units: Units, base: Link) -> Iterator[Link]:
    """Links of the same cue and molecule under each cue that acts on the first."""
    for outer in units.where("VERBCUE", "NOUNCUE"):
        if outer == base.cue or outer == base.molecule:
            continue
        rule = next((r for r in rules_for("cue") if _applies(r, units, outer) and r.ties(units, outer, base.cue)), None)
        if rule is not None:
            yield Link(cue=base.cue, molecule=base.molecule, rule=base.rule, outer=outer, outer_rule=rule)
            return
