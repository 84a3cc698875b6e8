"""The export-loss report: what each document tells of a work, field by field, held against the one that tells first."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Literal, NamedTuple

from fairkit import __version__
from fairkit.model.base import Frozen, Told, word
from fairkit.model.harvest import Harvest, View
from fairkit.model.resource import FIELDS, Resource
from fairkit.vocab.table import plain

from ._telling import told
from .meaning import likeness

__all__ = ["WORST_FIRST", "Cell", "Comparison", "DocumentRow", "Row", "Verdict", "compare", "compare_two"]

Verdict = Literal["reference", "same", "richer", "poorer", "lost", "no-place", "withheld", "contradicts"]
WORST_FIRST: tuple[Verdict, ...] = (
    "contradicts",
    "lost",
    "poorer",
    "withheld",
    "no-place",
    "richer",
    "same",
    "reference",
)
_FIELDS = tuple(name for name in FIELDS if name != "listing")
"""What is compared: whether a list of files is whole is said by the number of files."""


@word
class DocumentRow(Frozen):
    """A document, or one of two targets."""

    name: Annotated[str, Told("The dialect of the document, or the target")]
    url: Annotated[str, Told("Where it came from; empty for a target")]
    sha256: Annotated[str | None, Told("The digest of its bytes; null for a target")]


@word
class Cell(Frozen):
    """What one document tells of a field."""

    verdict: Annotated[
        Verdict,
        Told(
            "reference: the first that tells it. Of the others: same; richer; poorer; lost: it has a place for the "
            "field and says nothing; no-place: its dialect has none; withheld: left out on purpose; contradicts: both "
            "cannot be true"
        ),
    ]
    says: Annotated[str | None, Told("The value in short")]
    pointer: Annotated[str | None, Told("Where it stands: a JSON pointer (RFC 6901)")]
    how: Annotated[str | None, Told("given, extracted, guessed or asked")]
    why: Annotated[str | None, Told("What is less, more or otherwise")]


@word
class Row(Frozen):
    """One field of the resource."""

    field: str
    verdict: Annotated[Verdict, Told("The worst of its cells")]
    cells: Annotated[tuple[Cell, ...], Told("One for each document, in their order")]


@word
class Comparison(Frozen):
    """Documents of one target, or two targets, side by side."""

    targets: tuple[str, ...]
    documents: tuple[DocumentRow, ...]
    rows: Annotated[tuple[Row, ...], Told("The fields that any document tells, in the order of the model")]
    nowhere: Annotated[tuple[str, ...], Told("The fields for which a document has a place, and which none tells")]
    unread: Annotated[tuple[str, ...], Told("Why documents could not be read at all")]
    evidence_digests: tuple[str, ...]
    fairkit_version: str


class _Side(NamedTuple):
    """One column: a view, or the merge of all views of a target."""

    row: DocumentRow
    resource: Resource
    pointers: Mapping[str, str]
    known: Collection[str]
    withheld: Collection[str]
    how: Mapping[str, str]


def compare(harvest: Harvest) -> Comparison:
    """The documents of one target, in the order of its source."""
    return _comparison([harvest], [_of_view(view) for view in harvest.views])


def compare_two(first: Harvest, second: Harvest) -> Comparison:
    """Two targets, each as all its documents together tell it."""
    return _comparison([first, second], [_of_harvest(first), _of_harvest(second)])


def _of_view(view: View) -> _Side:
    document = view.document
    row = DocumentRow(name=document.representation, url=document.url, sha256=document.digest)
    return _Side(row, view.resource, view.pointers, view.known, view.withheld, view.how)


def _of_harvest(harvest: Harvest) -> _Side:
    owners = harvest.owners
    pointers = {name: f"{view.document.url}#{view.pointers[name]}" for name, view in owners.items()}
    known = frozenset().union(*(view.known for view in harvest.views))
    how = {name: view.how[name] for name, view in owners.items() if name in view.how}
    row = DocumentRow(name=harvest.evidence.target, url="", sha256=None)
    return _Side(row, harvest.resource, pointers, known, harvest.withheld, how)


def _comparison(harvests: Sequence[Harvest], sides: Sequence[_Side]) -> Comparison:
    told_somewhere = frozenset().union(*(side.pointers for side in sides))
    with_place = frozenset().union(*(side.known for side in sides))
    return Comparison(
        targets=tuple(harvest.evidence.target for harvest in harvests),
        documents=tuple(side.row for side in sides),
        rows=tuple(_row(name, sides) for name in _FIELDS if name in told_somewhere),
        nowhere=tuple(name for name in _FIELDS if name in with_place - told_somewhere),
        unread=tuple(fault for harvest in harvests for fault in harvest.unread),
        evidence_digests=tuple(harvest.evidence.digest for harvest in harvests),
        fairkit_version=__version__,
    )


def _row(field: str, sides: Sequence[_Side]) -> Row:
    reference = next(side for side in sides if field in side.pointers)
    cells = tuple(_cell(field, side, reference) for side in sides)
    return Row(field=field, verdict=min((cell.verdict for cell in cells), key=WORST_FIRST.index), cells=cells)


def _cell(field: str, side: _Side, reference: _Side) -> Cell:
    verdict: Verdict = "reference"
    why = ""
    if field == "subjects" and _as_keywords(side, reference):
        says, where, how = told("keywords", side.resource), side.pointers["keywords"], side.how.get("keywords", "given")
        return Cell(verdict="poorer", says=says, pointer=where, how=how, why="only as keywords, without a vocabulary")
    if field not in side.pointers:
        return Cell(verdict=_silence(field, side), says=None, pointer=None, how=None, why=None)
    if side is not reference:
        verdict, why = likeness(field, reference.resource, side.resource)
    return Cell(
        verdict=verdict,
        says=told(field, side.resource),
        pointer=side.pointers[field],
        how=side.how.get(field, "given"),
        why=why or None,
    )


def _as_keywords(side: _Side, reference: _Side) -> bool:
    """Whether a document has the subjects after all, but among its keywords."""
    if "subjects" in side.pointers:
        return False
    words = {plain(word) for word in side.resource.keywords}
    return all(plain(subject.name) in words for subject in reference.resource.subjects)


def _silence(field: str, side: _Side) -> Verdict:
    """What it means that a document does not have a field."""
    if field in side.withheld:
        return "withheld"
    return "lost" if field in side.known else "no-place"
