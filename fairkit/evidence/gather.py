"""The gatherer: all the I/O of an assessment.

Nothing is asked for twice; the world's faults are recorded, not raised.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from fairkit import sources
from fairkit.errors import AuthenticationError, Unreachable
from fairkit.model.evidence import Evidence
from fairkit.sources import Answer, Ask, Fetch, Gathered, Glance, Inspect, Look, Plan, Read, Survey, Target, Wants

from . import local

if TYPE_CHECKING:
    from fairkit.http import Session

__all__ = ["Gatherer", "Report"]

_DELIMITERS = re.compile(r'([<>"])')  # a secret ends with its URL, and not with the header that holds it


class Report(NamedTuple):
    """Evidence about one target, and what the user should hear about it."""

    evidence: Evidence
    notes: tuple[str, ...]


class Gatherer:
    """Gathers evidence through one session, remembering every answer.

    The session may be given as a function that opens it, which is called when something is to be fetched.
    `tell` hears each URL before it is fetched, so that long work shows what it waits for.
    """

    def __init__(
        self, session: Session | Callable[[], Session], *, tell: Callable[[str], None] = lambda _: None
    ) -> None:
        self._open = session
        self._tell = tell
        self._answers: dict[Ask, Answer] = {}

    def gather(self, target: Target, wants: Wants) -> list[Report]:
        """The evidence about a target: usually one, several for a file of several records; each with its notes.

        Raises:
            TargetError: if the target is not recognised, does not exist or is no readable document.
        """
        name, source = sources.find(target)
        return self.follow(name, source.plan(target, wants))

    def follow(self, name: str, plan: Plan) -> list[Report]:
        """The evidence that a plan of the source called `name` comes to."""
        answer: Answer | None = None
        while True:
            try:
                ask = plan.send(cast(Answer, answer))  # the first thing sent to a generator must be None
            except StopIteration as done:
                return [_report(name, gathered) for gathered in done.value]
            answer = self._answers.get(ask) or self._perform(ask)
            if isinstance(ask, Fetch | Glance):  # files are read once anyway; to keep them would keep a whole batch
                self._answers[ask] = answer

    @cached_property
    def _session(self) -> Session:
        return self._open() if callable(self._open) else self._open

    def _perform(self, ask: Ask) -> Answer:
        if isinstance(ask, Read):
            return local.read(ask.path, most=ask.most)
        if isinstance(ask, Look):
            return local.look(ask.path, hidden=ask.hidden)
        if isinstance(ask, Inspect):
            return local.inspect(ask.path)
        if isinstance(ask, Survey):
            return local.survey(ask.path)
        self._tell(ask.url)
        try:
            if isinstance(ask, Glance):
                response = self._session.head(ask.url)
            else:
                response = self._session.get(ask.url, accept=ask.accept)
        except (Unreachable, AuthenticationError) as fault:
            return Answer(url=ask.url, error=fault.what)
        media_type, charset = _content_type(response.headers.get("content-type", ""))
        # A redirect may carry a token in its URL, which must not stay in saved evidence or in a report.
        redact = self._session.redact
        return Answer(
            status=response.status,
            url=redact(response.url),
            media_type=media_type,
            body=response.body,
            retrieved_at=response.retrieved_at,
            history=tuple(map(redact, response.history)),
            charset=charset,
            link="".join(map(redact, _DELIMITERS.split(response.headers.get("link", "")))),
            size=_length(response.headers.get("content-length", "")),
        )


def _content_type(written: str) -> tuple[str, str | None]:
    """The media type and the charset in a Content-Type header."""
    media_type, *parameters = (part.strip() for part in written.split(";"))
    stated = (part.partition("=")[2] for part in parameters if part.lower().startswith("charset="))
    return media_type, next((charset.strip("\"' ") for charset in stated), None)


def _length(written: str) -> int | None:
    """The number of bytes in a Content-Length header; more digits than a file can have are no number."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else None


def _report(source: str, gathered: Gathered) -> Report:
    basis = cast(Literal["live", "saved", "local", "showcase"], gathered.basis)
    evidence = Evidence(
        target=gathered.target,
        source=source,
        basis=basis,
        documents=gathered.documents,
        observations=gathered.observations,
    )
    return Report(evidence, gathered.notes)
