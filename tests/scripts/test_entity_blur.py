"""Sentences made strange: what changes, what stays, and that offsets stay right."""

import random
import sys
from pathlib import Path

import pytest
from extractor.records import Mention

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
from entity_blur import Blur, blurred  # noqa: E402
from entity_samples import Sample  # noqa: E402

TEXT = "The inferior olive (IO) and IO-like cells fire; IO is small, V2 too."
OLIVE = Mention(4, 18, "inferior olive", "region")
CELLS = Mention(36, 41, "cells", "agent")
SAMPLE = Sample("d", TEXT, (OLIVE, CELLS), ((4, 18, "REGION"), (20, 22, "REGION")))


@pytest.mark.parametrize("seed", range(5))
def test_long_words_keep_their_first_letter_and_their_ending(seed: int) -> None:
    after = blurred(SAMPLE, random.Random(seed), blur=Blur(1.0, 0.0, 0.0, "region"))
    word = after.text[4:12]
    assert (word[0], word[-3:]) == ("i", "ior")
    assert word != "inferior"
    assert after.text[:4] + after.text[12:] == TEXT[:4] + TEXT[12:]
    assert (after.spans, after.mentions) == (SAMPLE.spans, SAMPLE.mentions)


@pytest.mark.parametrize("seed", range(5))
def test_a_code_keeps_its_shape_and_is_the_same_everywhere(seed: int) -> None:
    after = blurred(SAMPLE, random.Random(seed), blur=Blur(0.0, 1.0, 0.0, "region"))
    code = after.text[20:22]
    assert code.isupper()
    assert after.text.replace(code, "IO")[:-7] == TEXT[:-7]
    assert after.text[48:50] == code
    assert after.text[61].isupper()
    assert after.text[62].isdigit()
    assert after.text[28:35] == "IO-like"


def test_mentions_of_one_kind_are_forgotten_and_nothing_else_changes() -> None:
    assert blurred(SAMPLE, random.Random(1), blur=Blur(0.0, 0.0, 1.0, "region")) == Sample("d", TEXT, (CELLS,), SAMPLE.spans)
    assert blurred(SAMPLE, random.Random(1), blur=Blur(0.0, 0.0, 0.0, "region")) == SAMPLE
