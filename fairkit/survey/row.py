"""One row of a survey: a target with its facts, and what each checklist says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from fairkit.assess import checklist
from fairkit.assess.engine import Result, evaluate_all
from fairkit.assess.score import LETTERS, scores
from fairkit.dialects import harvest
from fairkit.errors import FairkitError
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.evidence import Evidence
from fairkit.model.harvest import Harvest
from fairkit.model.outcome import STATUSES
from fairkit.model.resource import Resource
from fairkit.sources import Target, Wants

__all__ = ["FACTS", "SCORES", "Facts", "Mark", "Row", "Settings", "Surveyor"]

SCORES = (*LETTERS, "total")
_CODES = {status: code for code, status in enumerate(STATUSES)}


class Settings(NamedTuple):
    """How every target of a survey is assessed."""

    checklists: tuple[str, ...] = ("fairkit",)
    offline: bool = False
    online: bool = False
    trusted: tuple[str, ...] = ()


class Facts(NamedTuple):
    """What the target is, for grouping and for finding it again."""

    kind: str | None = None
    title: str | None = None
    identifier: str | None = None
    url: str | None = None
    type: str | None = None
    experiment: str | None = None
    publisher: str | None = None
    published: str | None = None
    license: str | None = None
    files: int | None = None
    byte_size: int | None = None
    variables: int | None = None
    source: str | None = None
    basis: str | None = None
    evidence_digest: str | None = None


FACTS: tuple[str, ...] = Facts._fields


class Mark(NamedTuple):
    """What one checklist says: low and high of each score (F, A, I, R, total; None where nothing applies), and the
    status of each of its metrics in their order, a byte each: the place of the status in `STATUSES`."""

    scores: tuple[tuple[float, float] | None, ...]
    statuses: bytes


class Row(NamedTuple):
    """A target, with a mark for each checklist, or the error that kept it from being assessed and its exit code."""

    asked: str
    """The target as it was named, with its keyword."""
    target: str
    facts: Facts = Facts()
    marks: tuple[Mark, ...] = ()
    error: str | None = None
    code: int = 0


class Surveyor:
    """Assesses targets one after the other through one session."""

    def __init__(self, how: Settings, *, session: Session | None = None) -> None:
        self._how = how
        self._checklists = [checklist.load(name) for name in how.checklists]
        self._given = session

    @cached_property
    def _session(self) -> Session:
        return self._given or Session(offline=self._how.offline, trusted=self._how.trusted)

    @cached_property
    def _wants(self) -> Wants:
        needs = frozenset[str]().union(*(one.needs for one in self._checklists))
        fields = frozenset[str]().union(*(one.fields for one in self._checklists))
        return Wants(needs, fields, True if self._how.online else False if self._how.offline else None)

    def rows(self, targets: Iterable[Target]) -> Iterator[Row]:
        """The rows of the targets, in their order; a file of several records gives several."""
        for target in targets:
            # A gatherer keeps every answer, so that none is fetched twice: one for each target keeps memory flat.
            gatherer = Gatherer(lambda: self._session)
            try:
                for report in gatherer.gather(target, self._wants):
                    yield self._row(str(target), report.evidence)
            except FairkitError as error:
                yield Row(str(target), target.word, error=error.what, code=error.exit_code)

    def _row(self, asked: str, evidence: Evidence) -> Row:
        read = harvest(evidence)
        marks = tuple([_mark(results) for results in evaluate_all(read, self._checklists)])
        unread = None if read.views else "; ".join(read.unread) or "nothing could be read"
        return Row(asked, evidence.target, _facts(read), marks, unread, 0 if read.views else 3)


def _mark(results: Sequence[Result]) -> Mark:
    found = scores(results)
    pairs = [(score.low, score.high) if (score := found[name]) else None for name in SCORES]
    return Mark(tuple(pairs), bytes([_CODES[result.status] for result in results]))


def _facts(read: Harvest) -> Facts:
    resource, evidence = read.resource, read.evidence
    names = resource.identifiers
    return Facts(
        kind=resource.kind if read.views else None,
        title=resource.title,
        identifier=str(names[0]) if names else None,
        url=resource.landing_page,
        type=resource.type,
        experiment=_experiment(resource),
        publisher=resource.publisher.name if resource.publisher else None,
        published=resource.date_published,
        license=resource.license,
        files=_known(resource.file_count, resource.distributions),
        byte_size=resource.byte_size,
        variables=len(resource.variables) or None,
        source=evidence.source,
        basis=evidence.basis,
        evidence_digest=evidence.digest,
    )


def _experiment(resource: Resource) -> str | None:
    """The experiments that the subjects name, as high-energy physics files its data."""
    return ", ".join([subject.name for subject in resource.subjects if subject.scheme == "experiment"]) or None


def _known(claimed: int | None, listed: Sequence[object]) -> int | None:
    return claimed if claimed is not None else len(listed) or None
