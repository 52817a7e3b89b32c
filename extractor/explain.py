"""A claim of a run in, why it is there out: the sentence read again, what the models say of it, and the features that speak for and against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.batch import MANIFEST, RECEIPTS, Stages
from extractor.errors import DataError, UsageError
from extractor.schema import ClaimRecord, NamedRecord, ReceiptRecord, RunRecord, read_claims, read_records
from extractor.show import COLOURS, article_in, claim_line, highlighted

if TYPE_CHECKING:
    from extractor.records import Article, MentionKind
    from extractor.relate.pairs import Pair
    from extractor.relate.reasons import Answer, Explanation, Filling, Offer, Reason, Span
    from extractor.relate.view import SentenceView

CLAIMS = "claims.jsonl"
OF_CLAIM, OF_SLOT = 6, 3  # features shown on each side; own choice: what fits a screen
LISTED = 5  # claims and files named in a message; own choice


@dataclass(frozen=True, slots=True)
class Explained:
    """A claim with what the models say about every pair that states it; `notes` say what is to be kept in mind."""

    claim: ClaimRecord
    explanations: tuple[Explanation, ...]
    notes: tuple[str, ...]


def explained(claim_id: str, claims: Path, *, source: Path | None = None, claim_models: Path | None = None, stages: Stages | None = None) -> Explained:
    """Read the article of a claim again and say why the models found it.

    Parameters
    ----------
    claim_id
        The identifier, or its first characters.
    claims
        The claims.jsonl of a run, or its folder.
    source
        The file of the article; None looks where the run found it.
    claim_models
        Other models of claims than those of the run.
    stages
        What to read with, for tests.

    Raises
    ------
    UsageError
        No claim or several begin so, the article's file is not there, or does not hold the article.
    DataError
        The file of claims or of the run is broken, or the claim is read in no sentence any more.
    """
    path = claims / CLAIMS if claims.is_dir() else claims
    record = _claim(claim_id, path)
    run = _run(path.parent / MANIFEST)
    stages = stages or Stages()
    file = source or _source(record, run, folder=path.parent, stages=stages)
    if not file.is_file():
        raise UsageError("no such file", place=file, expected=f"the file of article {record.article.id}", repair="check --source")
    article = article_in(stages.read(file), record.article.id, place=file)
    chosen = claim_models or (Path(run.claim_models) if run is not None and run.claim_models else None)
    found = tuple(_explanations(record, article, run=run, claim_models=chosen))
    if not found:
        raise DataError(
            f"claim {record.claim_id} is read in no sentence any more", place=file, expected=f"its cue {record.cue.text!r} and molecule {record.molecule.text!r}",
            repair="the file, the lexicons or the program have changed since: extract again",
        )  # fmt: skip
    return Explained(claim=record, explanations=found, notes=tuple(_notes(record, article, run)))


def _claim(claim_id: str, path: Path) -> ClaimRecord:
    found = [claim for claim in read_claims(path) if claim.claim_id.startswith(claim_id)]
    exact = [claim for claim in found if claim.claim_id == claim_id]
    if len(exact or found) != 1:
        listed = ", ".join(claim.claim_id for claim in found[:LISTED]) + (", …" if len(found) > LISTED else "")
        what = f"{len(found)} claims begin with {claim_id!r}: {listed}" if found else f"no claim {claim_id!r}"
        raise UsageError(what, place=path, expected="a claim_id of that file, or enough of its beginning", repair="copy it from the column claim_id")
    return (exact or found)[0]


def _run(path: Path) -> RunRecord | None:
    if not path.is_file():
        return None
    try:
        return RunRecord.model_validate_json(path.read_bytes())
    except ValueError as error:
        raise DataError("broken", place=path, expected="what `extractor extract` writes", repair="extract again") from error


def _source(record: ClaimRecord, run: RunRecord | None, *, folder: Path, stages: Stages) -> Path:
    """The file of the article: where the run read it, or one of its inputs with that name."""
    if run is None:
        raise UsageError(f"no {MANIFEST} beside the claims, which would say where {record.article.source} is", place=folder, repair="give --source FILE")
    receipts = read_records(folder / RECEIPTS, ReceiptRecord) if (folder / RECEIPTS).is_file() else iter(())
    places = [Path(receipt.path) for receipt in receipts if receipt.article_id == record.article.id]
    for given in run.inputs if not any(place.is_file() for place in places) else ():
        if Path(given).exists():
            places += [place for place in stages.find_inputs((given,)) if place.name == record.article.source]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        inputs = ", ".join(run.inputs[:LISTED])
        raise UsageError(
            f"{record.article.source} is not among the inputs of the run ({inputs})",
            place=folder,
            expected="the file of the article",
            repair="give --source FILE",
        )
    return found


def _notes(record: ClaimRecord, article: Article, run: RunRecord | None) -> Iterator[str]:
    if article.sha256 != record.article.sha256:
        yield f"{article.source} has changed since the claim was read"
    if run is not None and run.settings.get("rules_only"):
        yield "this claim was read by the rules alone; below is what the models would say"
    if len(record.evidence) > 1:
        yield f"the best of the {len(record.evidence)} sentences that state it is explained"


def _explanations(record: ClaimRecord, article: Article, *, run: RunRecord | None, claim_models: Path | None) -> Iterator[Explanation]:
    from extractor.pipeline import Pipeline
    from extractor.relate.artefact import FOLDER, load_models
    from extractor.relate.learned import Decider
    from extractor.relate.places import Ladder
    from extractor.relate.reasons import explain
    from extractor.settings import Settings

    settings = Settings.model_validate({**(run.settings if run is not None else {}), "rules_only": True})
    models = load_models(claim_models or FOLDER)
    pipeline = Pipeline(settings, model=run.model if run is not None else None)
    scan, views = pipeline.views(article, span=(record.evidence[0].start, record.evidence[0].end))
    decider = Decider(models=models, ladder=Ladder(article, scan, pipeline.terms), terms=pipeline.terms)
    for view, pair in _pairs(record, views):
        yield explain(decider, view, pair, direction=record.direction, slots=_slots(record))


def _pairs(record: ClaimRecord, views: Sequence[SentenceView]) -> list[tuple[SentenceView, Pair]]:
    """The pairs of the claim's cue and molecule, in its best sentence; those that the rules read in its direction first."""
    found = []
    for view in views:
        items = view.units.items
        for pair in view.pairs:
            mention = items[pair.molecule].mention("molecule")
            cues = {items[place].start for place in (pair.cue, pair.link.cue)}
            if mention is not None and mention.start == record.molecule.start and record.cue.start in cues:
                found.append((items[pair.cue].start != record.cue.start, pair.direction != record.direction, view, pair))
    best = min((one[:2] for one in found), default=None)
    return [(view, pair) for *rank, view, pair in found if tuple(rank) == best]


