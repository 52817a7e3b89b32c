"""How many of the molecules and drugs of the gold claims are found as mentions, by the lexicons and by lexicons and models together.

    python scripts/gold_names.py --models region --models chemistry

In: ../shared/gold/abstracts_dev.jsonl with its texts, the package. Out: recall by kind on the terminal. A name counts where its words stand inside
the evidence of its claim, or else where they stand first in the text, and any mention of its kind overlaps them; a drug may be found as a molecule.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from extractor.parse.completion import name_completer
from extractor.parse.grounding import Grounder
from extractor.parse.language import build_language
from extractor.records import Mention, MentionKind
from extractor.terms import load_terms

from measure_claims import abstract_items
from measure_stages import scanner

ROOT = Path(__file__).resolve().parents[1]
Name = tuple[MentionKind, int, int]


def names_of(claims: Sequence[dict[str, Any]], text: str) -> Iterator[Name]:
    """Where the molecules and drugs of gold claims stand; those whose words the text does not have are left out."""
    for claim in claims:
        start = text.find(claim["evidence"])
        inside = (start, start + len(claim["evidence"])) if start >= 0 else (0, 0)
        words: list[tuple[MentionKind, str]] = [("molecule", claim.get("molecule_text") or claim["molecule"])]
        words += [("agent", agent) for agent in claim["agent"] if claim["agent_type"] == "drug"]
        for kind, word in words:
            place = text.find(word, *inside)
            place = text.find(word) if place < 0 else place
            if place >= 0:
                yield kind, place, place + len(word)


def is_found(name: Name, mentions: Sequence[Mention]) -> bool:
    """Whether a mention of the right kind overlaps a name."""
    kind, start, end = name
    kinds = {kind, "molecule"}
    return any(m.kind in kinds and m.start < end and start < m.end for m in mentions)


def main(
    shared: Annotated[Path, typer.Option(help="Folder of the corpora.")] = ROOT.parent / "shared",
    models: Annotated[list[str] | None, typer.Option(help="Entity models beside the lexicons; repeatable.")] = None,
) -> None:
    """Print the recall of names."""
    with (shared / "gold" / "abstracts_dev.jsonl").open(encoding="utf-8") as lines:
        gold = {str(record["record_id"]): record["claims"] for record in map(json.loads, lines)}
    completer = name_completer(models or (), nlp=build_language(), grounder=Grounder(load_terms()))
    counts: Counter[tuple[str, str]] = Counter()
    for article in (article for piece in abstract_items(shared) for article in piece):
        scan = scanner().scan(article)
        ways = {"lexicons": scan.mentions, "both": completer.complete(article.text, scan).mentions}
        for name in names_of(gold[article.id], article.text):
            counts.update([(name[0], "all"), *((name[0], way) for way, mentions in ways.items() if is_found(name, mentions))])
    for kind in ("molecule", "agent"):
        shares = "  ".join(f"{way} {counts[kind, way] / counts[kind, 'all']:.3f}" for way in ("lexicons", "both"))
        typer.echo(f"{kind:10s}{shares}  of {counts[kind, 'all']}")


if __name__ == "__main__":
    typer.run(main)
