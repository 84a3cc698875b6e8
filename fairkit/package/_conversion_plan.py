"""Before a conversion: which files, what is made of each under which name, and how much room that takes."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from fairkit.errors import NotFound, UnreadableDocument, UsageError
from fairkit.formats import Facts, find, format_of
from fairkit.model.variable import Table, Variable
from fairkit.registry import FORMATS

from . import names
from .layout import look
from .padding import lengths_of

__all__ = ["How", "Input", "Inputs", "Output", "checked", "inputs", "outputs", "refuse_size", "room"]

TARGETS = ("parquet", "hdf5")
_VERSION = "1"
"""Goes up when the same input becomes another output, so that what an older fairkit made is made again."""
_FREE_LISTS = 2.1
"""What lists of free length in HDF5 take beside their input: no codec makes them smaller (measured: 2.08)."""
_NUMBERS = 0.9
"""What padded arrays take of their bytes in memory, with gzip (measured: 0.27 to 0.9 by how full they are)."""
_WIDTHS = {"8": 1, "16": 2, "32": 4, "64": 8}


class How(NamedTuple):
    """How files are converted; all that shapes the outputs."""

    target: str
    table: str | None = None
    columns: tuple[str, ...] | None = None
    pad: tuple[tuple[str, int], ...] = ()
    pad_all: int | None = None
    prove: bool = False

    def digest(self, stem: str) -> str:
        """One word for it, and for the `stem` of the names of the outputs; proving changes no output."""
        told = json.dumps([_VERSION, stem, *self._replace(prove=False)])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


class Input(NamedTuple):
    """A file to convert: its `name` below the folder of the inputs, and the `stem` of those of its outputs."""

    path: str
    name: str
    stem: str
    format: str
    size: int
    mtime_ns: int


class Inputs(NamedTuple):
    """The files to convert, the folder that they are all in, and what was left aside, and why."""

    base: str
    files: tuple[Input, ...]
    notes: tuple[str, ...]


class Output(NamedTuple):
    """What one table of a file becomes."""

    name: str
    table: str
    rows: int | None
    columns: tuple[Variable, ...]
    padding: dict[str, int]
    metadata: dict[str, str]


def checked(how: How) -> How:
    """What was asked, if it can be done.

    Raises:
        UsageError: if it cannot.
    """
    if how.target not in TARGETS:
        what = f"files are not converted to {how.target!r}"
        raise UsageError(what, value=how.target, remedy=f"Choose one of: {', '.join(TARGETS)}")
    return how


def inputs(words: Sequence[str], how: How) -> Inputs:
    """The files that words name: files, folders and patterns; of a folder those that are of another format.

    Raises:
        NotFound: if a word names nothing.
        UnreadableDocument: if a folder cannot be listed, or a file that is named cannot be read.
        UsageError: if there is nothing to convert.
    """
    notes: list[str] = []
    found: dict[str, tuple[str, str | None]] = {}
    bases: list[str] = []
    for word in words:
        base, files = _named(word, how, notes)
        bases.append(base)
        for path, format in files:
            found.setdefault(os.path.realpath(path), (_place(path), format))
    if not found:
        remedy = f"Files that are {how.target} already are converted where they are named one by one."
        raise UsageError(f"there is nothing to convert in {', '.join(words)}", value=list(words), remedy=remedy)
    base = os.path.commonpath([os.path.realpath(each) for each in bases])
    return Inputs(base, tuple(_stemmed(_looked_at(found.values(), base))), tuple(dict.fromkeys(notes)))


def _place(path: str) -> str:
    """Where a file, or a link to one, lies, whatever links lead to its folder."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _named(word: str, how: How, notes: list[str]) -> tuple[str, list[tuple[str, str | None]]]:
    """The folder that a word leads into, and the files that it names, with their formats."""
    if os.path.isdir(word):
        folder = look(word)
        notes += [f"{path} leads out of the folder, or to no file, and is not followed" for path in folder.links_out]
        return word, list(_in_folder(word, folder.data, how, notes))
    if os.path.exists(word):
        if not os.path.isfile(word):
            raise UsageError(f"{word} is no regular file", value=word, remedy="Name a file, or a folder.")
        return os.path.dirname(os.path.abspath(word)), [(word, None)]
    matches = sorted(path for path in glob.glob(word, recursive=True) if os.path.isfile(path))
    if not matches:
        raise NotFound(f"there is no file {word}", value=word, remedy="Is the path right?")
    fixed = Path(word).parts
    magic = next(place for place, part in enumerate(fixed) if glob.has_magic(part))
    return os.path.join(os.curdir, *fixed[:magic]), [(path, None) for path in matches]


def _in_folder(folder: str, data: Iterable[str], how: How, notes: list[str]) -> Iterator[tuple[str, str | None]]:
    aside: Counter[str] = Counter()
    for name in data:
        path = os.path.join(folder, name)
        try:
            format = find(path)
        except UnreadableDocument as error:
            notes.append(error.what)
            continue
        if format is not None and format != how.target:
            yield path, format
        else:
            aside["of no format that fairkit reads" if format is None else f"{how.target} already"] += 1
    notes += [f"{count:,} files left aside: {why}" for why, count in aside.items()]


