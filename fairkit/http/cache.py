"""Answers kept on disk: what was read once is not asked for again on the same day, and can be read offline."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fairkit.errors import UsageError
from fairkit.http.message import Request, Response

__all__ = ["Cache", "CacheInfo", "Cached", "cache_folder"]

_ENTRY = re.compile(r"[0-9a-f]{64}\.http")
_LEFT_OVER = re.compile(r"fairkit-\w+\.tmp")


class Cached(NamedTuple):
    """A kept answer and when it was last known to be current, in seconds since 1970."""

    response: Response
    confirmed_at: float


class CacheInfo(NamedTuple):
    """What `fairkit cache` shows."""

    folder: Path
    entries: int
    bytes: int


def cache_folder() -> Path:
    """$FAIRKIT_CACHE, else a folder of ours where the platform keeps its caches.

    Raises:
        UsageError: if there is no home folder to look in, as in some containers.
    """
    chosen = os.environ.get("FAIRKIT_CACHE")
    try:
        return Path(chosen).expanduser() if chosen else _platform_folder()
    except RuntimeError as error:
        what = f"there is no folder to keep answers in: {error}"
        raise UsageError(what, value=chosen, remedy="Set FAIRKIT_CACHE to a folder of yours.") from None


def _platform_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "fairkit"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "fairkit" / "Cache"
    named = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification has relative paths ignored.
    return (Path(named) if os.path.isabs(named) else Path.home() / ".cache") / "fairkit"


class Cache:
    """A folder with one file per answer; several threads and processes may share it.

    Nothing here fails for the disk's sake: what cannot be read is as if absent, what cannot be written is not kept.
    """

    def __init__(self, folder: Path, max_age_seconds: float = 86_400, *, max_bytes: int = 500 * 1024**2) -> None:
        self.folder = folder
        self.max_age_seconds = max_age_seconds
        self.max_bytes = max_bytes
        self._held: int | None = None
        self._lock = threading.Lock()

    def is_fresh(self, cached: Cached, *, now: float) -> bool:
        """Young enough to be answered without asking; an entry from the future is not."""
        return 0 <= now - cached.confirmed_at <= self.max_age_seconds

    def find(self, request: Request) -> Cached | None:
        """The kept answer, of any age; None if there is none or it is damaged."""
        try:
            return _read(self._path(request).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, request: Request, cached: Cached) -> None:
        """Keep the answer in place of an earlier one, and let the oldest go when there are too many bytes."""
        content = _written(cached)
        if len(content) > self.max_bytes:
            return
        with self._lock, contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _replace(self._path(request), content)
            self._make_room(len(content))

    def info(self) -> CacheInfo:
        """How much is kept where."""
        sizes = [size for _, size, _ in self._entries()]
        return CacheInfo(self.folder, len(sizes), sum(sizes))

    def clear(self) -> int:
        """Remove every entry, and nothing else that stands in the folder; the number removed."""
        with self._lock:
            self._held = None
            removed = [_removed(path) for _, _, path in self._entries()]
            for path in self._files(_LEFT_OVER):
                _removed(path)
        return sum(removed)

    def _path(self, request: Request) -> Path:
        accept = request.headers.get("accept", "")
        key = "\n".join((request.method, request.url, accept))
        return self.folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}.http"

    def _files(self, name: re.Pattern[str]) -> Iterator[Path]:
        with contextlib.suppress(OSError), os.scandir(self.folder) as found:
            yield from (Path(entry.path) for entry in found if name.fullmatch(entry.name))

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        for path in self._files(_ENTRY):
            with contextlib.suppress(OSError):  # another process may have removed it meanwhile
                facts = path.stat()
                yield facts.st_mtime, facts.st_size, path

    def _make_room(self, added: int) -> None:
        """Counts as it goes, because reading the folder's sizes at every answer would cost more than the answer."""
        self._held = None if self._held is None else self._held + added
        if self._held is not None and self._held <= self.max_bytes:
            return
        entries = sorted(self._entries())
        self._held = sum(size for _, size, _ in entries)
        for _, size, path in entries:
            if self._held <= self.max_bytes:
                return
            self._held -= size if _removed(path) else 0


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True


def _written(cached: Cached) -> bytes:
    """A digest, a line of facts, the body: a file cut short or changed is known by its digest."""
    status, url, headers, body, retrieved_at, _, history = cached.response
    facts = {
        "status": status,
        "url": url,
        "headers": {name: value for name, value in headers.items() if name != "set-cookie"},
        "retrieved_at": retrieved_at,
        "history": list(history),
        "confirmed_at": cached.confirmed_at,
    }
    content = json.dumps(facts).encode() + b"\n" + body
    return hashlib.sha256(content).hexdigest().encode() + b"\n" + content


def _read(text: bytes) -> Cached:
    digest, _, content = text.partition(b"\n")
    if digest != hashlib.sha256(content).hexdigest().encode():
        raise ValueError("the entry is damaged")
    head, _, body = content.partition(b"\n")
    facts = json.loads(head)
    response = Response(
        status=facts["status"],
        url=facts["url"],
        headers=facts["headers"],
        body=body,
        retrieved_at=facts["retrieved_at"],
        from_cache=True,
        history=tuple(facts["history"]),
    )
    return Cached(response, facts["confirmed_at"])


def _replace(path: Path, content: bytes) -> None:
    """Written beside and moved into place: a reader sees the old entry or the new one. mkstemp makes it 0600."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix="fairkit-", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
