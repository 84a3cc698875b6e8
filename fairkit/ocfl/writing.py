"""Writing versions into a local repository: an object is replaced whole, in one step, or not at all.

A new version is built beside: what is there already is linked, what is new is copied, hashed on its way, and on the
disk before anything changes. Then the two folders change places. So at every moment, whatever is killed, the objects of
the storage root are whole; what a killed run left behind is swept by the next.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import json
import os
import shutil
import stat
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from fairkit.errors import DepositError, UnreadableDocument, UsageError

from .storage import LAYOUT, OBJECT, PREFIX, ROOT, Object, Storage, is_root, opened

__all__ = ["Stored", "add", "identifier", "made"]

STAGING = "extensions/fairkit-staging"
"""The specification leaves `extensions` of a storage root to those who write it."""
_SPACE = uuid.UUID("6f0c7f0e-0e6c-5d0a-9d1e-6b6a2d3c9f11")
_CHUNK = 4 * 1024 * 1024
_EXCHANGE = 2
_HERE = -100
_TYPE = "https://ocfl.io/1.1/spec/#inventory"
_ADDRESS = "https://w3id.org/fairkit"


class Stored(Protocol):
    """A file that is to be stored."""

    @property
    def key(self) -> str:
        """Its name in the package."""

    @property
    def path(self) -> str:
        """Where it is."""

    @property
    def size(self) -> int:
        """How many bytes it must have."""

    @property
    def sha256(self) -> str:
        """What its bytes must be."""


class _Told(NamedTuple):
    """What a copied file was found to be."""

    sha512: str
    sha256: str
    md5: str


def identifier(release: str) -> str:
    """The identifier of the object whose first version is a release: the same for the same release."""
    return f"{PREFIX}{uuid.uuid5(_SPACE, release)}"


def made(root: str | os.PathLike[str]) -> Storage:
    """The storage root in a folder; it is made where the folder is missing or empty.

    Raises:
        UsageError: if something else lies there, or nothing can be written.
    """
    place = Path(os.path.abspath(root))
    if not is_root(place):
        try:
            place.mkdir(parents=True, exist_ok=True)
            rows = set(os.listdir(place))
            if rows - {"ocfl_layout.json", ROOT}:
                what = f"{root} is not empty, and no local repository"
                raise UsageError(what, value=str(root), remedy="Name another folder: --local ./repository")
            told = {"extension": LAYOUT, "description": "The id of each object is the name of its folder."}
            _write(place / "ocfl_layout.json", json.dumps(told, indent=2).encode() + b"\n")
            _write(place / ROOT, f"{ROOT[2:]}\n".encode())
            _sync(place)
        except OSError as error:
            raise _cannot(root, error) from None
    return Storage(place)


def add(
    storage: Storage,
    id: str,
    files: Sequence[Stored],
    *,
    message: str,
    created: str,
    head: int,
    advance: Callable[[int], None] = lambda _: None,
) -> Object:
    """Add a version with these files to the object `id`, whose newest version is `head`; 0 makes the object.

    Raises:
        DepositError: if the object has another newest version.
        UnreadableDocument: if a file is not what it is said to be.
        UsageError: if nothing can be written there, or somebody else writes.
    """
    try:
        with _held(storage.root):
            _sweep(storage.root)
            target = storage.root / id
            former = opened(target) if target.exists() else None
            if (former.head if former else 0) != head:
                what = f"{id} has the version {former.head if former else 0}, not {head}"
                raise DepositError(what, value=id, remedy="Run it again: somebody else added one.")
            stage = storage.root / STAGING / uuid.uuid4().hex
            stage.mkdir(parents=True)
            _build(stage, id, files, former, {"message": message, "created": created}, advance)
            _settle(stage, target)
            _sweep(storage.root)
            return opened(target)
    except OSError as error:
        raise _cannot(storage.root, error) from None


def _cannot(root: str | os.PathLike[str], error: OSError) -> UsageError:
    what = f"nothing can be written into {os.fspath(root)}: {error.strerror or error}"
    return UsageError(
        what, value=os.fspath(root), remedy="Is there room, and may you write there? Nothing was changed."
    )


# ── a version is built beside


def _build(
    stage: Path,
    id: str,
    files: Sequence[Stored],
    former: Object | None,
    about: Mapping[str, str],
    advance: Callable[[int], None],
) -> None:
    """The whole object with the new version, in the folder `stage`."""
    known: dict[str, Any] = json.loads(json.dumps(former.inventory)) if former else _empty(id)
    number = (former.head if former else 0) + 1
    if former is not None:
        _linked(Path(former.path), stage)
    there = {digest: paths[0] for digest, paths in known.get("fixity", {}).get("sha256", {}).items()}
    of_path = {paths[0]: digest for digest, paths in known["manifest"].items()}
    state: dict[str, list[str]] = {}
    for file in files:
        content = there.get(file.sha256)
        if content is None:
            content = f"v{number}/content/{file.key}"
            told = _copied(file, stage / content, advance)
            of_path[content], there[file.sha256] = told.sha512, content
            known["manifest"][told.sha512] = [content]
            for name, digest in (("sha256", told.sha256), ("md5", told.md5)):
                known["fixity"][name].setdefault(digest, []).append(content)
        else:
            advance(file.size)
        state.setdefault(of_path[content], []).append(file.key)
    user = {"name": "fairkit", "address": _ADDRESS}
    known["versions"][f"v{number}"] = {**about, "user": user, "state": state}
    known["head"] = f"v{number}"
    (stage / f"v{number}").mkdir(exist_ok=True)
    if former is None:
        _write(stage / OBJECT, f"{OBJECT[2:]}\n".encode())
    body = json.dumps(known, indent=1).encode()
    for folder in (stage / f"v{number}", stage):
        _inventory(folder, body)
    for place, _, _ in os.walk(stage):
        _sync(place)


def _empty(id: str) -> dict[str, Any]:
    fixity: dict[str, dict[str, list[str]]] = {"sha256": {}, "md5": {}}
    return {
        "id": id,
        "type": _TYPE,
        "digestAlgorithm": "sha512",
        "head": "",
        "manifest": {},
        "fixity": fixity,
        "versions": {},
    }


def _inventory(folder: Path, body: bytes) -> None:
    for name in ("inventory.json", "inventory.json.sha512"):
        (folder / name).unlink(missing_ok=True)  # a link to the former one, which must not change
    _write(folder / "inventory.json", body)
    _write(folder / "inventory.json.sha512", f"{hashlib.sha512(body).hexdigest()} inventory.json\n".encode())


def _linked(source: Path, target: Path) -> None:
    """All that an object has, as links to the same bytes; as copies where there are no such links."""
    for folder, names, files in os.walk(source):
        here = target / os.path.relpath(folder, source)
        for name in names:
            (here / name).mkdir()
        for name in files:
            try:
                os.link(os.path.join(folder, name), here / name, follow_symlinks=False)
            except OSError as error:
                if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS):
                    raise
                shutil.copy2(os.path.join(folder, name), here / name, follow_symlinks=False)


def _copied(file: Stored, target: Path, advance: Callable[[int], None]) -> _Told:
    """Copy a file, and say what its bytes are.

    Raises:
        UnreadableDocument: if they are not what the package says.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sums = hashlib.sha512(), hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    size = 0
    with _source(file.path) as source, open(target, "xb") as copy:
        while chunk := source.read(_CHUNK):
            for each in sums:
                each.update(chunk)
            copy.write(chunk)
            size += len(chunk)
            advance(len(chunk))
        copy.flush()
        os.fsync(copy.fileno())
    told = _Told(*(each.hexdigest() for each in sums))
    if (size, told.sha256) != (file.size, file.sha256):
        what = f"{file.path} changed while it was stored"
        raise UnreadableDocument(what, value=file.path, remedy="Run it again: it is packaged anew.")
    return told


