"""The files of a record, brought here: each checked before it gets its name, each gone on with where it broke off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from io import FileIO
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from fairkit.dialects import harvest
from fairkit.errors import AuthenticationError, NotFound, TargetError, Unreachable, UnreadableDocument, UsageError
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.resource import Resource
from fairkit.sources import Target, Wants

from . import _threads, fixity
from ._finished import Done, Finished
from ._wanted import Wanted, address, chosen, expanded
from .progress import SILENT, Progress

__all__ = ["Fetched", "FetchedFile", "fetch"]

STATE = ".fairkit-fetch.jsonl"
_JOBS = 3
"""Files at once: more gain little from one server, and would be impolite."""
_LENGTHS = {"adler32": 8, "crc32": 8, "md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}

Status = Literal["fetched", "there", "wrong", "failed"]


@word
class FetchedFile(Frozen):
    """What became of one file."""

    name: Annotated[str, Term(SDO.name, "Its path from the top of the folder")]
    url: Annotated[str, Term(SDO.contentUrl, "Where it is served")]
    status: Annotated[Status, Term(FAIRKIT.status, "'there': it was fetched before; 'wrong': its bytes are not right")]
    byte_size: Annotated[int | None, Term(SDO.contentSize, "Its size", unit="byte")] = None
    checked: Annotated[
        tuple[str, ...], Term(FAIRKIT.checksumAlgorithm, "The checksums that were compared; none where none is stated")
    ] = ()
    error: Annotated[str | None, Term(FAIRKIT.error, "Why it is not there")] = None


@word
class Fetched(Frozen):
    """What became of the files of a record."""

    target: Annotated[str, Term(FAIRKIT.target, "The record as it was named")]
    root: Annotated[str, Term(SDO.url, "The folder that they are in")]
    files: Annotated[tuple[FetchedFile, ...], Term(SDO.hasPart, "Every file that was wanted")]
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What a person should know")] = ()


class _Place(NamedTuple):
    """Where the files go, and how they come."""

    root: Path
    session: Session
    finished: Finished


def fetch(
    target: Target,
    output: str,
    *,
    session: Session,
    only: Sequence[str] = (),
    split: str | None = None,
    most: int | None = None,
    jobs: int | None = None,
    progress: Progress = SILENT,
) -> Fetched:
    """Bring the files of a record into the folder `output`; what is there already, and right, is not fetched again.

    A file that cannot be had is told, and does not keep the others from coming.

    Raises:
        TargetError: if there is no such record, it names no such files, or a name would lead out of the folder.
        Unreachable: if the record cannot be read.
        UsageError: if it cannot be written there, or there is no room.
    """
    resource, notes = _described(target, session)
    files = chosen(expanded(resource, partial(_index, session=session)), only=only, split=split, most=most)
    root = Path(output)
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"cannot make {output}: {error.strerror}", value=output, remedy="May you write there?"
        ) from None
    place = _Place(root, session, Finished(root / STATE))
    _refuse_size(place, files)
    progress.begin(sum(file.byte_size or 0 for file in files))
    work = partial(_fetched, place=place, say=progress.say)
    done = _threads.run(work, files, jobs=jobs or _JOBS, advance=progress.advance)
    unchecked = [file.name for file in done if file.status == "fetched" and not file.checked]
    if unchecked:
        notes += (f"{len(unchecked):,} files have no stated checksum, as {unchecked[0]}: only their size was compared",)
    return Fetched(target=str(target), root=output, files=tuple(done), notes=notes)


def _described(target: Target, session: Session) -> tuple[Resource, tuple[str, ...]]:
    reports = Gatherer(session).gather(target, Wants(frozenset(), frozenset({"distributions", "splits"})))
    if len(reports) != 1:
        what = f"{target} is {len(reports):,} records, and the files of one are fetched at a time"
        raise UsageError(what, value=str(target), remedy="Name one of them.")
    [report] = reports
    read = harvest(report.evidence)
    if not read.views or (report.evidence.basis == "showcase"):
        why = next(iter(report.notes), "nothing could be read of it")
        raise Unreachable(f"{target} cannot be read now: {why}", value=str(target), remedy="Try again later.")
    return read.resource, report.notes


def _index(file: Distribution, *, session: Session) -> bytes:
    """The bytes of an index file, checked as those of any other."""
    url = address(file.content_url or "")
    if url is None:
        what = f"{file.name} lists the files, and has no address of the web"
        raise NotFound(what, value=file.name, remedy="Name the record itself: its own listing may be whole.")
    response = session.get(url)
    if response.status != 200:
        raise Unreachable(f"{url} answered with status {response.status}", value=url, remedy="Try again later.")
    body = memoryview(response.body)
    wrong = [one for one in _known(file.checksums) if _of_bytes(body, one.algorithm) != one.value]
    if wrong:
        what = f"{file.name} has not the bytes that the record states ({wrong[0].algorithm})"
        raise UnreadableDocument(what, value=file.name, remedy="Tell who keeps the record.")
    return response.body


def _of_bytes(body: memoryview, algorithm: str) -> str:
    def read(room: memoryview) -> int:
        nonlocal body
        count = min(len(room), len(body))
        room[:count] = body[:count]
        body = body[count:]
        return count

    return fixity.digest(read, (algorithm,))[1][algorithm]


def _known(checksums: Sequence[Checksum]) -> list[Checksum]:
    """The checksums that can be compared, as their algorithms write them."""
    return [
        Checksum(algorithm=one.algorithm, value=one.value.lower().zfill(_LENGTHS[one.algorithm]))
        for one in checksums
        if one.algorithm in _LENGTHS
    ]


def _refuse_size(place: _Place, files: Sequence[Wanted]) -> None:
    left = sum(file.byte_size or 0 for file in files if not (place.root / file.name).exists())
    held = sum(part.stat().st_size for part in (_part(place.root / file.name) for file in files) if part.is_file())
    free = shutil.disk_usage(place.root).free
    if left - held > free:
        what = f"there is no room for the files: they need {left - held:,} bytes, and {free:,} are free"
        raise UsageError(what, value=str(place.root), remedy="Take fewer with --only, --split or --max.")


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _fetched(file: Wanted, advance: Callable[[int], None], *, place: _Place, say: Callable[[str], None]) -> FetchedFile:
    path = place.root / file.name
    checked = tuple(one.algorithm for one in _known(file.checksums))
    told = partial(FetchedFile, name=file.name, url=place.session.redact(file.url), checked=checked)
    try:
        _make_folder(place.root, path)
        if path.exists() or path.is_symlink():
            _refuse_other(file, path, place.finished)
            advance(path.stat().st_size)
            return told(status="there", byte_size=path.stat().st_size)
        say(file.name)
        wrong = _brought(file, path, place, advance)
    except (Unreachable, TargetError, AuthenticationError) as fault:
        return told(status="failed", byte_size=file.byte_size, checked=(), error=fault.what)
    if wrong is not None:
        return told(status="wrong", byte_size=file.byte_size, error=wrong)
    return told(status="fetched", byte_size=path.stat().st_size)


def _make_folder(root: Path, path: Path) -> None:
    """The folder of a file, which must lie in ours: a link in its place would lead elsewhere."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make {path.parent}: {error.strerror}", value=str(path.parent)) from None
    home, real = os.path.realpath(root), os.path.realpath(path.parent)
    if real != os.path.join(home, os.path.relpath(path.parent, root)) and real != home:
        raise UsageError(f"{path.parent} leads out of {root}", value=str(path), remedy="Remove the link.")


