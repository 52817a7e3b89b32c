"""Curated statements with the text they were read from in, pairs with a likely answer out.

A curated statement says which molecule changes in which direction, not which words say so. The rules say which words; the statement says that they are
right. All else stays unknown: unlike annotated text, the text of a statement may hold claims that nobody wrote down.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from csv import DictReader
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from extractor.errors import DataError
from extractor.evaluate.names import Name, related, resolve, same
from extractor.learn.dataset import Instance
from extractor.learn.examples import Span
from extractor.learn.label import name_of
from extractor.pipeline import Pipeline
from extractor.records import Article, Direction, Passage, Receipt, Section
from extractor.relate.features import features_of
from extractor.relate.models import NO_CLAIM, Task
from extractor.relate.pairs import Pair
from extractor.relate.view import SentenceView
from extractor.terms import load_terms

WeakSource = Literal["bel", "chemprot", "functional_genomics", "rct"]
LONGEST_SHARED = 7
"""Words in a row that a sentence may share with a held-out text; one more, and it is left out."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a curator says of a text: the molecule, how it changes, and what changes it, where that has a name."""

    molecule: Name
    direction: Direction
    actors: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Acting:
    """The words of an effect and those of what brings it about, both marked in the text: no molecule named in the second is changed by the first."""

    effect: Span
    actor: Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """A text with all that its curators say of it."""

    text: str
    statements: tuple[Statement, ...] = ()
    actings: tuple[Acting, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A pair, with how well it fits a statement; sorted, the best first."""

    other_molecule: bool
    untied: bool
    distance: int
    view: int
    pair: int


def weak_instances(
    corpora: Path, pipeline: Pipeline, *, sources: Sequence[WeakSource] = ("bel",), held_out: Iterable[str] = ()
) -> Iterator[tuple[WeakSource, Task, Instance]]:
    """Read curated statements into instances of the claim task.

    Of a statement's text, at most one pair is a claim: that of the statement's molecule which the rules read in its direction, a tied one before others, then
    the nearest; where no rule ties that pair it is left out, for such pairs are too often wrong to learn from: with them both dev sets lose F1. A molecule that
    the statement names as the actor is no claim with the cue of that pair. No other pair gives an instance.

    Parameters
    ----------
    corpora
        The folder of all corpora.
    pipeline
        Finds the sentences, their molecules, cues and pairs.
    sources
        Which corpora to read, in this order. BEL alone helps; the trial reports (`rct`) are a measure as well: ask for them only where they are not.
    held_out
        Texts that the models are measured on. A sentence that shares eight words in a row with one of them is left out, as is one that came before.

    Raises
    ------
    DataError
        A file is missing or broken.
    """
    passed = _Passed(held_out)
    for source in sources:
        for evidence in READERS[source](corpora):
            views = [view for view in pipeline.views(_article(evidence.text))[1] if passed.new(view.text)]
            for v, p, label in label_evidence(evidence, views):
                yield source, "claim", Instance(features=tuple(features_of(views[v], views[v].pairs[p])), label=label)


class _Passed:
    """The sentences that have been and the runs of words that must not be."""

    def __init__(self, held_out: Iterable[str]) -> None:
        self._runs = {run for text in held_out for run in _runs(text)}
        self._seen: set[str] = set()

    def new(self, sentence: str) -> bool:
        """Whether a sentence has not been and shares no run with a held-out text."""
        plain = " ".join(_words(sentence))
        if plain in self._seen or not self._runs.isdisjoint(_runs(sentence)):
            return False
        self._seen.add(plain)
        return True


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(text: str) -> Iterator[str]:
    words = _words(text)
    return (" ".join(words[i : i + LONGEST_SHARED + 1]) for i in range(len(words) - LONGEST_SHARED))


def _article(text: str) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    passage = Passage(start=0, end=len(text), kind="paragraph", section=Section.ABSTRACT)
    return Article(id=digest[:12], text=text, passages=(passage,), title="", source="", sha256=digest, receipt=Receipt(read=len(text)))


def label_evidence(evidence: Evidence, views: Sequence[SentenceView]) -> list[tuple[int, int, str]]:
    """Say what the pairs of a text are, as far as its statements tell: position of the view, position of the pair, label."""
    claims: dict[tuple[int, int], str] = {}
    actors: set[tuple[int, int]] = set()
    for statement in evidence.statements:
        places = list(_places(statement, views))
        if places:
            best = min(places, key=lambda p: (p.other_molecule, p.untied, p.distance, p.view, p.pair))
            if not best.untied:
                claims[best.view, best.pair] = str(statement.direction)
            actors.update((best.view, p) for p in _with_actor(views[best.view], best, statement, evidence.statements))
    for acting in evidence.actings:
        actors.update((v, p) for v, view in enumerate(views) for p, pair in enumerate(view.pairs) if _is_actor(view, pair, acting))
    return sorted([(*place, label) for place, label in claims.items()] + [(*place, NO_CLAIM) for place in actors - claims.keys()])


def _places(statement: Statement, views: Sequence[SentenceView]) -> Iterator[_Place]:
    for v, view in enumerate(views):
        for p, pair in enumerate(view.pairs):
            name = _molecule(view, pair)
            if pair.direction == statement.direction and related(name, statement.molecule):
                distance = abs(pair.cue - pair.molecule)
                yield _Place(other_molecule=not same(name, statement.molecule), untied=not pair.tied, distance=distance, view=v, pair=p)


def _with_actor(view: SentenceView, place: _Place, statement: Statement, statements: Sequence[Statement]) -> Iterator[int]:
    """The pairs of a cue with its actor, which must not be what another statement of the text speaks of."""
    for p, pair in enumerate(view.pairs):
        name = _molecule(view, pair) if pair.cue == view.pairs[place.pair].cue else None
        if name is not None and any(same(name, actor) for actor in statement.actors) and not any(related(name, other.molecule) for other in statements):
            yield p


def _is_actor(view: SentenceView, pair: Pair, acting: Acting) -> bool:
    cue, molecule = view.units.items[pair.cue], view.units.items[pair.molecule]
    return _overlap((cue.start, cue.end), acting.effect) and _overlap((molecule.start, molecule.end), acting.actor)


def _molecule(view: SentenceView, pair: Pair) -> Name | None:
    mention = view.units.items[pair.molecule].mention("molecule")
    return name_of(mention) if mention is not None else None


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


_BEL_DIRECTIONS: Mapping[str, Direction] = {"up": Direction.INCREASE, "down": Direction.DECREASE, "nc": Direction.NO_CHANGE}
_AMOUNT = re.compile(
    r'(?:p|a|r|m|sec\(p|sec\(a)\(\s*(?P<space>\w+):\s*(?:"(?P<quoted>[^"]+)"|(?P<plain>[^\s,()"]+))\s*(?:,\s*(?:pmod\(\s*Ph\b|var\(|loc\().*)?\)+'
)
"""A BEL term that stands for an amount: of a protein, chemical, transcript, micro-RNA, of what is secreted, or of a phosphorylated form."""
_NAMED = re.compile(r'\b(?P<space>[A-Z]\w+):\s*(?:"(?P<quoted>[^"]+)"|(?P<plain>[^\s,()"]+))')
_NO_MOLECULES = frozenset({"GO"})
_GARBLED = re.compile("[ÃÂ\ufffd]|â[^a-z]")
"""What UTF-8 looks like when read as something else."""


def _bel(corpora: Path) -> Iterator[Evidence]:
    """Statements in BEL: of the molecules whose amount they say changes."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for row in _json_lines(corpora / "bel_claims" / "bel_claims_dev.jsonl"):
        subject, _, target = row["statement"].partition(f" {row['relation']} ")
        object_, direction = _AMOUNT.fullmatch(target.strip()), _BEL_DIRECTIONS.get(row["direction"])
        if object_ is None or direction is None or object_["space"] in _NO_MOLECULES or _GARBLED.search(row["evidence"]):
            continue
        molecule = resolve("molecule", object_["quoted"] or object_["plain"])
        actors = [resolve("molecule", name["quoted"] or name["plain"]) for name in _NAMED.finditer(subject)]
        if molecule is not None:
            statement = Statement(molecule=molecule, direction=direction, actors=tuple(actor for actor in actors if actor is not None))
            found[" ".join(row["evidence"].split())].append(statement)
    yield from (Evidence(text=text, statements=tuple(statements)) for text, statements in found.items())


_CHEMPROT_DIRECTIONS: Mapping[str, Direction] = {
    "UPREGULATOR": Direction.INCREASE, "INDIRECT-UPREGULATOR": Direction.INCREASE, "ACTIVATOR": Direction.INCREASE,
    "DOWNREGULATOR": Direction.DECREASE, "INDIRECT-DOWNREGULATOR": Direction.DECREASE, "INHIBITOR": Direction.DECREASE,
}  # fmt: skip
_MARKED = re.compile(r"<< (?P<first>.+?) >>|\[\[ (?P<second>.+?) \]\]")


def _chemprot(corpora: Path) -> Iterator[Evidence]:
    """Relations of a chemical and a protein that are marked in a sentence, without saying which is which."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for row in (row for name in ("train", "dev") for row in _json_lines(corpora / "chemprot" / f"{name}.jsonl")):
        direction = _CHEMPROT_DIRECTIONS.get(row["label"])
        marked = [match["first"] or match["second"] for match in _MARKED.finditer(row["text"])]
        if direction is None or len(marked) != 2:
            continue
        chemical, protein = sorted(marked, key=_proteinness)
        if _proteinness(chemical) < _proteinness(protein):
            actor, molecule = resolve("molecule", chemical), resolve("molecule", protein)
            if actor is not None and molecule is not None:
                text = _MARKED.sub(lambda match: str(match["first"] or match["second"]), row["text"])
                found[text].append(Statement(molecule=molecule, direction=direction, actors=(actor,)))
    yield from (Evidence(text=text, statements=tuple(statements)) for text, statements in found.items())


def _proteinness(name: str) -> int:
    """2 for what the lexicons know as a molecule only, 0 as an agent only, 1 for what they know as both or not at all."""
    terms = load_terms()
    return 1 + (terms.find(name, "molecule") is not None) - (terms.find(name, "agent") is not None)


def _functional_genomics(corpora: Path) -> Iterator[Evidence]:
    """Abstracts with the words of a perturbation linked to those of its effect on a phenotype: nothing there is a claim, and the perturbed gene is no object."""
    for name in ("marked_and_linked_raw", "v2_marked_and_linked_raw"):
        for entry in _json(corpora / "functional_genomics" / f"{name}.json").values():
            task = entry["Genomics_ConceptTask"]
            tags = {tag["@id"]: tag for tags in (task["TAGS"] or {}).values() for tag in (tags if isinstance(tags, list) else [tags])}
            links = [tag for tag in tags.values() if "@effectID" in tag and "@perturbing_actionID" in tag]
            ends = [(tags.get(link["@effectID"]), tags.get(link["@perturbing_actionID"])) for link in links]
            actings = [Acting(effect=e, actor=a) for effect, actor in ends if effect and actor for e in _spans(effect) for a in _spans(actor)]
            if actings:
                yield Evidence(text=re.sub(r"\s", " ", task["TEXT"]), actings=tuple(actings))


def _spans(tag: Mapping[str, str]) -> Iterator[Span]:
    for piece in tag["@spans"].split(","):
        start, end = piece.split("~")
        yield int(start), int(end)


def _rct(corpora: Path) -> Iterator[Evidence]:
    """Outcomes of trials: of one molecule each."""
    path = corpora / "rct" / "molecule_outcomes.csv"
    found: dict[str, list[Statement]] = defaultdict(list)
    with _existing(path).open(encoding="utf-8", newline="") as lines:
        for row in DictReader(lines):
            molecule = resolve("molecule", row["molecule"])
            if row["core"] == "1" and row["evidence_sentence"] and molecule is not None:
                actor = resolve("molecule", row["intervention"])
                found[row["evidence_sentence"]].append(Statement(molecule=molecule, direction=Direction(row["direction"]), actors=(actor,) if actor else ()))
    yield from (Evidence(text=text, statements=tuple(statements)) for text, statements in found.items())


READERS: Mapping[WeakSource, Callable[[Path], Iterator[Evidence]]] = {
    "bel": _bel, "chemprot": _chemprot, "functional_genomics": _functional_genomics, "rct": _rct,
}  # fmt: skip
"""What reads which corpus."""


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise DataError("no such file", place=path, expected="a file of the corpus", repair="check the path of the corpora, or leave its source out")
    return path


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with _existing(path).open(encoding="utf-8") as lines:
        for no, line in enumerate(lines, 1):
            yield _parsed(line, place=f"{path}:{no}")


def _json(path: Path) -> dict[str, Any]:
    return _parsed(_existing(path).read_text("utf-8"), place=str(path))


def _parsed(text: str, *, place: str) -> dict[str, Any]:
    try:
        return dict(json.loads(text))
    except (ValueError, TypeError) as error:
        raise DataError(f"no JSON object: {error}", place=place, expected="an object as the corpus has it", repair="fetch the file anew") from error
