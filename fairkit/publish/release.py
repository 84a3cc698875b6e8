"""A release of a folder: its package, made beside the data without a copy of them, and what tells it from others."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fairkit import settings
from fairkit.dialects import invenio
from fairkit.errors import UsageError
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.package.layout import MANIFEST, is_describing, look
from fairkit.package.package import Package, build
from fairkit.package.progress import SILENT, Progress
from fairkit.package.succession import Former

from . import home, zips
from .apply import mark
from .home import HOME, PACKAGE, ZIPS
from .sending import LocalFile

__all__ = ["Release"]


class Release:
    """What a folder is deposited as. Its package has the documents with the DOI, once that is reserved.

    `changes` are fields of the resource that the call decides: an embargo, closed files. More than `most_files` files
    become archives. `publisher` is named to the repository where the folder names none: no DOI is made without one.
    """

    def __init__(
        self,
        root: str,
        *,
        changes: Mapping[str, Any] | None = None,
        most_files: int = sys.maxsize,
        publisher: str | None = None,
        progress: Progress = SILENT,
    ) -> None:
        self.root, self._progress = root, progress
        self._most_files, self._publisher = most_files, publisher
        self.place = root if Path(root, MANIFEST).exists() else str(Path(root, PACKAGE))
        """Where the package is."""
        self.doi: str | None = None
        self.former: Mapping[str, Former] = {}
        self._changes = dict(changes or {})
        self.package = self._built()
        self.release = _release(self.package)

    @property
    def resource(self) -> Resource:
        """What is deposited, as the call wants it."""
        return replace(self.package.resource, **self._changes)

    @property
    def called(self) -> str:
        """Its title and version, for people."""
        work = self.package.resource
        title = " ".join((work.title or "untitled").split())[:200]
        return f"{title}, version {work.version}" if work.version else title

    def succeed(self, former: Mapping[str, Former]) -> None:
        """Take DOIs that the folder states as its own for what they are: those of former versions."""
        if former != self.former:
            self.former = former
            self.package = self._built()

    def body(self, doi: str | None) -> Mapping[str, Any]:
        """The body of the draft, with the mark by which it is found again."""
        work = self.resource
        if work.publisher is None and self._publisher is not None:
            work = replace(work, publisher=Agent(name=self._publisher, type="organisation"))
        return invenio.draft(work, day=settings.now()[:10], marks=(mark(self.release),))

    def files(self, doi: str | None) -> Sequence[LocalFile]:
        """What is sent: every file of the package, and its manifest; folders as archives where there are too many."""
        if doi != self.doi:
            self.doi = doi
            self.package = self._built()
        alone, bundles = self.bundled()
        home.refuse_links(self.root)
        archives = Path(self.root, ZIPS)
        zips.swept(archives, bundles)
        made = [zips.made(one, root=Path(self.place), home=archives) for one in bundles]
        return sorted((*alone, *made))

    def expected(self) -> Sequence[LocalFile]:
        """What would be sent, without making the archives: these have no path and no digest yet."""
        alone, bundles = self.bundled()
        return sorted((*alone, *(LocalFile(one.key, "", one.size, "") for one in bundles)))

    def bundled(self) -> tuple[list[LocalFile], list[zips.Bundle]]:
        """The files that are sent as they are, and the archives."""
        return zips.bundled(self.contents(), self._most_files)

    def contents(self) -> Sequence[LocalFile]:
        """Every file of the package, and its manifest."""
        root = Path(self.place)
        digests = {entry.path: entry.sha256 for entry in self.package.manifest}
        digests[MANIFEST] = hashlib.sha256((root / MANIFEST).read_bytes()).hexdigest()
        return [_local(root, path, digest) for path, digest in sorted(digests.items())]

    def _built(self) -> Package:
        ids = (Identifier(scheme="doi", value=self.doi),) if self.doi else ()
        output = None if self.place == self.root else self.place
        if output is not None:
            _home_in(self.root)
        linked = output is not None
        return build(self.root, output, link=linked, identifiers=ids, former=self.former, progress=self._progress)


def _home_in(root: str) -> None:
    """The hidden folder for package and journal.

    Raises:
        NotFound: if there is no folder to publish.
        UsageError: if nothing can be written into it.
    """
    look(root)
    try:
        home.made(root)
    except OSError as error:
        what = f"nothing can be written into {root}: {error.strerror}"
        remedy = f"Its package and its journal lie in {root}/{HOME}: may you write there?"
        raise UsageError(what, value=root, remedy=remedy) from None


def _local(root: Path, path: str, digest: str) -> LocalFile:
    whole = root / path
    return LocalFile(path, str(whole), whole.stat().st_size, digest)


def _release(package: Package) -> str:
    """The digest of the data and the version: documents may be written anew and are the same release."""
    data = [[entry.path, entry.sha256] for entry in package.manifest if not is_describing(entry.path)]
    return hashlib.sha256(json.dumps([package.resource.version, data]).encode()).hexdigest()
