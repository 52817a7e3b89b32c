"""The confidence of a claim beside the others of its article."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from extractor.errors import DataError
from extractor.normalise import weigh
from extractor.normalise.among import NAMES
from extractor.records import Article, Claim, Cue, Direction, Evidence, Form, Section, Slot
from extractor.trees import BoostedTrees

AT = NAMES.index("claims")
TREES = BoostedTrees(
    numbers=NAMES, feature=np.array([AT, 0, 0], dtype=np.int32), threshold=np.array([1.5, 0, 0]), left=np.array([1, 1, 2], dtype=np.int32),
    right=np.array([2, 1, 2], dtype=np.int32), value=np.array([0.0, 0.0, 1.0]), roots=np.array([0], dtype=np.int32), start=0.0, depth=1,
)  # fmt: skip
"""One half where a claim is alone, more where there are others."""
BDNF = Slot(text="BDNF", start=0, end=4, id="hgnc:1033", name="BDNF", distance=None)
PLAIN = Claim(
    claim_id="1", loose_id="1", agents=(), agent_type=None, molecule=BDNF, form=Form.LEVEL, region=None, direction=Direction.INCREASE, cue=Cue("rose", 5, 9),
    species=None, certainty="asserted", presupposed=False, attribution="own", citations=(), qualifiers={},
    evidence=(Evidence(start=0, end=10, text="BDNF rose.", section=Section.RESULTS, section_path=(), rules=()),), confidence=0.9,
    probabilities={"claim": 0.8, "region": 0.8, "species": 0.8, "agent": 0.8},
)  # fmt: skip


@pytest.fixture(scope="module")
def article(make_article: Callable[..., Article]) -> Article:
    return make_article("BDNF rose.")


def test_confidence_is_what_the_trees_say(article: Article) -> None:
    assert [c.confidence for c in weigh(article, [PLAIN], TREES)] == [0.5]
    both = weigh(article, [PLAIN, replace(PLAIN, claim_id="2", direction=Direction.DECREASE)], TREES)
    assert [(c.claim_id, c.confidence) for c in both] == [("1", 0.731), ("2", 0.731)]
    assert replace(both[0], confidence=0.9) == PLAIN, "nothing else changes"


def test_claims_of_the_rules_keep_their_confidence(article: Article) -> None:
    by_rule = replace(PLAIN, probabilities={})
    assert weigh(article, [by_rule], TREES) == (by_rule,)
    assert weigh(article, [PLAIN], None) == (PLAIN,)
    assert weigh(article, [], TREES) == ()


def test_trees_of_other_numbers_are_refused(article: Article) -> None:
    old = replace(TREES, numbers=NAMES[:-1])
    with pytest.raises(DataError, match="trees of other numbers.*train them again with scripts/train_claims.py"):
        weigh(article, [PLAIN], old)
