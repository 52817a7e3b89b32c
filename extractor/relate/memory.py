"""Questions about a sentence that are asked only once: pairs and options of a sentence ask the same ones again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar


class Remembering(Protocol):
    """What is asked about: it never changes, and keeps the answers for as long as it lives."""

    @property
    def memory(self) -> dict[Hashable, object]: ...


_Asked = TypeVar("_Asked", bound=Remembering)
_Rest = ParamSpec("_Rest")
_Answer = TypeVar("_Answer")


def remembered(question: Callable[Concatenate[_Asked, _Rest], _Answer]) -> Callable[Concatenate[_Asked, _Rest], _Answer]:
    """Make a function keep its answers in the `memory` of its first argument.

    Parameters
    ----------
    question
        A function of something that never changes and of further arguments that can be hashed; its answers are shared, so that nobody may change them.
    """

    @wraps(question)
    def asked(about: _Asked, /, *rest: _Rest.args, **named: _Rest.kwargs) -> _Answer:
        key = (question, rest, tuple(named.values())) if named else (question, rest)
        memory = about.memory
        if key not in memory:
            memory[key] = question(about, *rest, **named)
        return memory[key]  # type: ignore[return-value]

    return asked
