"""Errors: their messages, their tree, and that they survive the way between processes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from extractor.errors import DataError, ExtractorError, InputError, TimeLimitError, UsageError

KINDS = (InputError, TimeLimitError, DataError, UsageError)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ExtractorError("no text"), "no text"),
        (InputError("no text", place="a.xml"), "a.xml: no text"),
        (DataError("3 cells", place="a.tsv:7", expected="4"), "a.tsv:7: 3 cells; expected 4"),
        (UsageError("no model", repair="install it"), "no model; install it"),
        (TimeLimitError("9 s", place=Path("d") / "a.xml", expected="5 s", repair="raise the limit"), "d/a.xml: 9 s; expected 5 s; raise the limit"),
    ],
)
def test_a_message_reads_place_found_expected_repair(error: ExtractorError, message: str) -> None:
    assert str(error) == message


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_caught_as_an_extractor_error_and_no_kind_as_another(kind: type[ExtractorError]) -> None:
    with pytest.raises(ExtractorError, match="^found$"):
        raise kind("found")
    assert not any(issubclass(kind, other) for other in KINDS if other is not kind)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_reaches_another_process_as_it_was(kind: type[ExtractorError], sent: Callable[[ExtractorError], ExtractorError]) -> None:
    error = kind("found", place=Path("a.tsv"), expected="more", repair="look")
    back = sent(error)
    assert type(back) is kind
    assert (back.found, back.place, back.expected, back.repair, str(back)) == ("found", "a.tsv", "more", "look", str(error))
