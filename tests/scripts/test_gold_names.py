"""Where the names of gold claims stand, and when one is found."""

import sys
from pathlib import Path

from extractor.records import Mention

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from gold_names import is_found, names_of  # noqa: E402

TEXT = "BDNF was measured. Zinc raised BDNF in rats."
CLAIM = {"evidence": "Zinc raised BDNF in rats.", "molecule": "BDNF", "molecule_text": "BDNF", "agent": ["Zinc"], "agent_type": "drug"}


def test_names_are_looked_for_in_the_evidence_first() -> None:
    assert list(names_of([CLAIM], TEXT)) == [("molecule", 31, 35), ("agent", 19, 23)]


def test_names_outside_of_the_evidence_are_taken_where_they_stand_first() -> None:
    elsewhere = CLAIM | {"evidence": "Zinc raised", "agent_type": "stress"}
    assert list(names_of([elsewhere], TEXT)) == [("molecule", 0, 4)]


def test_names_that_the_text_does_not_have_are_left_out() -> None:
    assert list(names_of([CLAIM | {"molecule_text": "p11", "agent_type": "procedure"}], TEXT)) == []


def test_a_drug_may_be_found_as_a_molecule_and_no_molecule_as_a_drug() -> None:
    molecule, agent = Mention(19, 23, "Zinc", "molecule"), Mention(31, 35, "BDNF", "agent")
    assert is_found(("agent", 19, 23), [molecule])
    assert not is_found(("molecule", 31, 35), [agent])
    assert not is_found(("agent", 19, 23), [Mention(23, 24, " ", "agent")])
