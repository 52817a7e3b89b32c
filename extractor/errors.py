"""Every error this package raises on purpose.

    ExtractorError
    ├── InputError        one article or file cannot be read; it is set aside and the run goes on
    ├── TimeLimitError   one article took longer than allowed; it is set aside and the run goes on
    ├── DataError         a lexicon, pattern, gold or model file is broken; the run stops
    └── UsageError        the request itself makes no sense; the run never starts

A message reads ``place: what was found; expected what; repair``, so that whoever sees it can act on it.
"""

from __future__ import annotations

from pathlib import Path


class ExtractorError(Exception):
    """Base of the tree. `str(error)` is the whole message.

    Parameters
    ----------
    found
        What was found, in a few words.
    place
        The file, and where known the line, as `path` or `path:line`.
    expected
        What should have been there.
    repair
        What the reader of the message can do about it.
    """

    def __init__(self, found: str, *, place: str | Path = "", expected: str = "", repair: str = "") -> None:
        self.found = found
        self.place = str(place)
        self.expected = expected
        self.repair = repair
        head = f"{self.place}: {found}" if self.place else found
        parts = [head, f"expected {expected}" if expected else "", repair]
        super().__init__("; ".join(part for part in parts if part))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.found, self.place, self.expected, self.repair))


def _rebuild(kind: type[ExtractorError], found: str, place: str, expected: str, repair: str) -> ExtractorError:
    return kind(found, place=place, expected=expected, repair=repair)


class InputError(ExtractorError):
    """An article or file cannot be read."""


class TimeLimitError(ExtractorError):
    """An article took longer than the limit."""


class DataError(ExtractorError):
    """A data file of the package or of the user is broken."""


class UsageError(ExtractorError):
    """The request cannot be carried out as asked."""