@contextlib.contextmanager
def _source(path: str) -> Iterator[Any]:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise OSError(0, "it is no regular file")
    except OSError as error:
        what = f"{path} cannot be stored: {error.strerror}"
        raise UnreadableDocument(what, value=path, remedy="Run it again: it is packaged anew.") from None
    with open(handle, "rb", buffering=0) as file:
        yield file


# ── and takes its place in one step


def _settle(stage: Path, target: Path) -> None:
    """Let the new object stand where the former one stood, or where there was none."""
    if not target.exists():
        os.rename(stage, target)
    elif not _exchanged(stage, target):
        # Where folders cannot change places, a kill between these two leaves the former one in the staging folder,
        # whole and under its own name: the next run puts it back (`_sweep`).
        away = stage.parent / f"former-{target.name}"
        os.rename(target, away)
        os.rename(stage, target)
    _sync(target.parent)
    _sync(stage.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places at once (Linux: renameat2); whether that could be done."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0
    return bool(done)


def _sweep(root: Path) -> None:
    """Put back what a kill left between two names, and take away what was never finished."""
    staging = root / STAGING
    if not staging.is_dir():
        return
    for row in list(staging.iterdir()):
        name = row.name.removeprefix("former-")
        if name != row.name and not (root / name).exists():
            os.rename(row, root / name)
        else:
            shutil.rmtree(row)
    staging.rmdir()


@contextlib.contextmanager
def _held(root: Path) -> Iterator[None]:
    """The storage root for one writer.

    Raises:
        UsageError: if there is another one.
    """
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # where there are no locks, nobody is kept out
            pass
        except BlockingIOError:
            what = f"somebody else writes into {root} just now"
            raise UsageError(what, value=str(root), remedy="Wait until it is done, then run it again.") from None
        yield
    finally:
        os.close(handle)


def _write(path: Path, body: bytes) -> None:
    with open(path, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: str | os.PathLike[str]) -> None:
    """Have the disk know the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
