"""The two kinds of tables in ROOT files, with the same columns for the same data.

A TTree keeps the members of jets in branches side by side, `jet_pt[njet]`, and their number in a branch of its own; an
RNTuple keeps a list of records, `jet.pt`, and no number. Here both are lists side by side: `jet_pt`, `jet_eta`. The
branch that only counts is no column, as its values are the lengths of the lists; `Variable.count` keeps its name.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _titles
from ._awkward import Part, Strange, arrow, parts, type_of

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Column", "Tree", "tree_of"]

_LEAVES = re.compile(r"[^/\s]*/[A-Za-z](:[^/\s]*/[A-Za-z])*|[^\s/\[\]]*(\[[^\]]*\])+")
"""The titles that ROOT makes up: `pt[njet]/F`, `x/F:y/F`."""
_MOST_ROWS = 4 * 1024 * 1024


class Column(NamedTuple):
    """A column, from the `branch` or field of that key, and the `suffix` that leads to it there."""

    name: str
    type: Any
    branch: str
    suffix: tuple[str, ...]
    description: str | None
    unit: str | None
    counter: str | None


class _Branch(NamedTuple):
    """What a file says of a branch or a top-level field."""

    key: str
    name: str
    form: Any
    title: str
    counter: str | None


class Tree(ABC):
    """What both kinds have: columns, and rows in steps; the kinds say how to get at them."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self.notes: list[str] = []

    @property
    def entry_count(self) -> int:
        return int(self._tree.num_entries)

    @property
    @abstractmethod
    def title(self) -> str: ...

    @abstractmethod
    def _branches(self) -> Iterator[_Branch]: ...

    @abstractmethod
    def _arrays(self, keys: Sequence[str], most_bytes: int) -> Iterator[Mapping[str, Any]]:
        """Awkward arrays by the keys of branches, about `most_bytes` of them at a time."""

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns; those of the same name are told apart by a number."""
        found: dict[str, Column] = {}
        for branch in self._branches():
            for part in parts(branch.form):
                made = self._column(branch, part)
                if made is not None:
                    unique = _unique(made.name, found)
                    found[unique] = made._replace(name=unique)
        return tuple(found.values())

    def _column(self, branch: _Branch, part: Part) -> Column | None:
        full = "_".join((branch.name, *part.suffix))
        try:
            type_ = type_of(part.node)
        except Strange as strange:
            self.notes.append(f"{full} is left aside: it holds {strange}, which has no place in a table")
            return None
        said = part.doc or branch.title
        words, unit = ("", None) if _LEAVES.fullmatch(said) or said in (branch.name, full) else _titles.told(said)
        return Column(full, type_, branch.key, part.suffix, words or None, unit, branch.counter)

    def batches(self, columns: Sequence[Column], schema: pa.Schema, most_bytes: int) -> Iterator[pa.RecordBatch]:
        """The rows of some columns, in steps."""
        import pyarrow as pa

        keys = list(dict.fromkeys(column.branch for column in columns))
        for arrays in self._arrays(keys, most_bytes):
            pieces = {(key, part.suffix): part.node for key in keys for part in parts(arrays[key].layout)}
            made = [arrow(pieces[column.branch, column.suffix], column.type) for column in columns]
            del arrays, pieces  # what is held here while the next step is read is memory twice
            batch = pa.RecordBatch.from_arrays(made, schema=schema)
            del made
            yield batch
            del batch


class _TTree(Tree):
    @property
    def title(self) -> str:
        return str(self._tree.title)

    @cached_property
    def _leaves(self) -> dict[str, Any]:
        """The branches that hold data, by their paths: those without branches of their own that are understood."""
        import uproot

        every = {key: branch for key, branch in self._tree.iteritems(recursive=True) if not branch.branches}
        counters = {branch.count_branch.cache_key for branch in every.values() if branch.count_branch is not None}
        found = {}
        for key, branch in every.items():
            if isinstance(branch.interpretation, uproot.interpretation.identify.UnknownInterpretation):
                self.notes.append(f"{key} is left aside: its type {branch.typename} is not understood")
            elif branch.cache_key not in counters:
                found[key] = branch
        return found

    def _branches(self) -> Iterator[_Branch]:
        from uproot.interpretation.objects import CannotBeAwkward

        for key, branch in self._leaves.items():
            try:
                form = branch.interpretation.awkward_form(branch.file)
            except CannotBeAwkward:
                self.notes.append(f"{key} is left aside: its type {branch.typename} has no place in a table")
                continue
            counter = branch.count_branch
            yield _Branch(key, _joined(key), form, branch.title, None if counter is None else counter.name)

    def _arrays(self, keys: Sequence[str], most_bytes: int) -> Iterator[Mapping[str, Any]]:
        """The library calls branches by their own names, which branches of different branches may share."""
        size = sum(self._leaves[key].uncompressed_bytes for key in keys)
        step = min(max(most_bytes * self.entry_count // max(size, 1), 1), _MOST_ROWS)
        rounds = _rounds({key: self._leaves[key].name for key in keys})
        steps = [self._iterate(names, step) for names in rounds]
        while arrays := [array for array in (next(each, None) for each in steps) if array is not None]:
            found = {
                key: array[name] for names, array in zip(rounds, arrays, strict=True) for key, name in names.items()
            }
            del arrays
            yield found
            del found

    def _iterate(self, keys: Iterable[str], step: int) -> Iterator[Any]:
        wanted = {self._leaves[key].cache_key for key in keys}
        arrays: Iterator[Any] = self._tree.iterate(
            filter_branch=lambda branch: branch.cache_key in wanted, step_size=step
        )
        return arrays


class _RNTuple(Tree):
    @property
    def title(self) -> str:
        return str(self._tree.description)

    def _branches(self) -> Iterator[_Branch]:
        form, _ = self._tree.to_akform(ak_add_doc=True)
        for i, field in enumerate(form.fields):
            yield _Branch(field, field, form.content(i), "", None)

    def _arrays(self, keys: Sequence[str], most_bytes: int) -> Iterator[Mapping[str, Any]]:
        """Whole clusters. The library reads the one behind them as well, which is kept for the next step."""
        wanted = frozenset(keys)
        ahead = _Ahead()
        for clusters in self._steps(most_bytes):
            first, last = clusters[0], clusters[-1]
            ahead.cluster = last + 1
            summaries = self._tree.cluster_summaries
            arrays = self._tree.arrays(
                filter_name=lambda name: name in wanted or name.partition(".")[0] in wanted,
                entry_start=summaries[first].num_first_entry,
                entry_stop=summaries[last].num_first_entry + summaries[last].num_entries,
                array_cache=ahead,
            )
            found = {key: arrays[key] for key in keys}
            del arrays
            yield found
            del found
            ahead.forget()

    def _steps(self, most_bytes: int) -> Iterator[list[int]]:
        """The numbers of clusters that are about `most_bytes` together; at least one at a time."""
        step: list[int] = []
        size = 0
        for cluster in range(len(self._tree.cluster_summaries)):
            more = self._size(cluster)
            if step and size + more > most_bytes:
                yield step
                step, size = [], 0
            step.append(cluster)
            size += more
        if step:
            yield step

    def _size(self, cluster: int) -> int:
        """The bytes of a cluster without compression, in all its columns."""
        columns = zip(self._tree.column_records, self._tree.page_link_list[cluster], strict=False)
        return sum(record.nbits * sum(page.num_elements for page in links.pages) // 8 for record, links in columns)


class _Ahead(dict[str, Any]):
    """A cache of pages that keeps those of one `cluster` only; the library calls them `file:cluster:column`."""

    cluster: int = 0

    def __setitem__(self, key: str, value: Any) -> None:
        if key.rsplit(":", 2)[1] == str(self.cluster):
            super().__setitem__(key, value)

    def forget(self) -> None:
        """Drop what is no longer ahead."""
        for key in [key for key in self if key.rsplit(":", 2)[1] != str(self.cluster)]:
            del self[key]


def tree_of(found: Any) -> Tree:
    """The table of an object in a file, a TTree or an RNTuple."""
    return _RNTuple(found) if found.classname == "ROOT::RNTuple" else _TTree(found)


def _joined(key: str) -> str:
    """The name of a branch in branches: `jets/jets.pt` and `jets/pt` are both `jets_pt`."""
    *parents, name = key.split("/")
    for parent in (each.rstrip(".") for each in reversed(parents)):
        bare = name.removeprefix(parent).lstrip("._") if name.startswith((f"{parent}.", f"{parent}_")) else name
        name = f"{parent}_{bare}"
    return name


def _rounds(names: Mapping[str, str]) -> list[dict[str, str]]:
    """Keys and their names in as few rounds as have no name twice."""
    rounds: list[dict[str, str]] = []
    for key, name in names.items():
        free = next((each for each in rounds if name not in each.values()), None)
        if free is None:
            rounds.append({key: name})
        else:
            free[key] = name
    return rounds


def _unique(name: str, taken: Iterable[str]) -> str:
    known = set(taken)
    number = 1
    while (made := name if number == 1 else f"{name}_{number}") in known:
        number += 1
    return made
