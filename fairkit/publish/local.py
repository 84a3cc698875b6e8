"""Publishing into a local repository: a release becomes a version of an object, once.

There are no drafts: a version is whole or not there. Which object a folder became stands in its journal; where that is
lost, the object is found by its identifier, which follows from its first release, or by the mark in its versions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Protocol

from fairkit import settings
from fairkit.errors import DepositError, FairkitError, NotFound, UsageError
from fairkit.ocfl.storage import Object, Storage, Version
from fairkit.ocfl.writing import add, identifier, made
from fairkit.repositories import Draft

from .apply import mark
from .journal import Journal
from .result import Result, Way
from .sending import LocalFile

__all__ = ["Wanted", "deposit", "standing_of"]


class Wanted(Protocol):
    """What is to be stored."""

    release: str
    """What tells this release from all others."""

    @property
    def called(self) -> str:
        """Its title and version, for people."""

    def files(self, doi: str | None) -> Sequence[LocalFile]:
        """The files of the package."""


def deposit(
    root: str,
    journal: Journal,
    wanted: Wanted,
    way: Way,
    *,
    version_of: str | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Result:
    """Store a release in the local repository `root`, which is made where it is missing.

    Raises:
        DepositError: if the folder was published already and its data or version are others now, without `new_version`.
        NotFound: if there is no object of which this is to be a version.
        UsageError: if nothing can be written there.
        UnreadableDocument: if what is stored there is broken.
    """
    _refuse(way)
    storage = made(root)
    journal.note("begin", release=wanted.release)
    there = _there(storage, journal, wanted.release)
    if there is not None:
        object, version = there
        wanted.files(None)
        _check(object, version)
        _noted(journal, object, wanted.release)
        return Result(_as_draft(object), ())
    former = _former(storage, journal, way, version_of)
    object = add(
        storage,
        former.id if former else identifier(wanted.release),
        wanted.files(None),
        message=f"{wanted.called} ({mark(wanted.release).value})",
        created=settings.now(),
        head=former.head if former else 0,
        advance=advance,
    )
    _check(object, object.version())
    _noted(journal, object, wanted.release)
    stored = f"stored {len(object.version().files):,} files as version {object.head} of {object.id}"
    return Result(_as_draft(object), (stored,))


def _refuse(way: Way) -> None:
    if way.community is not None:
        what = "a local repository has no communities"
        raise UsageError(what, value=way.community, remedy="Leave out --community, or name a repository that has some.")


def _there(storage: Storage, journal: Journal, release: str) -> tuple[Object, Version] | None:
    """The object and the version that is this very release; None if it is not stored."""
    named = journal.get("record")
    for id in dict.fromkeys((named, identifier(release))):
        found = _object(storage, id) if isinstance(id, str) else None
        version = _marked(found, release) if found else None
        if found and version:
            return found, version
    return None if isinstance(named, str) and _object(storage, named) else _by_mark(storage, release)


def _by_mark(storage: Storage, release: str) -> tuple[Object, Version] | None:
    """The version of any object that bears the mark of a release; objects that are broken are passed over."""
    for id in storage.ids():
        try:
            found = storage.object(id)
        except FairkitError:
            continue
        version = _marked(found, release)
        if version is not None:
            return found, version
    return None


def _object(storage: Storage, id: str) -> Object | None:
    try:
        return storage.object(id)
    except NotFound:
        return None


def _marked(object: Object, release: str) -> Version | None:
    return next((one for one in object.versions if mark(release).value in one.message), None)


def _former(storage: Storage, journal: Journal, way: Way, version_of: str | None) -> Object | None:
    """The object of which this is to be the next version; None if it is to be a new one."""
    before = version_of or journal.get("record")
    if not isinstance(before, str):
        if way.new_version:
            what = "nobody knows of which object this is to be a new version"
            raise DepositError(what, remedy=f"Name it: --version-of ID. {storage.root} has its objects as folders.")
        return None
    found = _object(storage, before)
    if found is None and not way.new_version:
        return None
    if found is None:
        raise NotFound(f"{storage.root} has no object {before}", value=before, remedy="Is it another repository?")
    if not way.new_version:
        what = f"the folder was published as {before}, and its data or version are others now"
        raise DepositError(what, value=before, remedy="Publish them as a new version of it: --new-version")
    return found


def _check(object: Object, version: Version) -> None:
    """Every file of a version is on the disk as its digest says.

    Raises:
        DepositError: naming those that are not.
    """
    wrong = [
        name for name, content in version.files.items() if _digest(content.path, object.algorithm) != content.digest
    ]
    if wrong:
        what = f"version {version.number} of {object.id} has files that are not what was stored: {', '.join(wrong[:5])}"
        raise DepositError(what, value=object.path, remedy="The disk has changed them: restore them from a copy.")


def _digest(path: str, algorithm: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()


def _noted(journal: Journal, object: Object, release: str) -> None:
    if journal.get("published_release") != release or journal.get("record") != object.id:
        journal.note("published", record=object.id, concept=object.id, published_release=release, release=release)


def _as_draft(object: Object) -> Draft:
    return Draft(id=object.id, page=object.path, doi=None, concept=object.id, published=True, revision=object.head)


def standing_of(root: str, id: str) -> Draft | None:
    """An object of the local repository `root`; None if it is not there."""
    try:
        return _as_draft(Storage(root).object(id))
    except NotFound:
        return None
