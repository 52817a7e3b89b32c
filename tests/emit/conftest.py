"""A claim to write, with any field changed."""

import pytest
from extractor.schema import ClaimRecord

PLAIN = {
    "schema_version": 1,
    "claim_id": "c1",
    "loose_id": "l1",
    "article": {"id": "PMC1", "doi": "10.1/x", "pmid": None, "title": "A title", "source": "one.xml", "sha256": "0" * 64},
    "agent": [{"text": "ketamine", "id": "chebi:6121", "name": "ketamine", "start": 0, "end": 8, "distance": "sentence"}],
    "agent_type": "drug",
    "molecule": {"text": "BDNF", "id": "hgnc:1033", "name": "BDNF", "start": 16, "end": 20},
    "form": "level",
    "region": {"text": "hippocampus", "id": "uberon:0002421", "name": "hippocampal formation", "start": 28, "end": 39, "distance": "sentence"},
    "direction": "increase",
    "cue": {"text": "raised", "start": 9, "end": 15},
    "species": None,
    "certainty": "asserted",
    "presupposed": False,
    "attribution": "own",
    "citations": ["bib1", "bib2"],
    "qualifiers": {"time": "30 min", "dose": "10 µg"},
    "evidence": [
        {
            "start": 0,
            "end": 40,
            "text": "ketamine raised BDNF in the hippocampus.",
            "section": "results",
            "section_path": ["Results", "Protein"],
            "rules": ["r1", "r2"],
        }
    ],
    "confidence": 0.93,
}


@pytest.fixture
def make_claim():
    """Build a claim; a keyword replaces a field, `evidence_text` the text of its only evidence."""

    def make(*, evidence_text=None, **changes):
        plain = {**PLAIN, **changes}
        if evidence_text is not None:
            plain["evidence"] = [{**PLAIN["evidence"][0], "text": evidence_text}]
        return ClaimRecord.model_validate(plain)

    return make
