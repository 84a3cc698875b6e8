"""What a publication would do, told before anything is sent: it needs no token and no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word

from .apply import Way
from .places import Place
from .problem import Problem, Told
from .release import Release

__all__ = ["Plan", "Planned", "plan", "text"]


@word
class Planned(Frozen):
    """A file that would be sent."""

    name: Annotated[str, Term(SDO.name, "Its name in the repository")]
    byte_size: Annotated[int, Term(SDO.contentSize, "Its size in bytes", unit="byte")]
    sha256: Annotated[str | None, Term(FAIRKIT.checksum, "Its digest; none while an archive is not made")]
    holds: Annotated[int | None, Term(FAIRKIT.fileCount, "How many files of the package are in it: an archive")] = None


@word
class Plan(Frozen):
    """What would be done where."""

    repository: Annotated[str, Term(SDO.name, "The repository")]
    url: Annotated[str, Term(SDO.url, "Its base URL")]
    real: Annotated[bool, Term(FAIRKIT.real, "Whether what is published there stays for good; false for a sandbox")]
    title: Annotated[str | None, Term(SDO.name, "The title of the record")]
    version: Annotated[str | None, Term(SDO.version, "Its version")]
    license: Annotated[str | None, Term(SDO.license, "Its licence")]
    access: Annotated[str, Term(FAIRKIT.access, "Who will get the files")]
    doi: Annotated[str | None, Term(SDO.identifier, "The DOI: reserved already, or to be reserved where it is None")]
    release: Annotated[str, Term(FAIRKIT.release, "What tells this release from others")]
    steps: Annotated[tuple[str, ...], Term(FAIRKIT.step, "What would be done, in its order")]
    files: Annotated[tuple[Planned, ...], Term(SDO.hasPart, "The files that would be sent")]
    byte_size: Annotated[int, Term(SDO.contentSize, "The size of all of them", unit="byte")]
    quota: Annotated[
        int | None, Term(FAIRKIT.quota, "How many bytes a record may have there; none where any", unit="byte")
    ]
    problems: Annotated[tuple[Told, ...], Term(FAIRKIT.problem, "What stands against it, or is a pity")] = ()


def plan(
    release: Release, place: Place, way: Way, *, problems: Sequence[Problem] = (), version_of: str | None = None
) -> Plan:
    """The plan for a release, with the problems that preflight found; `version_of` is the DOI of a former version."""
    held = {one.key: len(one.files) for one in release.bundled()[1]}
    files = tuple(
        Planned(name=f.key, byte_size=f.size, sha256=f.sha256 or None, holds=held.get(f.key))
        for f in release.expected()
    )
    work = release.resource
    steps = _steps(way, len(files), zips=len(held), version_of=version_of)
    if place.kind == "local":
        steps = _local_steps(way, len(files), version_of)
    elif place.kind == "cern":
        steps = _portal_steps(str(place.experiment))
    return Plan(
        repository=place.name,
        url=place.base,
        real=place.rules.real,
        title=work.title,
        version=work.version,
        license=work.license,
        access=work.access or "open",
        doi=release.doi,
        release=release.release,
        steps=tuple(steps),
        files=files,
        byte_size=sum(file.byte_size for file in files),
        quota=place.rules.most_bytes if place.kind == "invenio" else None,
        problems=tuple(one.told() for one in problems),
    )


def _local_steps(way: Way, files: int, version_of: str | None) -> Iterator[str]:
    if way.new_version:
        yield f"open {version_of or 'the object that the folder was published as'}, for its next version"
    else:
        yield "find the object of this release, or make it"
    yield f"store {files:,} files, of which those that are there already are not copied again"
    yield "read every byte back, and compare it"


def _portal_steps(experiment: str) -> Iterator[str]:
    yield "write the record in the portal's form, with adler32 of each data file and index files where they are many"
    yield "hold it against the portal's rules, and write the text of the pull request"
    yield f"leave the upload to those who may write to the area of {experiment}, and the rest to the portal's team"


def _steps(way: Way, files: int, *, zips: int, version_of: str | None) -> Iterator[str]:
    if zips:
        archives = f"{zips:,} ZIP archive{'s' if zips > 1 else ''}"
        yield f"put folders into {archives}, stored: a record there cannot have so many files"
    if way.new_version:
        yield f"open the next version of {version_of or 'the record of this folder'}"
    else:
        yield "find the draft of this release, or make it"
    yield "reserve a DOI, and write it into the documents of the package"
    yield "write the metadata"
    yield f"send {files:,} files, and compare each with what the repository has"
    if way.community:
        yield f"ask the community {way.community} for a review: its curators publish"
    elif way.publish:
        yield "publish it: this cannot be undone"
    else:
        yield "leave it as a draft, for you to look at"


def text(plan: Plan) -> str:
    """The plan for people."""
    there = f"{plan.repository}, {plan.url}"
    kind = "REAL, what is published stays" if plan.real else "a sandbox, for trying out"
    room = "" if plan.quota is None else f" of {plan.quota:,}"
    lines = [
        f"{plan.title or 'without a title'}",
        f"  to       {there}{f': {kind}' if plan.quota is not None else ''}",
        f"  version  {plan.version or 'none'}",
        f"  licence  {plan.license or 'none'}",
        f"  access   {plan.access}",
        *([] if plan.quota is None else [f"  DOI      {plan.doi or 'will be reserved'}"]),
        f"  files    {len(plan.files):,}, {plan.byte_size:,}{room} bytes",
    ]
    lines += [f"           {file.byte_size:>14,}  {file.name}{_held(file)}" for file in plan.files]
    for one in plan.problems:
        where = f"{one.place}: " if one.place else ""
        lines += [f"  {'✗' if one.blocks else '–'} {where}{one.what} [{one.code}]", f"      {one.remedy}"]
    lines += [f"  {number}. {step}" for number, step in enumerate(plan.steps, 1)]
    return "\n".join(lines)


def _held(file: Planned) -> str:
    return f": {file.holds:,} files" if file.holds else ""
