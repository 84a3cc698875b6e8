"""The folder that a package is written into: what may be there, what is ours, and in which order it changes."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from fairkit import atomic
from fairkit.errors import UsageError

from ._copying import is_left_over
from ._finished import STATE, Done, Finished
from .documents import DOCUMENTS, Made
from .layout import MANIFEST, below, shortened

__all__ = ["Output"]

_TOLD = 3


class Output:
    """The folder `path` for the package of the folder `root`, which may be the same.

    Raises:
        UsageError: if one lies in the other, or there is something in it that fairkit did not put there.
    """

    def __init__(self, root: Path, path: Path) -> None:
        home, place = Path(os.path.realpath(root)), Path(os.path.realpath(path))
        self.in_place = home == place
        self.path = root if self.in_place else place
        # In a hidden folder nobody looks for data.
        hidden = home in place.parents and place.relative_to(home).parts[0].startswith(".")
        if not self.in_place and not hidden and (home in place.parents or place in home.parents):
            what = f"the folder {root} and its package {path} would lie in each other"
            raise UsageError(what, value=str(path), remedy="Choose a folder beside it, as in: -o ../package")
        if place.exists() and not place.is_dir():
            what = f"{path} is no folder"
            raise UsageError(what, value=str(path), remedy="Choose another name, or --zip for an archive.")
        self.finished = Finished(place / STATE)
        if not self.in_place:
            self._refuse_foreign()

    def _refuse_foreign(self) -> None:
        foreign = sorted(name for name in _below(self.path) if name not in self.finished.files and not _is_ours(name))
        if foreign:
            more = f" and {len(foreign) - _TOLD:,} more" if len(foreign) > _TOLD else ""
            few = ", ".join(map(shortened, foreign[:_TOLD]))
            what = f"{self.path} has content that is not of this package: {few}{more}"
            raise UsageError(what, value=str(self.path), remedy="Choose a folder that is new or empty.")

    def taken(self) -> tuple[str, ...]:
        """The names of documents that are not ours to write: where the folder has a link, it may lead anywhere."""
        return tuple(name for name, _ in DOCUMENTS if self.in_place and os.path.islink(self.path / name))

    def begin(self) -> None:
        """From here on until it is finished it has no manifest."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            (self.path / MANIFEST).unlink(missing_ok=True)
        except OSError as error:
            what = f"cannot write {self.path}: {error.strerror}"
            raise UsageError(what, value=str(self.path), remedy="May you write there?") from None

    def finish(self, files: list[Done], made: list[Made], manifest: bytes, *, derived: bool) -> None:
        """Write the documents, take away what is not of the package any more, and write the manifest last.

        What is there already is not touched, so that a second run changes nothing. `derived` says that the documents
        tell nothing that the other files do not.
        """
        documents = [_done(one, derived=derived) for one in made]
        wanted = {one.name for one in (*files, *documents)}
        former = [name for name in self.finished.files if name not in wanted and self._may_go(name)]
        changed = [one for one in made if self._body(one.name) != one.body]
        if changed or former or self._body(MANIFEST) != manifest:
            self.begin()
        for one, done in zip(made, documents, strict=True):
            if self.finished.files.get(one.name) != done:
                self.finished.add(done)
        for one in changed:
            atomic.write(self.path / one.name, one.body)
        for name in former:
            self._remove(name)
        self._tidy()
        self.finished.keep((*files, *documents))
        if self._body(MANIFEST) != manifest:
            atomic.write(self.path / MANIFEST, manifest)

    def _may_go(self, name: str) -> bool:
        """Whether fairkit put it there: in place, only documents that are as it wrote them."""
        if self.in_place:
            return self.finished.has_made(name)
        return os.path.lexists(self.path / name)

    def _body(self, name: str) -> bytes | None:
        place = self.path / name
        return place.read_bytes() if place.is_file() and not place.is_symlink() else None

    def _remove(self, name: str) -> None:
        """Take a file away, and the folders that it leaves empty."""
        place = self.path / name
        if any(parent.is_symlink() for parent in place.parents if self.path in parent.parents):
            return
        place.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # not empty
            for parent in place.parents:
                if parent == self.path:
                    break
                parent.rmdir()

    def _tidy(self) -> None:
        """Take away what a run that was killed left."""
        if self.in_place:
            return
        for name in _below(self.path):
            if is_left_over(name.rpartition("/")[2]):
                (self.path / name).unlink(missing_ok=True)


def _is_ours(name: str) -> bool:
    return name in (MANIFEST, STATE) or is_left_over(name.rpartition("/")[2])


def _done(made: Made, *, derived: bool) -> Done:
    digests = {"sha256": hashlib.sha256(made.body).hexdigest()}
    return Done(made.name, len(made.body), 0, 0, digests, made=True, derived=derived)


def _below(root: Path) -> Iterator[str]:
    """Everything below a folder but folders; links are not followed."""
    return (Path(entry.path).relative_to(root).as_posix() for entry in below(root))