def _refuse_other(file: Wanted, path: Path, finished: Finished) -> None:
    """What has the name of the file must be the file."""
    told = path.lstat()
    done = finished.files.get(file.name)
    if done is not None and done[1:4] == (told.st_size, told.st_mtime_ns, told.st_ino):
        return
    if path.is_symlink() or not path.is_file() or _wrong(file, path) is not None:
        what = f"{path} is there, and is not the file of the record"
        raise UsageError(what, value=str(path), remedy="Move it away, or choose another folder.")
    finished.add(Done(file.name, told.st_size, told.st_mtime_ns, told.st_ino, {}))


def _brought(file: Wanted, path: Path, place: _Place, advance: Callable[[int], None]) -> str | None:
    """Bring a file; what is wrong with its bytes, if a second try from its beginning did not mend it."""
    part = _part(path)
    wrong: str | None = None
    for _ in range(2):
        place.session.download(
            file.url, part, byte_size=file.byte_size, checked=bool(_known(file.checksums)), advance=advance
        )
        wrong = _wrong(file, part)
        if wrong is None:
            told = part.stat()
            place.finished.add(Done(file.name, told.st_size, told.st_mtime_ns, told.st_ino, {}))
            os.replace(part, path)
            _forget(part, part=False)
            return None
        advance(-part.stat().st_size)
        _forget(part)
    return wrong


def _forget(path: Path, *, part: bool = True) -> None:
    path.with_name(f"{path.name}.json").unlink(missing_ok=True)
    if part:
        path.unlink(missing_ok=True)


def _wrong(file: Wanted, path: Path) -> str | None:
    """How the bytes of a file differ from what the record states, None if they do not."""
    known = _known(file.checksums)
    with FileIO(path) as opened:
        size = os.fstat(opened.fileno()).st_size
        if file.byte_size not in (None, size):
            return f"it has {size:,} bytes, and the record says {file.byte_size:,}"
        if not known:
            return None
        _, found = fixity.digest(opened.readinto, [one.algorithm for one in known])
    for one in known:
        if found[one.algorithm] != one.value:
            return f"its {one.algorithm} is {found[one.algorithm]}, and the record says {one.value}"
    return None
