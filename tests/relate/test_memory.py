"""A question is asked once, and its answer kept by what it was asked about."""

from collections.abc import Hashable
from dataclasses import dataclass, field

from extractor.relate.memory import remembered


@dataclass(frozen=True)
class Sum:
    """Something to ask: what it makes with other numbers. `asked` keeps the questions that were really put."""

    base: int
    asked: list[tuple[int, ...]] = field(default_factory=list)
    memory: dict[Hashable, object] = field(default_factory=dict)


@remembered
def plus(about: Sum, number: int, *, times: int = 1) -> int:
    """The sum."""
    about.asked.append((number, times))
    return about.base + number * times


@remembered
def minus(about: Sum, number: int) -> int:
    """The difference."""
    about.asked.append((-number, 1))
    return about.base - number


def test_the_same_question_is_put_only_once() -> None:
    ten = Sum(10)
    assert [plus(ten, 1), plus(ten, 1), plus(ten, 2), plus(ten, 1)] == [11, 11, 12, 11]
    assert ten.asked == [(1, 1), (2, 1)]


def test_named_arguments_are_part_of_the_question() -> None:
    ten = Sum(10)
    assert [plus(ten, 1, times=3), plus(ten, 1), plus(ten, 1, times=3)] == [13, 11, 13]
    assert ten.asked == [(1, 3), (1, 1)]


def test_questions_do_not_share_answers() -> None:
    ten = Sum(10)
    assert (plus(ten, 1), minus(ten, 1)) == (11, 9)


def test_each_keeps_its_own_answers() -> None:
    one, other = Sum(1), Sum(2)
    assert (plus(one, 1), plus(other, 1)) == (2, 3)
    assert one.asked == other.asked == [(1, 1)]


def test_an_answer_of_none_is_an_answer() -> None:
    calls: list[int] = []

    @remembered
    def nothing(about: Sum) -> None:
        calls.append(about.base)

    ten = Sum(10)
    nothing(ten)
    nothing(ten)
    assert calls == [10]


def test_a_function_keeps_its_name_and_words() -> None:
    assert (plus.__name__, plus.__doc__) == ("plus", "The sum.")
