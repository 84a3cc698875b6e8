"""From a folder to a package: its data, the documents in the forms that others read, and the digest of every byte.

The manifest is written last: what has none is not finished.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, NamedTuple

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.model.distribution import Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.vocab import media_types

from . import _copying, _threads, documents, fixity, manifest, names, succession
from ._copying import Source, Way
from ._finished import STATE, Done, Finished
from ._output import Output
from .archive import Archive
from .layout import MANIFEST, Folder, look, shortened
from .manifest import Entry
from .progress import SILENT, Progress
from .succession import Former
from .words import Description

__all__ = ["Package", "build"]


@word
class Package(Frozen):
    """A folder or an archive that is complete: data, documents and manifest."""

    root: Annotated[str, Term(SDO.url, "The folder, or the archive")]
    resource: Annotated[Resource, Term(SDO.about, "What is in it, with the digest of every file of data")]
    manifest: Annotated[tuple[Entry, ...], Term(FAIRKIT.checksum, "Every file but the manifest itself")]
    documents: Annotated[tuple[str, ...], Term(SDO.hasPart, "The documents that fairkit wrote")] = ()
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What a person should know: what was left out, and why")] = ()


class _Looked(NamedTuple):
    """A folder that was looked into: what it is, what goes into the package as it is, and what is told of that."""

    description: Description
    sources: list[Source]
    """The data, then the documents that people wrote."""
    data: frozenset[str]
    whole: bool
    """Whether these are all documents of the folder: none gives its place to one of ours."""
    notes: tuple[str, ...]
    texts: tuple[documents.Made, ...] = ()
    """Documents that people wrote, with the DOI of this version."""


class _Names(NamedTuple):
    """The identifiers of a package, and those that its folder states and that are of former versions."""

    own: Sequence[Identifier]
    former: Mapping[str, Former]

    def put_into(self, work: Resource) -> Resource:
        work = succession.succeeding(work, self.former)
        return replace(work, identifiers=tuple(dict.fromkeys((*self.own, *work.identifiers))))

    def texts(self, root: str, names: Iterable[str]) -> dict[str, bytes]:
        """The documents of people that state a former DOI, as the package has them."""
        doi = next((one for one in self.own if one.scheme == "doi"), None)
        made: dict[str, bytes] = {}
        if doi is None or not self.former:
            return made
        for name in set(names) & set(succession.TEXTS):
            with _copying.opened(Path(root), name) as file:
                text = file.read().decode("utf-8", "surrogateescape")
            new = succession.rewritten(name, text, doi, self.former)
            if new is not None:
                made[name] = new.encode("utf-8", "surrogateescape")
        return made


def build(
    root: str,
    output: str | None = None,
    *,
    checksums: Sequence[str] = ("sha256",),
    link: bool = False,
    archive: bool = False,
    identifiers: Sequence[Identifier] = (),
    former: Mapping[str, Former] = MappingProxyType({}),
    jobs: int | None = None,
    progress: Progress = SILENT,
) -> Package:
    """Make a package of the folder `root`: another folder, an `archive`, or without an `output` that folder itself.

    Its documents name `identifiers` before those that the folder's own documents state: a DOI that is reserved. The
    DOIs in `former` are not its own: what states them as such is another version's.

    Each file is read once. What was finished by a run that was broken off is not read again, nor is what a former run
    packaged and nobody changed. With `link`, files get a second name instead of a copy where the disk can do that.

    Raises:
        NotFound: if there is no such folder.
        UnreadableDocument: if its fairkit.toml or CITATION.cff is broken, if a file cannot be read or changes
            meanwhile, or if a file that is documented is a link out of the folder.
        UsageError: if there is nothing to package, or the package cannot be there: something else is, there is no
            room, or a name cannot be.
    """
    wanted = tuple(dict.fromkeys(("sha256", *checksums)))
    workers = jobs or _threads.cores()
    folder = look(root)
    if not (folder.data or folder.describing):
        what = f"{root} holds no file that could be packaged"
        raise UsageError(what, value=root, remedy="Put the data into it; hidden files and links out do not count.")
    if archive:
        looked = _looked(root, folder, progress, _Names(identifiers, former), in_place=False)
        return _archived(root, looked, _archive_path(root, output), wanted, workers, progress)
    target = Output(Path(root), Path(output or root))
    looked = _looked(root, folder, progress, _Names(identifiers, former), in_place=target.in_place)
    way = Way(Path(root), target.path, wanted, link)
    return _in_folder(output or root, looked, target, way, jobs=workers, progress=progress)


def _looked(root: str, folder: Folder, progress: Progress, named: _Names, *, in_place: bool) -> _Looked:
    from .description import describe

    _refuse_names((*folder.data, *folder.describing))
    description = describe(root, say=progress.say)
    description = replace(description, resource=named.put_into(description.resource))
    _refuse_links(folder, description)
    former = Finished(Path(root, STATE))
    theirs = [name for name in folder.describing if name != MANIFEST and not former.has_derived(name)]
    own = [name for name in theirs if in_place or not (documents.always_made(name) or former.has_made(name))]
    notes = [f"{path} leads out of the folder, or to no file, and is not followed" for path in folder.links_out]
    notes += [f"{path} is no file but a pipe, a socket or a device: it is left out" for path in folder.special]
    notes += names.troubles((*folder.data, *own))
    texts = {} if in_place else named.texts(root, own)
    sources = _copying.sources(Path(root), (*folder.data, *(name for name in own if name not in texts)))
    made = tuple(documents.Made(name, body) for name, body in texts.items())
    return _Looked(description, sources, frozenset(folder.data), own == theirs, tuple(notes), made)


def _refuse_names(paths: Iterable[str]) -> None:
    for path in paths:
        if why := names.fault(path):
            remedy = "Rename it, or put it elsewhere."
            raise UsageError(f"{shortened(path)!r} cannot be in a package: {why}", value=path, remedy=remedy)


def _refuse_links(folder: Folder, description: Description) -> None:
    """A package without a file that its documents name would be no whole one."""
    missing = {finding.text for finding in description.findings if finding.kind == "missing"}
    patterns = [name for part in description.resource.splits for name in part.files if name != "*"]
    for link in folder.links_out:
        if f"the file {link} is not here" in missing or any(fnmatchcase(link, pattern) for pattern in patterns):
            what = f"{link} is documented, and leads out of the folder, or to no file"
            raise UnreadableDocument(what, value=link, remedy="Put the file itself in its place.")


def _in_folder(named: str, looked: _Looked, output: Output, way: Way, *, jobs: int, progress: Progress) -> Package:
    missing = [source for source in looked.sources if not _copying.is_finished(source, way, output.finished)]
    _refuse_size(output.path, 0 if way.in_place or way.link else sum(source.size for source in missing))
    if missing:
        output.begin()
    progress.begin(sum(source.size for source in looked.sources))
    done = _copying.put(looked.sources, way, output.finished, jobs=jobs, advance=progress.advance)
    description = _completed(looked, done)
    made, notes = _documents(description, looked, frozenset((*output.taken(), *(one.name for one in done))))
    notes += _mistaken(looked, done)
    entries = (*map(_entry, done), *map(_entry_of, made))
    output.finish(done, made, manifest.write(entries), derived=looked.whole)
    return _package(named, description, entries, made, (*looked.notes, *notes))


def _package(
    root: str, description: Description, entries: Iterable[Entry], made: Iterable[documents.Made], notes: Iterable[str]
) -> Package:
    return Package(
        root=root,
        resource=description.resource,
        manifest=tuple(sorted(entries, key=lambda entry: entry.path)),
        documents=tuple(one.name for one in made),
        notes=tuple(notes),
    )


def _archived(root: str, looked: _Looked, path: Path, wanted: Sequence[str], jobs: int, progress: Progress) -> Package:
    size = sum(source.size for source in looked.sources)
    with Archive(path) as archive:
        _refuse_size(path.parent, size - archive.held())
        progress.begin(size)
        done = archive.put(Path(root), looked.sources, wanted, jobs=jobs, advance=progress.advance)
        description = _completed(looked, done)
        made, notes = _documents(description, looked, frozenset(one.name for one in done))
        notes += _mistaken(looked, done)
        entries = (*map(_entry, done), *map(_entry_of, made))
        for one in made:
            archive.add(one.name, one.body)
        archive.add(MANIFEST, manifest.write(entries))
        archive.close()
    return _package(str(path), description, entries, made, (*looked.notes, *notes))


def _archive_path(root: str, output: str | None) -> Path:
    whole = Path(os.path.realpath(output or root))
    return whole if whole.suffix.lower() == ".zip" else whole.with_name(f"{whole.name}.zip")


def _refuse_size(place: Path, needed: int) -> None:
    """Whoever waits an hour for a copy should hear now that there is no room for it."""
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if needed > free:
        what = f"there is no room for the package: it needs {needed:,} bytes, and {free:,} are free"
        raise UsageError(what, value=str(place), remedy="Choose another disk, or --link on the same one.")


def _documents(
    description: Description, looked: _Looked, there: frozenset[str]
) -> tuple[list[documents.Made], list[str]]:
    every = list(documents.made(description, there=there | {one.name for one in looked.texts}))
    made = sorted((*looked.texts, *(one for one in every if isinstance(one, documents.Made))))
    return made, [f"{one.name} is not written: {one.why}" for one in every if isinstance(one, documents.Unmade)]


def _completed(looked: _Looked, done: Iterable[Done]) -> Description:
    """The description with the size and the digests of every file of data, and their sums."""
    files = {one.name: one for one in done if one.name in looked.data}
    resource = looked.description.resource
    known = {file.name: file for file in resource.distributions}
    inside = [_completed_file(known.get(name), files[name]) for name in sorted(files)]
    # What is documented with an address of its own may lie elsewhere for good; without one it is nowhere.
    elsewhere = [file for name, file in known.items() if name not in files and file.content_url]
    complete = replace(
        resource,
        distributions=(*inside, *elsewhere),
        listing="complete" if inside else resource.listing,
        byte_size=sum(one.size for one in files.values()) if inside else resource.byte_size,
        file_count=len(files) if inside else resource.file_count,
    )
    # Where the folder is on this machine is nobody's business; what it is called may stand for a title.
    name = Path(os.path.realpath(looked.description.target)).name
    return replace(looked.description, target=name, resource=complete)


def _mistaken(looked: _Looked, done: Iterable[Done]) -> list[str]:
    """The files of which a document states other digests than they have."""
    stated = {
        file.name: {one.algorithm: one.value for one in file.checksums}
        for file in looked.description.resource.distributions
    }
    return [
        f"{one.name} is documented with another {algorithm} than it has: fairkit fix corrects it"
        for one in done
        for algorithm, value in stated.get(one.name, {}).items()
        if algorithm in one.digests and one.digests[algorithm] != value
    ]


def _completed_file(known: Distribution | None, done: Done) -> Distribution:
    if known is None:
        form = media_types.of_file(done.name)
        known = Distribution(name=done.name, media_type=form.media_type if form else None)
    return replace(known, byte_size=done.size, checksums=fixity.checksums(done.digests))


def _entry(done: Done) -> Entry:
    return Entry(path=done.name, sha256=done.digests["sha256"])


def _entry_of(made: documents.Made) -> Entry:
    return Entry(path=made.name, sha256=hashlib.sha256(made.body).hexdigest())
