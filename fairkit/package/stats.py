"""What the values of a dataset are: every one is read, once, in batches, by as many processes as are asked for.

What a footer says of the range of a column is not looked at: Parquet hides NaN from it.
"""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context

from fairkit.errors import FairkitError
from fairkit.model.variable import Split, Table, Variable

from . import _rows, guesses, judging
from ._scan import Item, Key, Scan, Scanned, scan
from ._tally import Tally
from .files import Places
from .folding import expand
from .splits import copies, entries, members
from .variables import Column, columns
from .words import Description, FileFacts, Finding, Overlap, Statistics

__all__ = ["measured"]

_Rows = dict[str, tuple[int, str]]
"""The number of rows of each split, and the digest over them."""
_WORTH_A_PROCESS = 16 * 1024 * 1024
"""Bytes that one process has read before others have begun."""
_IDENTIFIER = ("role", "identifier")


def measured(
    found: Description, *, place: Places | None = None, jobs: int = 1, say: Callable[[str], None] = lambda _: None
) -> Description:
    """The description with what the values of its files are, and what they show to be wrong.

    `place` knows where documents say what they say; `say` hears each file that is read.
    """
    place = place or Places(None)
    with tempfile.TemporaryDirectory(prefix="fairkit-rows-") as work:
        scans = plan(found, work)
        whole: dict[Key, Tally] = {}
        done: list[tuple[Scan, Scanned]] = []
        findings: list[Finding] = []
        small = sum(os.path.getsize(one.path) for one in scans) < _WORTH_A_PROCESS
        with _runner(1 if small else jobs, len(scans)) as run:
            for one, made in zip(scans, run(scans), strict=True):
                say(one.file)
                if isinstance(made, FairkitError):
                    findings.append(Finding(kind="unreadable", text=made.what, file=one.file))
                    continue
                _merge(whole, made)
                done.append((one, made))
        rows, overlaps = _compared(found.resource.splits, done)
    resource = replace(found.resource, splits=_counted(found.resource.splits, rows))
    described = replace(found, resource=resource, stats=tuple(_told(found, whole)), overlaps=overlaps)
    findings += judging.findings(described, [made for _, made in done], rows, place)
    return replace(described, findings=(*found.findings, *findings))


def plan(found: Description, work: str) -> list[Scan]:
    """What is to be gone through: every table, but columns only once of data that lie there in several formats.

    Digests of rows are to be written into the folder `work`.
    """
    root = found.target if os.path.isdir(found.target) else os.path.dirname(found.target)
    again = copies(found.facts)
    variables = {name: one for one in found.resource.variables for name in expand(one.columns or one.name)}
    variables |= {one.name: one for one in found.resource.variables if one.name not in variables}
    splits = _Splits(found)
    done: dict[str, set[str]] = defaultdict(set)
    scans = []
    for file in sorted(found.facts, key=lambda each: (each.path in again, each.path)):
        seen = done[again.get(file.path, file.path)]
        by_table: dict[str, list[Column]] = defaultdict(list)
        for column in columns(file.facts):
            by_table[column.table].append(column)
        for table in file.facts.tables:
            items = tuple(item for item in _items(by_table[table.name], variables) if item.variable not in seen)
            seen |= {item.variable for item in items}
            if items:
                base = Scan(os.path.join(root, file.path), file.path, table.name, items)
                scans.append(splits.of(base, table, main=_is_main(table, file) and file.path not in again, work=work))
    return [one._replace(rows=one.rows and f"{one.rows}-{place}") for place, one in enumerate(scans)]


def _is_main(table: Table, file: FileFacts) -> bool:
    return table.entry_count == entries(file) and table == next(
        one for one in file.facts.tables if one.entry_count == table.entry_count
    )


def _items(own: Sequence[Column], variables: dict[str, Variable]) -> Iterator[Item]:
    """The variables that the columns of a table make up."""
    names = {column.variable.name for column in own}
    parts: dict[str, list[str]] = defaultdict(list)
    for column in own:
        variable = variables.get(column.name)
        parts[variable.name if variable else column.name].append(column.variable.name)
    for name, these in parts.items():
        variable = variables.get(name) or variables.get(these[0]) or Variable(name=name)
        by = tuple((each.by, each.by, each.value) for each in variable.meanings if each.by in names)
        yield Item(
            variable=name,
            columns=tuple(these),
            missing=_number(variable.missing),
            padding=_number(variable.padding),
            counter=variable.count if variable.count in names else None,
            by=by,
        )


def _number(written: str | None) -> float | None:
    try:
        return None if written is None else float(written)
    except ValueError:
        return None


