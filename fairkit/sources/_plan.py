"""How a source says what to gather: a plan is a generator that asks, is answered, and returns what it gathered.

A source does no I/O itself: it yields what it wants (`Fetch`, `Read`, `Look`), gets an `Answer`, and may decide the
next step by it. The gatherer does the work, once per thing.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

from fairkit.model.evidence import Document, Observation

__all__ = [
    "Answer",
    "Ask",
    "Fetch",
    "Gathered",
    "Glance",
    "Inspect",
    "Look",
    "Plan",
    "Read",
    "Survey",
    "Target",
    "Wants",
]


class Target(NamedTuple):
    """What is to be assessed: one word, and the keyword before it if there was one."""

    word: str
    keyword: str | None = None

    def __str__(self) -> str:
        return f"{self.keyword} {self.word}" if self.keyword else self.word


class Wants(NamedTuple):
    """What the chosen checklists need, so that nothing else is fetched."""

    observations: frozenset[str]
    fields: frozenset[str]
    online: bool | None = None
    """Whether the user said `--online` (True) or `--offline` (False)."""


class Fetch(NamedTuple):
    """Get a URL."""

    url: str
    accept: str


class Glance(NamedTuple):
    """Ask how a URL would answer, without its body."""

    url: str


class Read(NamedTuple):
    """Read a local file, up to a number of bytes."""

    path: str
    most: int = 64 * 1024 * 1024


class Look(NamedTuple):
    """List the files of a local folder and the folders in it; links that lead out are named, not followed.

    Hidden files are passed over, but for those at the top whose names are wanted; they are listed apart.
    """

    path: str
    hidden: tuple[str, ...] = ()


class Inspect(NamedTuple):
    """Read the header of a local file with a model in it."""

    path: str


class Survey(NamedTuple):
    """Look at a local folder as a project: licence, environment, tests, paths that stand in its files."""

    path: str


Ask = Fetch | Glance | Read | Look | Inspect | Survey


class Answer(NamedTuple):
    """What came back: a `status` (an HTTP one; 200 for a file), or the `error` that kept it."""

    status: int = 0
    url: str = ""
    media_type: str = ""
    body: bytes = b""
    error: str | None = None
    retrieved_at: str | None = None
    history: tuple[str, ...] = ()
    charset: str | None = None
    link: str = ""
    """The Link header, whole."""
    size: int | None = None
    """The length in bytes that the server states, which is all that a glance tells of it."""

    @property
    def ok(self) -> bool:
        return self.error is None and 200 <= self.status < 300


class Gathered(NamedTuple):
    """What a plan found out about one target."""

    target: str
    basis: str
    documents: tuple[Document, ...]
    observations: tuple[Observation, ...] = ()
    notes: tuple[str, ...] = ()
    """What the user should hear: that the showcase stands in, that a folder has no metadata."""


Plan = Generator[Ask, Answer, list[Gathered]]