def _slots(record: ClaimRecord) -> dict[MentionKind, set[Span | None]]:
    agents: set[Span | None] = {(slot.start, slot.end) for slot in record.agent}
    return {"agent": agents or {None}, "region": {_place(record.region)}, "species": {_place(record.species)}}


def _place(slot: NamedRecord | None) -> Span | None:
    return (slot.start, slot.end) if slot is not None else None


def print_explained(explained: Explained, console: Console) -> None:
    """Print why a claim is there."""
    claim = explained.claim
    console.print(Text.assemble(("claim ", "dim"), claim.claim_id, "  ", claim_line(claim)), highlight=False)
    console.print(Text.assemble((claim.article.title or claim.article.id, "bold"), f"  [{claim.article.id}]"), highlight=False)
    console.print()
    console.print(highlighted(claim.evidence[0], [claim]), highlight=False)
    for note in explained.notes:
        console.print(Text(f"note: {note}", "yellow"), highlight=False)
    for explanation in explained.explanations:
        console.print()
        _print_one(explanation, claim, console)


def _print_one(explanation: Explanation, claim: ClaimRecord, console: Console) -> None:
    answer = explanation.answers["claim"]
    parts = [("claim", answer.probabilities[answer.chosen]), *((one.kind, one.chosen.probability) for one in explanation.fillings)]
    console.print(Text(f"rules       {', '.join(explanation.rules) or 'none ties the cue and the molecule'}"), highlight=False)
    said = " · ".join(f"{name} {value:.2f}" for name, value in parts)
    console.print(Text(f"confidence  {claim.confidence:.2f}, beside the article's other claims; from {said}"), highlight=False)
    console.print(Text.assemble("is it one?  ", _probabilities(answer)), highlight=False)
    console.print()
    sides = (_features(answer.strongest(OF_CLAIM, speaking_for=True)), _features(answer.strongest(OF_CLAIM, speaking_for=False)))
    console.print(_beside((f"for {answer.chosen} over {answer.rival}", f"against, for {answer.rival}"), sides), highlight=False)
    console.print()
    for filling in explanation.fillings:
        _print_filling(filling, console)
    for task, one in explanation.answers.items():
        if task != "claim":
            rest = f"{one.probabilities[one.chosen]:.2f}, then {one.rival} {one.probabilities[one.rival]:.2f}"
            console.print(Text.assemble((f"{task:<12}", "bold"), one.chosen, (f" {rest}", "dim")), highlight=False)


def _print_filling(filling: Filling, console: Console) -> None:
    offers = [(str(filling.kind), filling.chosen), *(("and", offer) for offer in filling.joined)]
    if filling.rival is not None:
        offers.append(("also" if filling.rival.probability >= filling.chosen.probability else "then", filling.rival))
    console.print(_beside([_offered(head, offer) for head, offer in offers], [_features(offer.reasons[:OF_SLOT]) for _, offer in offers]), highlight=False)
    console.print()


def _offered(head: str, offer: Offer) -> Text:
    rung = f" [{offer.rung}]" if offer.rung else ""
    return Text.assemble(f"{head}: ", (offer.name, COLOURS.get(head, "")), f" {offer.probability:.2f}{rung}")


def _probabilities(answer: Answer) -> Text:
    ordered = sorted(answer.probabilities.items(), key=lambda item: -item[1])
    return Text(" · ").join(Text(f"{name} {value:.2f}", "bold" if name == answer.chosen else "") for name, value in ordered)


def _features(reasons: Sequence[Reason]) -> Text:
    return Text("\n").join(Text.assemble((f"{one.weight:+.2f}  ", "green" if one.weight > 0 else "red"), one.feature) for one in reasons)


def _beside(heads: Sequence[str | Text], cells: Sequence[Text]) -> Table:
    """Columns of equal width, side by side."""
    table = Table(box=None, expand=True, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, ratio=1, overflow="fold")
    table.add_row(*cells)
    return table
