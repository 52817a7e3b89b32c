"""What of a molecule was measured: the words beside its name in, a `Form` out."""

from __future__ import annotations

import re

from extractor.records import Form, Mention
from extractor.relate.links import Link
from extractor.relate.units import Units, code_of, measures

_PHOSPHO = re.compile(r"^p-?(?=[A-Z])|^p-|(?i:^phospho-|phosphorylated|phosphorylation)|\((?:p?Ser|p?Thr|p?Tyr|[STY])-?\d+\)")
_BOTH_FORMS = re.compile(r"mrna(?: \w+)? (?:and|and/or|as well as) (?:the )?(?:\w+ )?proteins?(?! kinase)|proteins?(?: \w+)? (?:and|as well as) (?:the )?mrna")
_WORD = re.compile(r"\w+")
_ACTIVATING = frozenset({"activate", "inhibit", "desensitize", "inactivate", "deactivate", "sensitize"})
_BEHIND = frozenset(map(code_of, ("FORM", "WORD", "HYPHEN", "OPEN", "CLOSE", "MOL", "BOTH", "NUM", "AND", "COMMA", "NOUNCUE")))
_AHEAD = frozenset(
    map(
        code_of, ("FORM", "WORD", "OF", "DET", "REGION", "ADV", "HYPHEN", "MOL", "BOTH", "COMMA", "AND", "SPECIES", "OPEN", "CLOSE", "ON", "NOUNCUE", "VERBCUE")
    )
)
_REACH_BEHIND, _REACH_AHEAD = 10, 6


def forms_of(units: Units, link: Link, mention: Mention) -> tuple[Form, ...]:
    """Return the forms of the molecule of a link: one, but for `mRNA and protein`, which are two.

    The molecule's own spelling decides first (`p-ERK`), then the nearest word of measure behind it, then before it, then the cue
    (to inhibit or activate an enzyme changes its activity); a plain name is a level.
    """
    if _PHOSPHO.search(mention.text):
        return (Form.PHOSPHO,)
    named = next((form for word in _WORD.findall(mention.text.lower()) if (form := measures().get(word)) is not None), None)
    behind = _nearest_measure(units, link.molecule, step=1, reach=_REACH_BEHIND)
    ahead = _nearest_measure(units, link.molecule, step=-1, reach=_REACH_AHEAD)
    telling = next((form for form in (named, behind, ahead) if form not in (None, Form.LEVEL)), None)
    if telling is Form.MRNA and _BOTH_FORMS.search(_around(units, link.molecule)) is not None:
        return (Form.MRNA, Form.LEVEL)
    if telling is not None:
        return (telling,)
    cue = units.items[link.cue].cue
    if cue is not None and cue.lemma in _ACTIVATING and behind is None and ahead is None:
        return (Form.ACTIVITY,)
    return (Form.LEVEL,)


def _around(units: Units, position: int) -> str:
    return " ".join(unit.lower for unit in units.items[max(0, position - _REACH_AHEAD) : position + _REACH_BEHIND])


def _nearest_measure(units: Units, position: int, *, step: int, reach: int) -> Form | None:
    """The form of the measure words on one side, the first that is not a bare level winning; None without any."""
    passable = _BEHIND if step > 0 else _AHEAD
    seen: Form | None = None
    for distance in range(1, reach + 1):
        place = position + step * distance
        if not 0 <= place < len(units.items) or units.codes[place] not in passable:
            break
        form = measures().get(units.items[place].lower)
        if form is not None and form is not Form.LEVEL:
            return form
        seen = form or seen
    return seen
