"""Spelling variants, in one place: what a name in a lexicon may look like in print.

`fold` maps a text to the alphabet in which names are compared, character for character, so that offsets stay true;
`variants` lists the folded spellings of a name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from extractor.tables import LEXICONS, Row, read_rows

_DASHES = "‐‑‒–—―−﹣－˗⁃"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r"
_SINGLE = {**{ord(c): "-" for c in _DASHES}, **{ord(c): " " for c in _SPACES}, ord("’"): "'", ord("‘"): "'", ord("′"): "'", ord("µ"): "μ", ord("ß"): "β"}

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ",
    "mu": "μ", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
_GREEK_WORD = re.compile(r"(?<![a-z])(" + "|".join(GREEK) + r")(?![a-z])|(?<=[a-z0-9])(alpha|beta|gamma|delta|kappa)(?![a-z])")
_GREEK_LETTER = re.compile("[" + "".join(GREEK.values()) + "]")
_LETTER_NAME = {letter: name for name, letter in GREEK.items()}
_JOINT = re.compile(r"(?<=[a-zα-ω])[- ]?(?=\d)|(?<=\d)[- ](?=[a-zα-ω])|[- ](?=[α-ω](?![a-z]))|(?<=[a-z])(?=[α-ω])|(?<=[a-z0-9α-ω+])-(?=[a-z0-9α-ω])")
_TAIL = re.compile(r"(?<=[a-z\])])-?(\d[a-z]?|[α-ω]|\d?[α-ω]\d?)(?=$| receptor)")
_CODED = re.compile(r"[-\dα-ω]")
"""What a name has that has a joint or a tail: every alternative of both patterns asks for one of these."""
_LIMIT = 64


class SpellingRow(Row):
    """British and American spelling of the same run of letters."""

    british: str
    american: str


def fold_keep_case(text: str) -> str:
    """Map dashes, blanks, primes and look-alikes to one character each; the length stays, the case too.

    >>> fold_keep_case("TNF‑α\\u00a0(p)")
    'TNF-α (p)'
    """
    return text.translate(_SINGLE)


def fold(text: str) -> str:
    """`fold_keep_case`, then lower case wherever that keeps the length.

    >>> fold("GSK–3Β")
    'gsk-3β'
    """
    folded = fold_keep_case(text)
    lowered = folded.lower()
    return lowered if len(lowered) == len(folded) else "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


@lru_cache(maxsize=1)
def spelling_pairs() -> tuple[tuple[str, str], ...]:
    """The British and American pairs of lexicons/spelling.tsv."""
    return tuple((row.british, row.american) for row in read_rows(LEXICONS / "spelling.tsv", SpellingRow))


def variants(name: str, *, plural: bool = True) -> frozenset[str]:
    """List the folded spellings of a name: dash, blank or nothing at a joint, Greek, brackets, plural, British and American.

    Parameters
    ----------
    name
        A name as a lexicon writes it.
    plural
        Whether to add plurals.

    Returns
    -------
        At most a few dozen folded spellings, the name's own always among them.

    >>> sorted(variants("IL-6", plural=False))
    ['il 6', 'il(6)', 'il-(6)', 'il-6', 'il6']
    >>> "tnfα" in variants("TNF-alpha")
    True
    """
    base = fold(name)
    swaps = [(british, american) for british, american in spelling_pairs() if british in base or american in base]
    spelled = {base, *(base.replace(one, other) for pair in swaps for one, other in (pair, pair[::-1]))}
    letters = spelled | {_GREEK_WORD.sub(lambda m: GREEK[m[0]], one) for one in spelled}
    letters |= {_GREEK_LETTER.sub(lambda m: _LETTER_NAME[m[0]], one) for one in spelled if not one.isascii()}
    forms = {form for one in letters for form in (_codes(one) if _CODED.search(one) else (one,))}
    return frozenset(forms | {p for form in forms for p in _plurals(form)}) if plural else frozenset(forms)


def _codes(text: str) -> set[str]:
    """The ways to write a name with a number, a Greek letter or a dash in it: by its joints, and with its tail in brackets."""
    joined = _joints(text)
    tailed = [one for one in joined if _TAIL.search(one)]
    return joined | {_TAIL.sub(form, one) for one in tailed for form in (r"(\1)", r"-(\1)")}


def _joints(text: str) -> set[str]:
    """All ways to write the joints of a short code; for long names only dash against blank."""
    spots = list(_JOINT.finditer(text))
    if not spots:
        return {text}
    options = [_joint_options(text, spot) for spot in spots]
    combinations = 1
    for option in options:
        combinations *= len(option)
    if combinations > _LIMIT:
        return {text, text.replace("-", " "), text.replace("-", "")}
    pieces = [text[a:b] for a, b in zip([0, *(s.end() for s in spots)], [*(s.start() for s in spots), len(text)], strict=True)]
    return {"".join(piece + joint for piece, joint in zip(pieces, [*choice, ""], strict=True)) for choice in product(*options)} | {text}


def _joint_options(text: str, spot: re.Match[str]) -> tuple[str, ...]:
    before, after = text[spot.start() - 1], text[spot.end()] if spot.end() < len(text) else ""
    if before.isdigit() and after.isdigit():
        return (spot[0],)
    if before.isalpha() and before.isascii() and after.isalpha() and after.isascii():
        return ("-", " ") if spot[0] else ("",)
    return ("", "-", " ") if spot[0] or after.isdigit() or not after.isascii() else (spot[0],)


def _plurals(text: str) -> set[str]:
    if len(text) < 3 or not text[-1].isalpha() or not text[-1].isascii() or text[-1] == "s":
        return set()
    if text[-1] == "y" and text[-2] not in "aeiou":
        return {text[:-1] + "ies"}
    if text[-1] in "xz" or text.endswith(("ch", "sh")):
        return {text + "es"}
    return {text + "s"}