class _Splits:
    """Which split the rows of a file belong to, and by which columns rows are compared."""

    def __init__(self, found: Description) -> None:
        paths = [file.path for file in found.facts]
        self._of: dict[str, list[str]] = defaultdict(list)
        for split in found.resource.splits:
            for path in members(split, paths):
                self._of[path].append(split.name)
        guessed = {guess.subject for guess in found.guessed if (guess.field, guess.value) == _IDENTIFIER}
        self._identifiers = {one.name for one in found.resource.variables if one.role == "identifier"} | guessed
        own = [{column.name for column in _main(file).columns} for file in found.facts if self._of[file.path]]
        self._shared = set.intersection(*own) if own else set()

    def of(self, base: Scan, table: Table, *, main: bool, work: str) -> Scan:
        """The scan with the split of its rows, and what is digested where the table is the file's main one."""
        names = self._of[base.file]
        column = self._column(table) if len(names) > 1 else None
        if not names or (len(names) > 1 and column is None):
            return base
        own = tuple(sorted(each.name for each in table.columns))
        compared = tuple(name for name in own if name in self._shared and name not in self._identifiers)
        found = base._replace(split=names[0] if column is None else None, split_column=column, splits=tuple(names))
        if not main:
            return found
        return found._replace(digested=own, compared=compared, rows=os.path.join(work, "rows"))

    def _column(self, table: Table) -> str | None:
        """The column of texts that may say which split a row is in."""
        known = [each.name for each in table.columns if each.dtype == "string" and not each.shape]
        return next((name for name in known if guesses.names_a_split(name)), None)


def _main(file: FileFacts) -> Table:
    return max(file.facts.tables, key=lambda table: table.entry_count or 0, default=Table(name=""))


@contextmanager
def _runner(jobs: int, number: int) -> Iterator[Callable[[Sequence[Scan]], Iterator[Scanned | FairkitError]]]:
    """What goes through files one after the other, in the order in which they are given."""
    if jobs <= 1 or number <= 1:
        yield lambda scans: map(_tried, scans)
        return
    # Not forked: a process that has threads of Arrow cannot be copied in safety.
    with ProcessPoolExecutor(min(jobs, number), mp_context=get_context("spawn")) as pool:
        yield lambda scans: pool.map(_tried, scans)


def _tried(one: Scan) -> Scanned | FairkitError:
    try:
        return scan(one)
    except FairkitError as error:
        return error


def _merge(whole: dict[Key, Tally], made: Scanned) -> None:
    for key, tally in made.tallies.items():
        whole.setdefault(key, Tally()).merge(tally)
    made.tallies.clear()  # all files together would fill the memory


def _told(found: Description, whole: dict[Key, Tally]) -> Iterator[Statistics]:
    """The counts of each variable: over all data, for each value that gives it a meaning, then of each split."""
    splits = [split.name for split in found.resource.splits]
    order: dict[tuple[str, str | None, str | None], list[Key]] = defaultdict(list)
    for key in whole:
        order[key.variable, key.by, key.value].append(key)
    places = {one.name: place for place, one in enumerate(found.resource.variables)}
    for (variable, by, value), keys in sorted(
        order.items(), key=lambda each: (places.get(each[0][0], len(places)), each[0][1] or "", each[0][2] or "")
    ):
        total = Tally()
        for key in keys:
            total.merge(whole[key])
        yield total.told(variable, split=None, by=by, by_value=value)
        for key in sorted((key for key in keys if key.split), key=lambda each: splits.index(str(each.split))):
            yield whole[key].told(variable, split=key.split, by=by, by_value=value)


def _compared(splits: Sequence[Split], done: Sequence[tuple[Scan, Scanned]]) -> tuple[_Rows, tuple[Overlap, ...]]:
    """What was counted of each split, and what rows they share."""
    files: dict[str, dict[str, list[str]]] = {"whole": defaultdict(list), "compared": defaultdict(list)}
    for _, made in done:
        for (split, kind), path in made.written.items():
            files[kind][split].append(path)
    counted = {name: (_rows.number(paths), _rows.whole(paths)) for name, paths in files["whole"].items()}
    names = [split.name for split in splits if split.name in files["compared"]]
    result = _rows.compared({name: files["compared"][name] for name in names})
    by = next((one.compared for one, _ in done if one.compared), ())
    overlaps = [Overlap(one=name, other=name, rows=result.repeats[name], columns=by) for name in names]
    overlaps += [Overlap(one=one, other=other, rows=rows, columns=by) for (one, other), rows in result.shared.items()]
    return counted, tuple(overlaps)


def _counted(splits: Sequence[Split], rows: _Rows) -> tuple[Split, ...]:
    """The splits with the digests of their rows and the number of these, where no document tells them."""
    return tuple(
        replace(
            split,
            digest=split.digest or rows[split.name][1],
            entry_count=rows[split.name][0] if split.entry_count is None else split.entry_count,
        )
        if split.name in rows
        else split
        for split in splits
    )
