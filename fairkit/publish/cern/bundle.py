"""The bundle: a folder with the record, its index files and checks, ready for those who may upload and review it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from fairkit import settings
from fairkit.dialects import cern_open_data
from fairkit.dialects._writing import json_bytes
from fairkit.errors import UnreadableDocument, UsageError
from fairkit.model.agent import Agent
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, plain, word
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.package.layout import is_describing
from fairkit.publish.sending import LocalFile

from .rules import MOST_FILES, Fault, faults

__all__ = ["Bundle", "Submission", "data_of", "made", "upload_area", "write"]

_HOST = "root://eospublic.cern.ch/"
_PUBLISHER = "CERN Open Data Portal"
_MARK = "fairkit-submission.json"
_SECONDARY = "Derived"
"""What a dataset is there that says nothing else: made from the data of others."""
_LONGEST = 60
_CHUNK = 4 * 1024 * 1024
_NOT_A_SLUG = re.compile(r"[^a-z0-9]+")


class _File(NamedTuple):
    """A file that is to be uploaded: where it is, where it goes, and what the portal is told of it."""

    local: str
    uri: str
    size: int
    checksum: str

    def row(self) -> dict[str, Any]:
        return {"checksum": self.checksum, "size": self.size, "uri": self.uri}


class Bundle(NamedTuple):
    """What a submission consists of."""

    experiment: str
    slug: str
    record: dict[str, Any]
    files: tuple[_File, ...]
    indexes: Mapping[str, bytes]
    """Index files, by their names."""
    faults: tuple[Fault, ...]


@word
class Submission(Frozen):
    """A bundle that was written."""

    root: Annotated[str, Term(SDO.url, "The folder")]
    experiment: Annotated[str, Term(FAIRKIT.experiment, "Whose data they are")]
    record: Annotated[str, Term(SDO.hasPart, "The file with the record")]
    recid: Annotated[str, Term(SDO.identifier, "The number in it, which the portal confirms")]
    files: Annotated[int, Term(FAIRKIT.fileCount, "How many data files are to be uploaded")]
    byte_size: Annotated[int, Term(SDO.contentSize, "Their size", unit="byte")]
    area: Annotated[str, Term(FAIRKIT.uploadArea, "Where they are to be uploaded")]
    faults: Annotated[tuple[Fault, ...], Term(FAIRKIT.fault, "What the portal would refuse")] = ()


def upload_area(experiment: str, slug: str) -> str:
    """Where the files of a submission are uploaded by those who may."""
    return f"/eos/opendata/{experiment}/upload/{slug}"


def made(
    work: Resource,
    files: Sequence[LocalFile],
    experiment: str,
    *,
    recid: str | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Bundle:
    """The bundle of a work with these files of its package.

    Raises:
        UnreadableDocument: if a file cannot be read, or is not what was packaged.
    """
    slug = _slug(work.alternate_title or work.title or "", experiment)
    area = upload_area(experiment, slug)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        sums = list(pool.map(lambda file: _adler32(file, advance), files))
    held = tuple(
        _File(file.path, f"{_HOST}{area}/{file.key}", file.size, total) for file, total in zip(files, sums, strict=True)
    )
    indexes: dict[str, bytes] = {}
    rows = [file.row() for file in held]
    members: dict[str, list[dict[str, Any]]] = {}
    if len(rows) > MOST_FILES:
        rows, indexes, members = _indexed(held, area, slug)
    record = _record(work, experiment, recid, held, rows)
    found = faults([record], experiment, members=members)
    return Bundle(experiment, slug, record, held, indexes, found)


def _slug(title: str, experiment: str) -> str:
    """A short name for files and folders, of whole words; the experiment stands before it anyway."""
    words = _NOT_A_SLUG.sub("-", title.lower()).strip("-").removeprefix(f"{experiment}-")
    whole = words if len(words) <= _LONGEST else words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
    return whole or "dataset"


def _record(
    work: Resource, experiment: str, recid: str | None, held: Sequence[_File], rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """The record in the portal's form. The DOI is the portal's to give; the number is a place for its own."""
    number = recid or f"{experiment}-1"
    kept = tuple(one for one in work.identifiers if one.scheme not in ("doi", "cern-open-data"))
    files = tuple(
        Distribution(name=file.uri, content_url=file.uri, byte_size=file.size, checksums=(_of(file.checksum),))
        for file in held
    )
    told = replace(
        work,
        identifiers=(Identifier(scheme="cern-open-data", value=number), *kept),
        publisher=Agent(name=_PUBLISHER, type="organisation"),
        distributions=files,
        file_count=len(held),
        byte_size=sum(file.size for file in held),
        date_published=settings.now()[:4],
        type=f"Dataset/{_SECONDARY}" if work.kind == "dataset" and "/" not in (work.type or "") else work.type,
    )
    record: dict[str, Any] = json.loads(cern_open_data.write(told))
    record = record[0] if isinstance(record, list) else record
    record |= {"experiment": [_written(experiment)], "files": rows}
    if work.date_created:
        record["date_created"] = [part[:4] for part in work.date_created.split("/")]
    return record


def _written(experiment: str) -> str:
    """As published records spell it."""
    return {"lhcb": "LHCb"}.get(experiment, experiment.upper())


def _of(checksum: str) -> Checksum:
    algorithm, _, value = checksum.partition(":")
    return Checksum(algorithm=algorithm, value=value)


def _adler32(file: LocalFile, advance: Callable[[int], None]) -> str:
    """The checksum of the portal's storage, of eight digits.

    Raises:
        UnreadableDocument: if the file cannot be read, or is another than was packaged.
    """
    total, size, digest = 1, 0, hashlib.sha256()
    try:
        with open(file.path, "rb", buffering=0) as source:
            while chunk := source.read(_CHUNK):
                total, size = zlib.adler32(chunk, total), size + len(chunk)
                digest.update(chunk)
                advance(len(chunk))
    except OSError as error:
        raise UnreadableDocument(f"{file.path} cannot be read: {error.strerror}", value=file.path) from None
    if size != file.size:
        what = f"{file.path} changed: it has {size:,} bytes, and had {file.size:,}"
        raise UnreadableDocument(what, value=file.path, remedy="Run it again: it is packaged anew.")
    if digest.hexdigest() != file.sha256:
        what = f"{file.path} changed: it has other bytes than were packaged"
        raise UnreadableDocument(what, value=file.path, remedy="Run it again: it is packaged anew.")
    return f"adler32:{total:08x}"


def _indexed(
    held: Sequence[_File], area: str, slug: str
) -> tuple[list[dict[str, Any]], dict[str, bytes], dict[str, list[dict[str, Any]]]]:
    """Index files, one pair for each folder and kind of file, and the rows of the record that name them."""
    groups: dict[str, list[_File]] = {}
    for file in held:
        inner = file.uri.removeprefix(f"{_HOST}{area}/")
        folder, _, name = inner.rpartition("/")
        kind = name.rpartition(".")[2].lower() if "." in name else "file"
        groups.setdefault("_".join(filter(None, (slug, folder.replace("/", "_"), kind))), []).append(file)
    rows: list[dict[str, Any]] = []
    indexes: dict[str, bytes] = {}
    members: dict[str, list[dict[str, Any]]] = {}
    for name, group in sorted(groups.items()):
        listed = [file.row() for file in group]
        bodies = {
            f"{name}_file_index.json": json_bytes(listed),
            f"{name}_file_index.txt": "".join(f"{file.uri}\n" for file in group).encode(),
        }
        for key, body in bodies.items():
            uri = f"{_HOST}{area}/file-indexes/{key}"
            kind = f"index{os.path.splitext(key)[1]}"
            checksum = f"adler32:{zlib.adler32(body):08x}"
            rows.append({"checksum": checksum, "size": len(body), "type": kind, "uri": uri})
            indexes[key] = body
            if kind == "index.json":
                members[uri] = listed
    return rows, indexes, members


def data_of(files: Sequence[LocalFile]) -> list[LocalFile]:
    """Those of a package that are data: what describes them is told by the record."""
    return [file for file in files if not is_describing(file.key)] or list(files)


def _uploads(bundle: Bundle, target: Path) -> bytes:
    """What is to be uploaded, a line each: where it is and where it goes; the index files are in the bundle."""
    pairs = [(os.path.abspath(file.local), file.uri) for file in bundle.files]
    base = f"{_HOST}{upload_area(bundle.experiment, bundle.slug)}/file-indexes"
    pairs += [(str(target / "file-indexes" / key), f"{base}/{key}") for key in bundle.indexes]
    return "".join(f"{local}\t{uri}\n" for local, uri in pairs).encode("utf-8", "surrogateescape")


def _mask() -> int:
    """What this user takes away from the rights of new folders; a temporary one has none to give."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write(bundle: Bundle, output: str, texts: Mapping[str, bytes]) -> Submission:
    """Write the bundle, whole or not at all, in the place of a former one; `texts` join it.

    Raises:
        UsageError: if something else lies there, or nothing can be written.
    """
    target = Path(os.path.abspath(output))
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / _MARK).is_file())):
        what = f"{output} holds something that is no submission"
        raise UsageError(what, value=output, remedy="Name another folder: -o ./submission")
    name = f"records/{bundle.experiment}-{bundle.slug}.json"
    told = Submission(
        root=str(target),
        experiment=bundle.experiment,
        record=name,
        recid=str(bundle.record.get("recid", "")),
        files=len(bundle.files),
        byte_size=sum(file.size for file in bundle.files),
        area=upload_area(bundle.experiment, bundle.slug),
        faults=bundle.faults,
    )
    bodies = {
        name: json_bytes([bundle.record]),
        "upload.txt": _uploads(bundle, target),
        "checks.json": json_bytes([plain(fault) for fault in bundle.faults]),
        _MARK: json_bytes({"experiment": bundle.experiment, "slug": bundle.slug}),
        **{f"file-indexes/{key}": body for key, body in bundle.indexes.items()},
        **texts,
    }
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=target.parent, prefix=".fairkit-"))
        try:
            for key, body in bodies.items():
                (part / key).parent.mkdir(parents=True, exist_ok=True)
                (part / key).write_bytes(body)
            os.chmod(part, 0o777 & ~_mask())
            if target.exists():
                former = part.with_name(f"{part.name}-former")
                os.rename(target, former)
                try:
                    os.rename(part, target)
                except OSError:
                    os.rename(former, target)
                    raise
                shutil.rmtree(former)
            else:
                os.rename(part, target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        what = f"nothing can be written to {output}: {error.strerror}"
        raise UsageError(what, value=output, remedy="May you write there?") from None
    return told
