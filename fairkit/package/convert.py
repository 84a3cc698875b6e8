"""Converting files between formats: each by itself, whole or not at all, and none twice.

What a file becomes is written by a limited child under a name of no account, and gets its own when all is known to be
well: the digests are taken, the input is as it was, and, if asked, what is read back equals what was read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from fairkit import settings
from fairkit.errors import FairkitError, UnreadableDocument, UsageError
from fairkit.formats import Facts, format_of
from fairkit.formats._open import every_facts
from fairkit.model.base import adapter, plain

from . import _conversion_step, _threads
from ._conversion_plan import How, Input, Inputs, Output, checked, inputs, outputs, refuse_size, room
from ._converted_before import Entry, Journal, add, digest_of
from ._converting import Made
from .batch_farm import Advance, Bench, Shard, benches, on_cluster, on_this_machine
from .conversion import Conversion, Converted, FileReport, Padded
from .padding import FILL
from .progress import SILENT, Progress

__all__ = ["How", "Job", "convert", "convert_file"]

_IN_CHILD = "fairkit.package._converting:converted"
_STEP = 900.0
"""Seconds for one batch at the most: a machine that many share may be slow, but not that slow."""


class Job(NamedTuple):
    """One file to convert into the folder `root`."""

    file: Input
    outputs: tuple[Output, ...]
    how: How
    root: str
    notes: tuple[str, ...] = ()


def convert(
    words: Sequence[str],
    output: str | None = None,
    *,
    how: How,
    jobs: int | None = None,
    dask: str | None = None,
    shard: Shard | None = None,
    dry_run: bool = False,
    progress: Progress = SILENT,
) -> Conversion:
    """Convert files, folders and patterns to another format, beside them or into the folder `output`.

    Outputs have the paths of the inputs, with another suffix; those of several tables in one file have the name of
    the table before it. With one input, `output` may name the file. What a former run finished is not done again. A
    file that fails says so in its report and stops no other.

    Raises:
        NotFound: if a word names nothing.
        UnreadableDocument: if a folder cannot be listed, or a file that is named cannot be opened.
        UsageError: if there is nothing to convert, two files would have one output, there is no room, or Dask cannot
            be had.
    """
    found = inputs(words, checked(how))
    root, found = _placed(found, output, how)
    journal = Journal(root)
    mine = shard.of(found.files) if shard is not None else list(found.files)
    done = {file.name: before for file in mine if (before := _before(file, how, journal))}
    planned = _planned([file for file in mine if file.name not in done], how, root)
    work = [each for each in planned if isinstance(each, Job)]
    _refuse_taken(work, found, journal)
    needed = sum(room(job.file, job.outputs, how) for job in work)
    made = Conversion(
        root=root, target=how.target, shard=None if shard is None else str(shard), needed=needed, notes=found.notes
    )
    reports = [*done.values(), *(each for each in planned if isinstance(each, FileReport))]
    if dry_run:
        return replace(made, files=_sorted([*reports, *map(_planned_report, work)]))
    refuse_size(root, needed)
    if work:
        reports += _worked(work, root, jobs=jobs, dask=dask, progress=progress)
    return replace(made, files=_sorted(reports), activity=_conversion_step.told(root, how))


def _placed(found: Inputs, output: str | None, how: How) -> tuple[str, Inputs]:
    """The folder of the outputs; an `output` that ends as one does is the name of the only one."""
    endings = format_of(how.target).EXTENSIONS
    if output is None or not output.lower().endswith(endings) or os.path.isdir(output):
        return os.path.abspath(output or found.base), found
    if len(found.files) > 1:
        what = f"{len(found.files):,} files cannot all become {output}"
        raise UsageError(what, value=output, remedy="Name a folder with --output.")
    folder, name = os.path.split(os.path.abspath(output))
    stem = name[: -len(next(each for each in endings if name.lower().endswith(each)))]
    if f"{stem}{endings[0]}" != name:
        raise UsageError(f"{name} has another ending than {endings[0]}", value=output, remedy=f"{stem}{endings[0]}")
    return folder, found._replace(files=(found.files[0]._replace(stem=stem),))


def _before(file: Input, how: How, journal: Journal) -> FileReport | None:
    found = journal.finished(file.path, file.name, how=how.digest(file.stem), prove=how.prove)
    return found and replace(found, state="done before")


def _planned(files: Sequence[Input], how: How, root: str) -> list[Job | FileReport]:
    """What there is to do; a file that cannot be looked into, or has not what was asked for, failed already."""
    facts = every_facts([file.path for file in files])
    return [_job(file, told, how, root) for file, told in zip(files, facts, strict=True)]


def _job(file: Input, told: Facts | FairkitError, how: How, root: str) -> Job | FileReport:
    if isinstance(told, FairkitError):
        return _failed(file, told)
    try:
        return Job(file, outputs(file, told, how), how, root, told.notes)
    except UsageError as error:
        return _failed(file, error)


def _refuse_taken(work: Sequence[Job], found: Inputs, journal: Journal) -> None:
    """Nothing that is there already and is not ours is written over, an input least of all.

    Raises:
        UsageError: if an output would.
    """
    read = {os.path.realpath(file.path) for file in found.files}
    taken: dict[str, str] = {}
    for job in work:
        for output in job.outputs:
            other = taken.setdefault(output.name, job.file.name)
            path = os.path.join(job.root, output.name)
            if other != job.file.name:
                what = f"{other} and {job.file.name} would both become {output.name}"
                raise UsageError(what, value=output.name, remedy="Convert them into different folders.")
            if os.path.realpath(path) in read or (os.path.lexists(path) and not journal.is_ours(output.name)):
                what = f"{path} is there already, and no conversion made it"
                raise UsageError(what, value=path, remedy="Name another folder with --output, or remove the file.")


def _worked(
    work: Sequence[Job], root: str, *, jobs: int | None, dask: str | None, progress: Progress
) -> list[FileReport]:
    """Convert, the largest files first, so that no worker ends long after the others."""
    largest = sorted(work, key=lambda job: job.file.size, reverse=True)
    progress.begin(sum(job.file.size for job in work))
    with benches(root) as place:
        if dask is not None:
            return on_cluster(convert_file, largest, place=place, reads=_path, address=dask, advance=progress.advance)
        return on_this_machine(
            convert_file,
            largest,
            place=place,
            reads=[_path(job) for job in work],
            workers=jobs or _threads.cores(),
            advance=progress.advance,
        )


def _path(job: Job) -> str:
    return job.file.path


def convert_file(job: Job, bench: Bench, advance: Advance) -> FileReport:
    """Convert one file at a bench; what goes wrong is told in the report, and leaves nothing behind.

    `advance` is told of bytes of the input as they are done, all in all its size.
    """
    started = settings.now()
    advanced = _Advanced(job, advance)
    try:
        report = _converted(job, bench, advanced)
    except FairkitError as error:
        report = _failed(job.file, error)
    except OSError as error:
        report = _failed(job.file, UsageError(f"{job.file.name} could not be converted: {error.strerror}"))
    advanced.finish()
    return report if report.state == "failed" else _named(job, bench, replace(report, started=started))


class _Advanced:
    """Bytes of the input that are done, told by the rows."""

    def __init__(self, job: Job, advance: Advance) -> None:
        self._size, self._advance = job.file.size, advance
        self._rows = sum(output.rows or 0 for output in job.outputs)
        self._told = self._done = 0

    def rows(self, count: int) -> None:
        self._done += count
        self._to(self._size * self._done // self._rows if self._rows else 0)

    def finish(self) -> None:
        self._to(self._size)

    def _to(self, place: int) -> None:
        place = min(place, self._size)
        if place > self._told:
            self._advance(place - self._told)
            self._told = place


def _converted(job: Job, bench: Bench, advanced: _Advanced) -> FileReport:
    """What came of a file; the outputs lie on the bench."""
    _clear(bench.folder)
    _refuse_change(job.file)
    checksum = digest_of(job.file.path)
    seen = bench.worker.told(_IN_CHILD, job.file.path, _task(job, bench), most_seconds=_STEP)
    said = [each for told in seen if (each := _understood(job, told, advanced)) is not None]
    if len(said) != len(job.outputs):
        raise _nonsense(job.file)
    _refuse_change(job.file)
    made = [_output(job, place, each, bench) for place, each in enumerate(said)]
    report = FileReport(
        name=job.file.name,
        byte_size=job.file.size,
        state="converted",
        format=job.file.format,
        checksum=checksum,
        outputs=tuple(made),
        ended=settings.now(),
        notes=job.notes,
    )
    unequal = [(output.name, each.unequal) for output, each in zip(made, said, strict=True) if each.unequal is not None]
    if not unequal:
        return report
    error = f"the values of {unequal[0][1]} in {unequal[0][0]} are not those of {job.file.name}: it was not kept"
    return replace(report, state="failed", outputs=(), code="unequal", error=error)


def _understood(job: Job, told: Any, advanced: _Advanced) -> Made | None:
    """What the child says: how far it has come, or what it made."""
    try:
        if "made" in told:
            return adapter(Made).validate_python(told["made"])
        advanced.rows(int(told["rows"]))
    except (ValueError, TypeError, KeyError):
        raise _nonsense(job.file) from None
    return None


def _nonsense(file: Input) -> UnreadableDocument:
    return UnreadableDocument(f"{file.name} could not be converted: what came of it made no sense", value=file.path)


def _task(job: Job, bench: Bench) -> dict[str, Any]:
    made = [
        {
            "table": output.table,
            "path": _on_bench(bench, place, job.how),
            "columns": plain(output.columns),
            "padding": output.padding,
            "metadata": output.metadata,
        }
        for place, output in enumerate(job.outputs)
    ]
    asked = {"target": job.how.target, "columns": job.how.columns, "prove": job.how.prove}
    return {"format": job.file.format, "outputs": made, **asked}


def _on_bench(bench: Bench, place: int, how: How) -> str:
    return os.path.join(bench.folder, f"{place}{format_of(how.target).EXTENSIONS[0]}")


def _clear(folder: str) -> None:
    """What a child that died has left."""
    for name in os.listdir(folder):
        os.unlink(os.path.join(folder, name))


def _refuse_change(file: Input) -> None:
    there = os.stat(file.path)
    if (there.st_size, there.st_mtime_ns) != (file.size, file.mtime_ns):
        what = f"{file.name} changed while it was converted"
        raise UnreadableDocument(what, value=file.path, remedy="Run it again when nobody writes to it.")


def _output(job: Job, place: int, told: Made, bench: Bench) -> Converted:
    """What was made, by what lies there: of what the child says only the counts are believed."""
    path = _on_bench(bench, place, job.how)
    there = os.lstat(path)
    if not stat.S_ISREG(there.st_mode):
        raise UnreadableDocument(f"{job.file.name} could not be converted: its reader made no file", value=path)
    planned = job.outputs[place]
    return Converted(
        name=planned.name,
        table=planned.table,
        entry_count=told.rows,
        byte_size=there.st_size,
        checksum=digest_of(path),
        padded=tuple(
            Padded(column=name, length=length, fill=str(FILL), count=told.counts.get(name), cut=told.cut.get(name))
            for name, length in planned.padding.items()
        ),
        proof=tuple((told.proof or {}).items()),
        notes=told.notes,
    )


def _named(job: Job, bench: Bench, report: FileReport) -> FileReport:
    """Give the outputs their names, after they were written down."""
    places = [_on_bench(bench, place, job.how) for place in range(len(report.outputs))]
    times = tuple(os.stat(path).st_mtime_ns for path in places)
    entry = Entry(job.how.digest(job.file.stem), job.file.mtime_ns, times, report)
    try:
        add(job.root, entry)
        for path, made in zip(places, report.outputs, strict=True):
            final = os.path.join(job.root, made.name)
            os.makedirs(os.path.dirname(final), exist_ok=True)
            os.replace(path, final)
    except UsageError as error:
        return _failed(job.file, error)
    except OSError as error:
        return _failed(job.file, UsageError(f"{job.file.name} could not be converted: {error.strerror}"))
    return report


def _failed(file: Input, error: FairkitError) -> FileReport:
    return FileReport(
        name=file.name,
        byte_size=file.size,
        state="failed",
        format=file.format,
        code=error.code,
        error=str(error),
    )


def _planned_report(job: Job) -> FileReport:
    made = [
        Converted(
            name=output.name,
            table=output.table,
            entry_count=output.rows,
            padded=tuple(Padded(column=name, length=length, fill=str(FILL)) for name, length in output.padding.items()),
        )
        for output in job.outputs
    ]
    file = job.file
    return FileReport(
        name=file.name, byte_size=file.size, state="planned", format=file.format, outputs=tuple(made), notes=job.notes
    )


def _sorted(reports: Iterable[FileReport]) -> tuple[FileReport, ...]:
    return tuple(sorted(reports, key=lambda report: report.name))
