"""The words of a conversion: what was asked, what became of each file."""

from __future__ import annotations

from typing import Annotated, Literal

from fairkit.model.base import FAIRKIT, PROV, SDO, Frozen, Term, word
from fairkit.model.distribution import Checksum
from fairkit.model.provenance import Activity

__all__ = ["Conversion", "Converted", "FileReport", "Padded", "State"]

State = Literal["planned", "converted", "done before", "failed"]


@word
class Padded(Frozen):
    """A column of lists that was filled up to one length."""

    column: Annotated[str, Term(SDO.name, "The column")]
    length: Annotated[int, Term(FAIRKIT.shape, "How many places each entry has")]
    fill: Annotated[str, Term(FAIRKIT.padding, "The value that fills places without one")]
    count: Annotated[str | None, Term(FAIRKIT.countVariable, "The column that counts the filled places")] = None
    cut: Annotated[int | None, Term(FAIRKIT.cutEntries, "How many entries had more than there is room for")] = None


@word
class Converted(Frozen):
    """One file that was made, or is to be made: one table of the input."""

    name: Annotated[str, Term(SDO.name, "Its path below the folder of the outputs")]
    table: Annotated[str, Term(FAIRKIT.table, "The table of the input that it holds")]
    entry_count: Annotated[int | None, Term(FAIRKIT.entryCount, "The number of its rows")] = None
    byte_size: Annotated[int | None, Term(SDO.contentSize, "The number of bytes", unit="byte")] = None
    checksum: Annotated[Checksum | None, Term(FAIRKIT.checksum, "The digest of its bytes")] = None
    padded: Annotated[tuple[Padded, ...], Term(FAIRKIT.padding, "The columns that were padded")] = ()
    proof: Annotated[
        tuple[tuple[str, str], ...],
        Term(FAIRKIT.valueDigest, "Column and sha256 of its values, the same as read and as read back"),
    ] = ()
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What is not as it was in the input")] = ()


@word
class FileReport(Frozen):
    """What became of one input."""

    name: Annotated[str, Term(SDO.name, "Its path below the folder of the inputs")]
    byte_size: Annotated[int, Term(SDO.contentSize, "The number of bytes", unit="byte")]
    state: Annotated[State, Term(SDO.actionStatus, "planned, converted, done before, or failed")]
    format: Annotated[str | None, Term(SDO.encodingFormat, "The format that it is of")] = None
    checksum: Annotated[Checksum | None, Term(FAIRKIT.checksum, "The digest of its bytes")] = None
    outputs: Annotated[tuple[Converted, ...], Term(SDO.result, "What was made of it")] = ()
    started: Annotated[str | None, Term(PROV.startedAtTime, "ISO 8601")] = None
    ended: Annotated[str | None, Term(PROV.endedAtTime, "ISO 8601")] = None
    code: Annotated[str | None, Term(SDO.error, "What kind of error it was: unreadable, usage, unequal")] = None
    error: Annotated[str | None, Term(SDO.error, "What was wrong, and what to do")] = None
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What a reader should know of the input")] = ()


@word
class Conversion(Frozen):
    """A whole run."""

    root: Annotated[str, Term(SDO.url, "The folder of the outputs")]
    target: Annotated[str, Term(SDO.encodingFormat, "The format of the outputs")]
    files: Annotated[tuple[FileReport, ...], Term(SDO.hasPart, "Each input, by name")] = ()
    shard: Annotated[str | None, Term(FAIRKIT.shard, "Which part of the inputs these are: 3/8")] = None
    needed: Annotated[int, Term(FAIRKIT.neededBytes, "About how much room the outputs need", unit="byte")] = 0
    activity: Annotated[Activity | None, Term(PROV.wasGeneratedBy, "The step, as it stands in the journal")] = None
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What was left aside, and why")] = ()