def _looked_at(found: Iterable[tuple[str, str | None]], base: str) -> Iterator[Input]:
    for path, format in found:
        name = Path(os.path.relpath(path, base)).as_posix()
        known = format or find(path)
        if known is None:
            remedy = f"Known: {', '.join(FORMATS.names())}"
            raise UsageError(f"{name} is of no format that fairkit reads", value=path, remedy=remedy)
        there = os.stat(path)
        yield Input(path, name, _without_suffix(name, known), known, there.st_size, there.st_mtime_ns)


def _without_suffix(name: str, format: str) -> str:
    endings = sorted(format_of(format).EXTENSIONS, key=len, reverse=True)
    ending = next((each for each in endings if name.lower().endswith(each)), "")
    return name[: len(name) - len(ending)]


def _stemmed(every: Iterable[Input]) -> list[Input]:
    """Where two files would have one output, `a.h5` and `a.root`, each keeps its whole name."""
    files = sorted(every, key=lambda each: each.name)
    stems = Counter(each.stem for each in files)
    return [each._replace(stem=each.name) if stems[each.stem] > 1 else each for each in files]


def outputs(file: Input, facts: Facts, how: How) -> tuple[Output, ...]:
    """What a file becomes: each of its tables, or the one that was asked for.

    Raises:
        UsageError: if it has no such table or column, or two tables would have one output.
    """
    tables = [each for each in facts.tables if how.table in (None, each.name)]
    if not tables:
        what = f"{file.name} has no table" + ("" if how.table is None else f" {how.table!r}")
        remedy = f"It has: {', '.join(each.name for each in facts.tables[:20]) or '; '.join(facts.notes[:3]) or 'none'}"
        raise UsageError(what, value=how.table, remedy=remedy)
    made = tuple(_output(file, each, facts, how, several=len(tables) > 1) for each in tables)
    twice = next((name for name, count in Counter(each.name for each in made).items() if count > 1), None)
    if twice is not None:
        what = f"two tables of {file.name} would both be {twice}"
        raise UsageError(what, value=twice, remedy="Convert them one by one, with --table.")
    _refuse_unknown(made, how)
    return made


def _output(file: Input, table: Table, facts: Facts, how: How, *, several: bool) -> Output:
    columns = table.columns
    if how.columns is not None:
        known = {each.name: each for each in columns}
        missing = [name for name in how.columns if name not in known]
        if missing:
            what = f"{file.name} has no column {missing[0]!r}" + (f" in {table.name}" if several else "")
            raise UsageError(what, value=missing[0], remedy=f"It has: {', '.join(list(known)[:20])}")
        columns = tuple(known[name] for name in how.columns)
    mine = {name: length for name, length in how.pad if not several or name in {each.name for each in columns}}
    suffix = format_of(how.target).EXTENSIONS[0]
    name = f"{file.stem}.{_as_name(table.name)}{suffix}" if several else f"{file.stem}{suffix}"
    if why := names.fault(name):
        raise UsageError(f"{name!r} cannot be the name of a file: {why}", value=name, remedy="Rename the input.")
    padding = lengths_of(columns, mine, how.pad_all)
    return Output(name, table.name, table.entry_count, columns, padding, _words(table, facts))


def _refuse_unknown(made: Sequence[Output], how: How) -> None:
    for name, _ in how.pad:
        if not any(name in each.padding for each in made):
            lengths_of([column for each in made for column in each.columns], {name: 1}, None)


def _as_name(table: str) -> str:
    """The name of a table as a part of the name of a file."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in table).strip("._") or "table"


def _words(table: Table, facts: Facts) -> dict[str, str]:
    """What the input says of itself as a whole, and what it calls this table."""
    title = f"title of {table.name}"
    words = {name: text for name, text in facts.attributes if name == title or not name.startswith("title of ")}
    return {"title" if name == title else name: text for name, text in words.items()}


def room(file: Input, made: Iterable[Output], how: How) -> int:
    """About how many bytes the outputs of a file take."""
    every = list(made)
    padded = sum((one.rows or 0) * _padded_width(one) for one in every)
    free = how.target == "hdf5" and any(
        None in (column.shape or ()) and column.name not in one.padding for one in every for column in one.columns
    )
    return int(file.size * (_FREE_LISTS if free else 1) + padded * _NUMBERS)


def _padded_width(made: Output) -> int:
    width = 0
    for column in made.columns:
        item = next((size for bits, size in _WIDTHS.items() if (column.dtype or "").endswith(bits)), 1)
        for length in (column.shape or ())[1:]:
            item *= length or 1
        width += made.padding.get(column.name, 0) * item
    return width


def refuse_size(root: str, needed: int) -> None:
    """Whoever waits for hours should hear now that there is no room.

    Raises:
        UsageError: if there is none.
    """
    place = Path(root).absolute()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if needed > free:
        what = f"there is no room for the outputs: they need about {needed:,} bytes, and {free:,} are free"
        raise UsageError(what, value=root, remedy="Choose another disk with --output, or fewer files with --shard.")
