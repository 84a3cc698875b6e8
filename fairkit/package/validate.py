"""Whether a folder, or a package, is what is said of it: documents against their forms, data against documents.

Nothing is judged here that is a question of taste: how FAIR a work is, `fairkit assess` tells. Digests of a package are
for `fairkit verify`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from fairkit.dialects import dialect, reads
from fairkit.dialects.variables_csv import COLUMNS
from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Document
from fairkit.registry import DIALECTS

from . import _documented, documents, manifest
from ._held_data import Held, of_data, of_values
from ._held_metadata import name_of, of_documents, of_licence, of_questions, read
from ._unpacked import unpacked
from .description import describe
from .files import Places
from .layout import MANIFEST, Folder, look, open_inside
from .origins import LICENCES
from .origins import documents as gathered
from .validation import Fault, Validation
from .variables_csv import FILE

__all__ = ["Validation", "validate"]

_MOST_BYTES = 64 * 1024 * 1024
_LINE = re.compile(r"line (\d+): (.*)", re.DOTALL)


def validate(
    root: str,
    *,
    stats: bool = False,
    digests: bool = False,
    strict: bool = False,
    jobs: int = 1,
    say: Callable[[str], None] = lambda _: None,
) -> Validation:
    """Hold a folder against its documents; one with a manifest is a package, and held against that too.

    What is in a ZIP archive is held as if it lay in a folder; where that is, no fault tells.

    With `stats` every value is read, with `digests` the checksums of `[[files]]` are made again; with `strict` it does
    not pass with warnings. `say` hears each file that is opened.

    Raises:
        NotFound: if there is no such folder or archive.
        UnreadableDocument: if its fairkit.toml or CITATION.cff is broken, or the archive is.
        UsageError: if there is no room for what is in an archive.
    """
    hold = partial(_held_in, stats=stats, digests=digests, jobs=jobs, say=say)
    if not os.path.isfile(root):
        faults, unchecked = hold(root)
        return _validation(root, faults, strict=strict, unchecked=unchecked)
    with unpacked(root) as inside:
        try:
            faults, unchecked = hold(inside.root)
        except UnreadableDocument as error:
            raise UnreadableDocument(error.what.replace(inside.root, root), remedy=error.remedy) from None
        faults = [replace(one, text=one.text.replace(inside.root, root)) for one in faults]
        faults += [_error("archive-entry", why, None, None, "Pack it again.") for why in inside.faults]
        return _validation(root, faults, strict=strict, unchecked=unchecked)


def _held_in(
    root: str, *, stats: bool, digests: bool, jobs: int, say: Callable[[str], None]
) -> tuple[list[Fault], tuple[str, ...]]:
    """What is wrong in a folder, and what was not looked at."""
    folder = look(root)
    packaged = MANIFEST in folder.describing
    told = gathered(root)
    named = {name_of(document) for document in told.evidence.documents}
    mine = read([*told.evidence.documents, *(_made(folder, named) if packaged else ())])
    faults = [*mine.faults, *of_documents(mine.views, packaged=packaged), *_strange(folder, named)]
    found = describe(root, jobs=jobs, say=say)
    held = Held(folder, told, found, Places(told))
    faults += of_questions(found.resource, mine.views)
    faults += of_licence(_licences(folder), found.resource, packaged=packaged)
    faults += of_data(held, digests=digests, say=say)
    if stats:
        faults += of_values(found.findings, describe(root, stats=True, jobs=jobs, say=say).findings)
    if packaged:
        faults += _package(folder)
    return faults, _unchecked(held, stats=stats, digests=digests or packaged)


def _validation(root: str, faults: list[Fault], *, strict: bool, unchecked: tuple[str, ...]) -> Validation:
    every = tuple(dict.fromkeys(sorted(faults, key=lambda one: (one.file or "", one.line or 0, one.code, one.text))))
    errors = sum(one.level == "error" for one in every)
    return Validation(
        target=root,
        passed=not errors and not (strict and every),
        errors=errors,
        warnings=len(every) - errors,
        faults=every,
        unchecked=unchecked,
    )


def _unchecked(held: Held, *, stats: bool, digests: bool) -> tuple[str, ...]:
    """What was asked of nobody, though documents speak of it."""
    ranges = any(one.range or one.classes for one in held.read.resource.variables)
    sums = any(file.checksums for file in held.read.resource.distributions if file.name in held.folder.data)
    return (
        *(("ranges and classes of values: --stats reads them all",) if ranges and not stats else ()),
        *(("checksums of files: --digests makes them again",) if sums and not digests else ()),
    )


def _made(folder: Folder, named: set[str]) -> Iterator[Document]:
    """The documents of a package that a look into a folder does not take for metadata about it."""
    for name, form in documents.DOCUMENTS:
        if form and name not in named and name in folder.describing and form in DIALECTS and reads(form):
            body = _bytes(folder, name)
            if body is not None:
                media_type = dialect(form).MEDIA_TYPE
                yield Document(representation=form, media_type=media_type, url=name, body=body)


def _licences(folder: Folder) -> Iterator[tuple[str, str]]:
    for name in folder.describing:
        if name.upper().partition(".")[0] in LICENCES:
            yield name, (_bytes(folder, name) or b"").decode("utf-8", "replace")


def _strange(folder: Folder, named: set[str]) -> Iterator[Fault]:
    """A variables.csv that is not read, since its columns are not ours."""
    if FILE in folder.describing and FILE not in named:
        text = "it is no table of variables: its first line names none of their columns beside 'name'"
        remedy = f"Name the columns as in: {', '.join(COLUMNS[:6])}; or call the file otherwise."
        yield Fault(code="strange-table", level="warning", text=text, file=FILE, line=1, remedy=remedy)


def _package(folder: Folder) -> Iterator[Fault]:
    """The manifest against the files that are there, and against what documents say of them; nothing is digested."""
    body = _bytes(folder, MANIFEST) or b""
    found = manifest.parse(body)
    for fault in found.faults:
        match = _LINE.fullmatch(fault)
        line, text = (int(match[1]), match[2]) if match else (1, fault)
        yield _error("manifest-line", text, MANIFEST, line, "fairkit package  writes it again.")
    lines = {entry.path: number for number, entry in enumerate(found.entries, 1)} if not found.faults else {}
    digests = {entry.path: entry.sha256 for entry in found.entries}
    here = {*folder.data, *folder.describing} - {MANIFEST}
    for name in sorted(digests.keys() - here):
        text = f"{name} is named, and is not there"
        yield _error("manifest-missing", text, MANIFEST, lines.get(name), "Put it back, or package again.")
    for name in sorted(here - digests.keys()):
        yield _error(
            "manifest-extra", f"{name} is not in the manifest", MANIFEST, None, "Take it out, or package again."
        )
    for text in _documented.disagreements(lambda name: _bytes(folder, name), digests):
        name = text.partition(" ")[0]
        yield _error("document-digest", text, name, None, "fairkit package  writes it again.")
    yield from _listed(folder, digests)


def _listed(folder: Folder, digests: dict[str, str]) -> Iterator[Fault]:
    """Files that a document lists and the package lacks, or the other way round."""
    data = set(folder.data) & digests.keys()
    for name, form in _documented.STATING.items():
        body = _bytes(folder, name) if name in digests and form in DIALECTS and form != "fairkit-toml" else None
        if body is None:
            continue
        media_type = dialect(form).MEDIA_TYPE
        try:
            view = dialect(form).read(Document(representation=form, media_type=media_type, url=name, body=body))
        except UnreadableDocument:
            continue  # told already
        told = {file.name.removeprefix("./") for file in view.resource.distributions if file.role == "data"}
        local = {path for path in told if "://" not in path}
        for path in sorted(local - digests.keys() - set(folder.describing)):
            yield _error("document-files", f"it lists {path}, which is not there", name, 1, "Package again.")
        for path in sorted(data - told) if told else ():
            yield _error("document-files", f"it does not list {path}", name, 1, "Package again.")


def _error(code: str, text: str, file: str | None, line: int | None, remedy: str) -> Fault:
    return Fault(code=code, level="error", text=text, file=file, line=line, remedy=remedy)


def _bytes(folder: Folder, name: str) -> bytes | None:
    if name not in folder.describing:
        return None
    try:
        with open(open_inside(folder.root, name, links=True), "rb") as file:
            return file.read(_MOST_BYTES)
    except OSError:
        return None
