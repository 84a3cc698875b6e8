"""The table of a survey: a Parquet file, a row per target, with a column for each fact, score and metric.

Columns of a checklist begin with its id: `fairkit/total_low`, `fairkit/R1.1-licence`. While a survey runs, its rows are
kept in parts beside the table, so that one that was broken off goes on; at the end they become the table at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairkit import __version__
from fairkit.assess import checklist
from fairkit.errors import UsageError
from fairkit.model.outcome import STATUSES

from .row import FACTS, SCORES, Facts, Mark, Row, Settings

if TYPE_CHECKING:
    import pyarrow as pa

    from fairkit.sources import Target

__all__ = ["Table"]

_ROWS_OF_A_BATCH = 1_000
"""Rows wait as they are only so long: in columns they take a hundredth of the memory."""
_BATCHES_OF_A_PART = 10
_SECONDS_OF_A_PART = 60.0
"""What is lost at the most if the machine itself goes down: whatever else ends a run, its rows are kept."""
_NUMBERS = ("files", "byte_size", "variables")
_SETTINGS = b"fairkit-survey"


class Table:
    """A table that is being made at `path`; use as a context, `add` rows, then `finish`."""

    def __init__(self, path: str, how: Settings) -> None:
        self.path = Path(path)
        self.parts = self.path.with_name(f".{self.path.name}.parts")
        self._metrics = {name: [metric.id for metric in checklist.load(name).metrics] for name in how.checklists}
        self._about = _fingerprint(how)
        self._rows: list[Row] = []
        self._batches: list[pa.Table] = []
        self._done: set[bytes] = set()
        self._old = 0
        self._flushed = time.monotonic()

    def resume(self) -> int:
        """Take up what an earlier run left; how many targets are done. Those that failed are tried again.

        Raises:
            UsageError: if there is no place for the table, or the earlier run had other settings.
        """
        try:
            self._take_back()
            self.parts.mkdir(exist_ok=True)
        except OSError as error:
            remedy = "Is the folder there, and may you write to it?"
            raise UsageError(f"cannot write {self.path}: {error.strerror}", remedy=remedy) from None
        parts = self._files()
        if not parts:  # the usual case: the workers need not wait until all of Arrow is loaded
            return 0
        import pyarrow.parquet as pq

        for part in parts:
            about = pq.read_schema(part).metadata or {}
            if about.get(_SETTINGS) != self._about:
                remedy = f"Use the same checklists, or delete {self.parts} to begin anew."
                raise UsageError(f"{self.path} was begun with other settings", value=str(self.path), remedy=remedy)
            rows = pq.read_table(part, columns=["asked", "error"]).to_pylist()
            self._done |= {_key(row["asked"]) for row in rows if row["error"] is None}
        self._old = len(parts)
        return len(self._done)

    def _take_back(self) -> None:
        """A finished table in which targets failed is where a new run goes on."""
        if self.parts.exists() or not self.path.is_file():
            return
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        try:
            about = pq.read_schema(self.path).metadata or {}
            if about.get(_SETTINGS) != self._about:
                return
            failed = pc.sum(pc.is_valid(pq.read_table(self.path, columns=["error"])["error"])).as_py()
        except (pa.ArrowInvalid, KeyError):
            return
        if failed:
            self.parts.mkdir()
            shutil.copyfile(self.path, self.parts / "00000.parquet")

    def is_done(self, target: Target) -> bool:
        """Whether an earlier run has assessed the target."""
        return bool(self._done) and _key(str(target)) in self._done

    def old_rows(self) -> Iterator[Row]:
        """The rows of an earlier run that stay."""
        if not self._old:  # as in `resume`: Arrow is loaded while the workers are busy
            return
        import pyarrow.parquet as pq

        for part in self._files()[: self._old]:
            for batch in pq.ParquetFile(part).iter_batches(1_000):
                yield from (self._row(columns) for columns in batch.to_pylist() if columns["error"] is None)

    def _row(self, columns: Mapping[str, Any]) -> Row:
        marks = []
        for name, metrics in self._metrics.items():
            pairs = [(columns[f"{name}/{score}_low"], columns[f"{name}/{score}_high"]) for score in SCORES]
            statuses = bytes([STATUSES.index(columns[f"{name}/{metric}"]) for metric in metrics])
            marks.append(Mark(tuple([None if low is None else (low, high) for low, high in pairs]), statuses))
        facts = Facts(*(columns[name] for name in FACTS))
        return Row(columns["asked"], columns["target"], facts, tuple(marks))

    def add(self, rows: Sequence[Row]) -> None:
        """Keep rows; a full part goes to the disk."""
        self._rows += rows
        if len(self._rows) >= _ROWS_OF_A_BATCH:
            self._batches.append(self._arrow(self._rows))
            self._rows = []
        if len(self._batches) >= _BATCHES_OF_A_PART or time.monotonic() > self._flushed + _SECONDS_OF_A_PART:
            self.flush()

    def flush(self) -> None:
        """Put what is held in memory to the disk, so that nothing is lost if the run ends here."""
        if not self._rows and not self._batches:
            return
        import pyarrow as pa
        import pyarrow.parquet as pq

        part = self.parts / f"{len(self._files()):05d}.parquet"
        begun = part.with_suffix(".begun")
        pq.write_table(pa.concat_tables([*self._batches, self._arrow(self._rows)]), begun, compression="zstd")
        os.replace(begun, part)
        self._rows, self._batches = [], []
        self._flushed = time.monotonic()

    def finish(self) -> None:
        """Make the table of all parts, whole or not at all."""
        self.flush()
        parts = self._files()
        if len(parts) == 1 and not self._old:
            os.replace(parts[0], self.path)
        else:
            self._join(parts)
        shutil.rmtree(self.parts)

    def _join(self, parts: Sequence[Path]) -> None:
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        begun = self.path.with_name(f".{self.path.name}.begun")
        with pq.ParquetWriter(begun, self._schema(), compression="zstd") as writer:
            for number, part in enumerate(parts):
                rows = pq.read_table(part).cast(self._schema())
                # Of an earlier run only what succeeded stays: the rest was tried again.
                writer.write_table(rows.filter(pc.is_null(rows["error"])) if number < self._old else rows)
        os.replace(begun, self.path)

    def _files(self) -> list[Path]:
        return sorted(self.parts.glob("*.parquet"))

    def _schema(self) -> pa.Schema:
        import pyarrow as pa

        fields = [pa.field(name, pa.string()) for name in ("asked", "target", "error")]
        fields += [pa.field(name, pa.int64() if name in _NUMBERS else pa.string()) for name in FACTS]
        for name, metrics in self._metrics.items():
            fields += [pa.field(f"{name}/{score}_{end}", pa.float64()) for score in SCORES for end in ("low", "high")]
            fields += [pa.field(f"{name}/{metric}", pa.dictionary(pa.int8(), pa.string())) for metric in metrics]
        return pa.schema(fields, metadata={_SETTINGS: self._about})

    def _arrow(self, rows: Sequence[Row]) -> pa.Table:
        import pyarrow as pa

        schema = self._schema()
        columns: list[Any] = [[row.asked for row in rows], [row.target for row in rows], [row.error for row in rows]]
        columns += zip(*(row.facts for row in rows), strict=True)
        for place, metrics in enumerate(self._metrics.values()):
            columns += self._of_checklist(rows, place, len(metrics))
        arrays = [
            value if isinstance(value, pa.Array) else pa.array(value, field.type)
            for value, field in zip(columns, schema, strict=True)
        ]
        return pa.Table.from_arrays(arrays, schema=schema)

    def _of_checklist(self, rows: Sequence[Row], place: int, metrics: int) -> Iterator[Any]:
        """The scores and statuses of one checklist, column by column."""
        import pyarrow as pa

        nothing = ((None,) * len(SCORES), bytes(metrics))
        assessed = pa.array([bool(row.marks) for row in rows]).buffers()[1]  # one bit a row, as validity is written
        marks = [row.marks[place] if row.marks else nothing for row in rows]
        for score in range(len(SCORES)):
            for end in (0, 1):
                yield [pair[end] if (pair := mark[0][score]) else None for mark in marks]
        codes = b"".join([mark[1] for mark in marks])
        words = pa.array(STATUSES, pa.string())
        for metric in range(metrics):
            column = pa.py_buffer(codes[metric::metrics])  # every so many bytes: the column of one metric
            numbers = pa.Array.from_buffers(pa.int8(), len(rows), [assessed, column])
            yield pa.DictionaryArray.from_arrays(numbers, words)


def _key(target: str) -> bytes:
    """A few bytes that stand for a target: a million of them fit into memory."""
    return hashlib.blake2b(target.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _fingerprint(how: Settings) -> bytes:
    """What must be the same for rows to stand in one table."""
    versions = [[name, checklist.load(name).version] for name in how.checklists]
    about = {"fairkit": __version__, "checklists": versions, "offline": how.offline, "online": how.online}
    return json.dumps(about, sort_keys=True).encode()
