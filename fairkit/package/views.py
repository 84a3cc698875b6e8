"""Two views of one dataset, and one mapping between them: documented, with every column, its unit and meaning; and
for learning, arrays of a fixed shape that need no names.

A role decides what may be a feature, and no column of the features equals one that is withheld: that is looked at in
every row, before any file of a view has its name. Numbers are not scaled. The rows of a split stand in both views in
the same order, that of its files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from fairkit.errors import UsageError
from fairkit.model.base import plain
from fairkit.model.variable import Variable

from ._view_arrays import Arrays, Shape, layout_of
from ._view_layout import Feature, features
from ._view_roles import Roles, roles, variable_of
from ._view_sources import Part, Place, columns_of, parts, path_of, rows_of
from ._view_values import lengths
from ._view_writing import Target, Writing, channel_names
from .description import describe
from .mapping import View, ViewColumn, ViewSource
from .progress import SILENT, Progress
from .words import Description

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["MAPPING", "Shape", "Wanted", "view"]

MAPPING = "view.json"


class Wanted(NamedTuple):
    """Which views, and how: `lengths` are the places of lists by their group, "" standing for all of them."""

    documented: bool = False
    learning: bool = False
    shape: Shape = Shape()
    format: str = "npy"
    lengths: tuple[tuple[str, int], ...] = ()
    table: str | None = None
    split_by: str | None = None
    assume_features: bool = False


class _Plan(NamedTuple):
    """What is going to be made of what; `known` are the columns of the tables."""

    root: str
    wanted: Wanted
    found: Description
    parts: tuple[Part, ...]
    known: Mapping[str, Variable]
    notes: tuple[str, ...]
    roles: Roles | None = None
    arrays: Arrays | None = None
    lengths: tuple[tuple[str, int], ...] = ()


def view(root: str, output: str, wanted: Wanted, *, progress: Progress = SILENT) -> View:
    """Make the views of the dataset in `root` in the folder `output`, with `view.json` beside them.

    Raises:
        UsageError: if roles are missing, something withheld is among the features, or it cannot be laid out so.
        NotFound: if there is no such dataset.
        UnreadableDocument: if a file is broken.
    """
    _refuse_place(root, output)
    plan = _plan(root, wanted)
    with _folder(output) as folder:
        _refuse_too_much(plan, folder)
        made = _written(plan, folder, progress)
        if plan.arrays is not None:
            plan.arrays.refuse_leaks()
            made = _with_arrays(made, plan, plan.arrays)
        with open(os.path.join(folder, MAPPING), "wb") as file:
            file.write(_json(made))
    return made


def _plan(root: str, wanted: Wanted) -> _Plan:
    found = describe(root)
    if wanted.split_by is not None:  # the file that a row is in decides nothing then
        found = replace(found, resource=replace(found.resource, splits=()))
    sources, notes = parts(found, table=wanted.table)
    known = columns_of(sources[0].places[0])
    if wanted.split_by is not None and wanted.split_by not in known:
        what = f"there is no column {wanted.split_by!r}"
        raise UsageError(what, value=wanted.split_by, remedy=f"There are: {', '.join(known)}")
    plan = _Plan(root, wanted, found, sources, known, notes)
    return _with_features(plan) if wanted.learning else plan


def _with_features(plan: _Plan) -> _Plan:
    """The plan with what is to be learnt from, and how it is laid out."""
    wanted = plan.wanted
    chosen = roles(_asked(plan), assume_features=wanted.assume_features)
    every, notes = features(chosen.features, chosen.held, plan.known)
    if not every:
        raise UsageError("no feature is a column of the data", value=[one.name for one in chosen.features])
    places = _places(plan, every)
    arrays = Arrays(chosen, every, layout_of(wanted.shape, every, places), places)
    groups = {one.group: places[one.column] for one in every if one.column in places}
    doubts = (finding.text for finding in plan.found.findings if finding.kind == "leak")
    said = (*plan.notes, *chosen.notes, *notes, *doubts)
    return plan._replace(roles=chosen, arrays=arrays, lengths=tuple(groups.items()), notes=said)


def _asked(plan: _Plan) -> list[Variable]:
    """The variables whose role matters: those that are documented, and those in the data; no split is a feature."""
    known = variable_of(plan.found.resource.variables)
    there = {known[name].name for name in plan.known if name in known}
    every = (one for one in plan.found.resource.variables if one.role or one.name in there)
    return [replace(one, role="identifier") if one.name == plan.wanted.split_by else one for one in every]


def _places(plan: _Plan, every: Sequence[Feature]) -> dict[str, int]:
    """The places of each list: as many as were said for its group, or for all, else those of the longest there is.

    Raises:
        UsageError: if something was said of a group that has no lists.
    """
    said = dict(plan.wanted.lengths)
    lists = {one.column: one.group for one in every if None in one.shape[:1]}
    if unknown := [group for group in said if group and group not in lists.values()]:
        there = ", ".join(dict.fromkeys(lists.values())) or "none"
        raise UsageError(f"there are no lists of {unknown[0]!r}", value=unknown[0], remedy=f"There are: {there}")
    unsaid = [column for column, group in lists.items() if group not in said and "" not in said]
    longest = _longest(plan, unsaid)
    found = {group: said.get(group, said.get("", 1)) for group in lists.values()}
    for column in unsaid:
        found[lists[column]] = max(found[lists[column]], longest[column])
    return {column: found[group] for column, group in lists.items()}


def _longest(plan: _Plan, columns: Sequence[str]) -> dict[str, int]:
    found = dict.fromkeys(columns, 0)
    for place in (place for part in plan.parts for place in part.places if columns):
        for batch in rows_of(plan.root, place, columns):
            for column in columns:
                found[column] = max(found[column], int(lengths(batch.column(column)).max(initial=0)))
    return found


def _written(plan: _Plan, folder: str, progress: Progress) -> View:
    """Go through the rows of every part once; what was made of them."""
    told = _described(plan) if plan.wanted.documented else None
    needed = list(plan.known)
    if plan.arrays is not None and not plan.wanted.documented:
        more = [plan.wanted.split_by] if plan.wanted.split_by else []
        needed = list(dict.fromkeys([*plan.arrays.needs(plan.known), *more]))
    progress.begin(sum(_size(plan, place) for part in plan.parts for place in part.places))
    with Writing(Target(folder, told, plan.arrays, plan.wanted.format)) as writing:
        for part in plan.parts:
            for place in part.places:
                source = _source(plan, place)
                for batch in rows_of(plan.root, place, needed):
                    for split, rows in _by_split(batch, part.split, plan.wanted.split_by):
                        writing.write(split, rows, source)
                progress.advance(_size(plan, place))
    if not writing.made:
        raise UsageError("the data have no rows", value=plan.root)
    views = (*(["documented"] if plan.wanted.documented else []), *(["ml"] if plan.wanted.learning else []))
    title = plan.found.resource.title
    return View(dataset=title, views=views, columns=_columns(plan), files=tuple(writing.made), notes=plan.notes)


def _by_split(batch: pa.RecordBatch, split: str, by: str | None) -> Iterator[tuple[str, pa.RecordBatch]]:
    """The rows of each split: all of them, or those with each value of the column that says so."""
    import pyarrow.compute as pc

    if by is None:
        yield split, batch
        return
    column = batch.column(by)
    for value in pc.unique(column):
        rows = pc.is_null(column) if not value.is_valid else pc.equal(column, value)
        yield str(value.as_py()), batch.filter(rows)


def _described(plan: _Plan) -> list[Variable]:
    """Each column with what is known of it; of a folded one what is known of the array."""
    known = variable_of(plan.found.resource.variables)
    return [replace(known[name], name=name, columns=None) if name in known else one for name, one in plan.known.items()]


def _columns(plan: _Plan) -> tuple[ViewColumn, ...]:
    known = variable_of(plan.found.resource.variables)
    return tuple(_column(name, known.get(name), one) for name, one in plan.known.items())


def _column(name: str, known: Variable | None, one: Variable) -> ViewColumn:
    """A column as a whole, in no array."""
    told = known or one
    return ViewColumn(
        column=name, variable=told.name, role=told.role, dtype=one.dtype, unit=told.unit, description=told.description
    )


def _with_arrays(made: View, plan: _Plan, arrays: Arrays) -> View:
    """The mapping with the place of each feature, label and weight, and what happened to lists on their way."""
    whole = {one.column: one for one in made.columns}
    by_name = variable_of(plan.found.resource.variables)
    counted = {one.column: one.counts for one in arrays.features if one.counts}
    names = channel_names(arrays)
    found = []
    for channel in arrays.channels:
        one = whole.get(channel.column) or _column(channel.column, by_name[channel.column], by_name[channel.column])
        found.append(
            replace(
                one,
                role="feature",
                index=channel.place,
                name=names[channel.array][channel.position],
                array=channel.array,
                position=channel.position,
                point=channel.point,
                scale=channel.scale,
                counts=counted.get(channel.column),
            )
        )
    found += [
        replace(whole[column], role={"y": "label", "w": "weight"}[array], array=array, position=i, scale="none")
        for array in ("y", "w")
        for i, column in enumerate(arrays.told(array, plan.known))
    ]
    placed = {one.column for one in found}
    return replace(
        made,
        form=plan.wanted.shape.form,
        lengths=plan.lengths,
        cut=tuple((name, count) for name, count in arrays.cut.items() if count),
        classes=arrays.classes(plan.known),
        columns=(*found, *(one for one in made.columns if one.column not in placed)),
        notes=(*made.notes, *(f"float32 does not hold every value of {name}" for name in sorted(arrays.inexact))),
    )


def _source(plan: _Plan, place: Place) -> ViewSource:
    with open(path_of(plan.root, place), "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ViewSource(path=place.path, table=place.table.name, sha256=digest)


def _size(plan: _Plan, place: Place) -> int:
    return os.path.getsize(path_of(plan.root, place))


def _json(made: View) -> bytes:
    import json

    return json.dumps(plain(made), ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def _refuse_place(root: str, output: str) -> None:
    """A view inside of the dataset would be data of it the next time; a folder with other things is not overwritten."""
    home, target = os.path.realpath(root), os.path.realpath(output)
    if target == home or (os.path.isdir(home) and target.startswith(home + os.sep)):
        what = f"{output} is inside of the dataset, and would be part of it"
        raise UsageError(what, value=output, remedy="Name a folder beside it.")
    if os.path.exists(target) and not os.path.isdir(target):
        raise UsageError(f"{output} is no folder", value=output, remedy="Name a new one.")
    if os.path.isdir(target) and os.listdir(target) and not os.path.isfile(os.path.join(target, MAPPING)):
        what = f"{output} holds other things than a view"
        raise UsageError(what, value=output, remedy="Name a new folder, or one with an earlier view.")


def _refuse_too_much(plan: _Plan, folder: str) -> None:
    """Arrays of a fixed shape may be many times as large as the data that they are made of."""
    rows = sum(place.table.entry_count or 0 for part in plan.parts for place in part.places)
    needed, free = rows * (plan.arrays.row_bytes if plan.arrays is not None else 0), shutil.disk_usage(folder).free
    if needed > free:
        what = f"the arrays would take {needed:,} bytes, and {free:,} are free"
        raise UsageError(what, value=needed, remedy="Shorten the lists with --length, or choose another place.")


@contextmanager
def _folder(output: str) -> Iterator[str]:
    """A hidden folder beside `output`, which takes its name, and the place of an earlier view, if all goes well."""
    target = os.path.realpath(output)
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        part = tempfile.mkdtemp(dir=os.path.dirname(target), prefix=f".{os.path.basename(target)}-", suffix=".part")
    except OSError as error:
        what = f"cannot write to {output}: {error.strerror}"
        raise UsageError(what, value=output, remedy="Is the folder there, and may you write to it?") from None
    try:
        os.chmod(part, _mode())
        yield part
        if os.path.isdir(target):
            os.rename(target, f"{part}.old")
        os.rename(part, target)
        shutil.rmtree(f"{part}.old", ignore_errors=True)
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(part)
        raise


def _mode() -> int:
    """The mode that any new folder gets."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o777 & ~mask
