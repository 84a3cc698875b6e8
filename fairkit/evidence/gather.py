"""The gatherer: all the I/O of an assessment.

Nothing is asked for twice; the world's faults are recorded, not raised.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from fairkit import sources
from fairkit.errors import AuthenticationError, Unreachable
from fairkit.model.evidence import Evidence
from fairkit.sources import Answer, Ask, Fetch, Gathered, Look, Read, Target, Wants

from . import local

if TYPE_CHECKING:
    from fairkit.http import Session

__all__ = ["Gatherer", "Report"]


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
        plan = source.plan(target, wants)
        answer: Answer | None = None
        while True:
            try:
                ask = plan.send(cast(Answer, answer))  # the first thing sent to a generator must be None
            except StopIteration as done:
                return [_report(name, gathered) for gathered in done.value]
            answer = self._answers.get(ask) or self._perform(ask)
            if isinstance(ask, Fetch):  # files are read once anyway; keeping them would keep a whole batch in memory
                self._answers[ask] = answer

    @cached_property
    def _session(self) -> Session:
        return self._open() if callable(self._open) else self._open

    def _perform(self, ask: Ask) -> Answer:
        if isinstance(ask, Read):
            return local.read(ask.path, most=ask.most)
        if isinstance(ask, Look):
            return local.look(ask.path)
        self._tell(ask.url)
        try:
            response = self._session.get(ask.url, accept=ask.accept)
        except (Unreachable, AuthenticationError) as fault:
            return Answer(url=ask.url, error=fault.what)
        media_type = response.headers.get("content-type", "").partition(";")[0].strip()
        # A redirect may carry a token in its URL, which must not stay in saved evidence or in a report.
        redact = self._session.redact
        return Answer(
            status=response.status,
            url=redact(response.url),
            media_type=media_type,
            body=response.body,
            retrieved_at=response.retrieved_at,
            history=tuple(map(redact, response.history)),
        )


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
