"""Through an HDF5 file link by link, looking at each before it is followed: nothing in another file is opened.

An HDF5 file can name other files in four ways: external links, external raw storage, virtual datasets and links that
only a plug-in understands. HDF5 itself opens these without a word as soon as the object, or only its shape, is asked
for; so each is recognised by what the link or the creation properties say, told in a note, and left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from fairkit.errors import UnreadableDocument

__all__ = ["CODECS", "Stored", "Walk", "texts_of"]

_INDEX = b"_i_"
"""How PyTables names the groups of its search indices, and nothing else."""
_MOST_OBJECTS = 50_000
_DEEPEST = 64
_MOST_HOPS = 64
"""Soft links on one way, all told: a few that lead through each other would make more ways than can be gone."""
_MOST_NOTES = 200
_MOST_ATTRIBUTES = 256
_MOST_TEXT = 1 << 16
"""Bytes of an attribute; column names of pandas with its 800 columns take 16 kB."""
_MOST_ITEMS = 1000
_MOST_CHUNK = 1 << 29
_MOST_TYPE = 1 << 24
_FREE = 1 << 26
_MOST_RATIO = 2000
"""Deflate makes a thousand bytes of one at the most; more than twice that is no compression but an invention. Arrays
below 64 MiB may be as empty as they like."""

CODECS = {
    1: "gzip", 4: "szip", 5: "nbit", 6: "scaleoffset", 307: "bzip2", 32000: "lzf", 32001: "blosc", 32004: "lz4",
    32008: "bitshuffle", 32013: "zfp", 32015: "zstd", 32026: "blosc2",
}  # fmt: skip
"""Filters that make data smaller, by their registered numbers."""
_NO_CODEC = (2, 3)  # shuffle, fletcher32


class Stored(NamedTuple):
    """A dataset that may be looked at."""

    path: str
    id: Any
    dtype: Any
    shape: tuple[int, ...]
    chunk: int
    """Rows that are stored together; 1 if it is not chunked."""
    codecs: tuple[str, ...]
    fault: str | None
    """Why its values are not read, though what it is may be told."""

    @property
    def row_bytes(self) -> int:
        """Bytes of an entry, but for what is of variable length."""
        size: int = self.dtype.itemsize
        for length in self.shape[1:]:
            size *= length
        return size


class Walk:
    """All datasets of a file that lie in it, the groups that hold them, and notes of what was left alone."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._seen: set[Any] = set()
        self._of_pytables = "PYTABLES_FORMAT_VERSION" in file.attrs
        self.datasets: list[Stored] = []
        self.groups: list[str] = []
        self.notes: list[str] = []
        self._open(file.id, b"/", "/", -1)

    def _note(self, text: str) -> None:
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(text)
        elif len(self.notes) == _MOST_NOTES:
            self.notes.append("more was left aside, of which nothing is said")

    def _enter(self, at: Any, name: bytes, path: str, depth: int) -> None:
        """Walk through a group."""
        import h5py

        if depth > _DEEPEST:
            self._note(f"{path}: groups deeper than {_DEEPEST} are not entered")
            return
        group = h5py.h5g.open(at, name)
        self.groups.append(path)
        for child in _names(group):
            if self._of_pytables and child.startswith(_INDEX):
                continue
            there = f"{path.rstrip('/')}/{child.decode('utf-8', 'replace')}"
            if len(self._seen) > _MOST_OBJECTS:
                raise UnreadableDocument(
                    f"more than {_MOST_OBJECTS} objects are in it", value=there, remedy="Is that meant?"
                )
            self._meet(group, child, there, depth)

    def _meet(self, group: Any, name: bytes, path: str, depth: int) -> None:
        """Look at one link, and at what it leads to if that is in this file."""
        import h5py

        kind = group.links.get_info(name).type
        if kind == h5py.h5l.TYPE_SOFT:
            self._meet_soft(group, name, path)
        elif kind == h5py.h5l.TYPE_EXTERNAL:
            file, target = group.links.get_val(name)
            self._note(f"{path}: a link into another file, {_shown(file)} at {_shown(target)}, is not followed")
        elif kind != h5py.h5l.TYPE_HARD:
            self._note(f"{path}: a link of kind {int(kind)}, which only a plug-in understands, is not followed")
        else:
            self._open(group, name, path, depth)

    def _meet_soft(self, group: Any, name: bytes, path: str) -> None:
        """A soft link is another name of something that is met on its own, unless it leads elsewhere."""
        target = group.links.get_val(name)
        try:
            self.resolve(target, base=path.rpartition("/")[0] or "/")
        except _LeadsOut as error:
            self._note(f"{path}: a link to {_shown(target)} is not followed: {error}")

    def _open(self, group: Any, name: bytes, path: str, depth: int) -> None:
        import h5py

        info = h5py.h5o.get_info(group, name)
        identity = (info.fileno, info.addr)
        if identity in self._seen:
            return
        self._seen.add(identity)
        if info.type == h5py.h5o.TYPE_GROUP:
            self._enter(group, name, path, depth + 1)
        elif info.type == h5py.h5o.TYPE_DATASET:
            found = self._dataset(h5py.h5d.open(group, name), path)
            self.datasets += [found] if found else []

    def _dataset(self, found: Any, path: str) -> Stored | None:
        """A dataset, unless it has its values from another file: then not even its shape is asked for."""
        made = found.get_create_plist()
        away = self._elsewhere(made, path)
        if away:
            self._note(f"{path}: {away}")
            return None
        dtype = self._type(found, path)
        if dtype is None:
            return None
        shape = found.shape
        if shape is None:
            self._note(f"{path}: it has no values (a null dataspace)")
            return None
        codecs, fault = _filters(made)
        fault = fault or _bomb(found, made, shape, dtype)
        if fault:
            self._note(f"{path}: {fault}")
        chunk = made.get_chunk()[0] if made.get_layout() == _chunked() and shape else 1
        return Stored(path, found, dtype, shape, max(1, chunk), codecs, fault)

    def _type(self, found: Any, path: str) -> Any:
        kind = found.get_type()
        size = kind.get_size()
        if size > _MOST_TYPE:
            self._note(f"{path}: items of {size} bytes are not read")
            return None
        try:
            return kind.dtype
        except (TypeError, ValueError, NotImplementedError, RuntimeError) as error:
            self._note(f"{path}: its type is none of NumPy's ({' '.join(str(error).split())[:200]})")
            return None

    def _elsewhere(self, made: Any, path: str) -> str | None:
        """Where else its values are, told by how it was made."""
        import h5py

        if made.get_external_count():
            name = made.get_external(0)[0]
            return f"its values stand in another file, {_shown(name)}, which is not opened"
        if made.get_layout() != h5py.h5d.VIRTUAL:
            return None
        for number in range(made.get_virtual_count()):
            file, dataset = made.get_virtual_filename(number), made.get_virtual_dsetname(number)
            if file != ".":
                return f"a virtual dataset over another file, {_shown(file)}, which is not opened"
            try:
                self._resolve_plain(dataset)
            except _LeadsOut as error:
                return f"a virtual dataset over {_shown(dataset)}, which is not followed: {error}"
        return None

    def _resolve_plain(self, path: str) -> None:
        """That a part of a virtual dataset is an ordinary dataset of this file.

        Raises:
            _LeadsOut: if not.
        """
        import h5py

        if "%" in path:
            raise _LeadsOut("it is a pattern")
        group, name = self.resolve(path.encode(), base="/")
        if h5py.h5o.get_info(group, name).type != h5py.h5o.TYPE_DATASET:
            raise _LeadsOut("that is no dataset")
        made = h5py.h5d.open(group, name).get_create_plist()
        if made.get_external_count() or made.get_layout() == h5py.h5d.VIRTUAL:
            raise _LeadsOut("that has its values elsewhere too")

    def resolve(self, path: bytes, *, base: str) -> tuple[Any, bytes]:
        """The group and the name of what a path leads to, followed part by part through this file only.

        Raises:
            _LeadsOut: if it leads into another file, nowhere, or in circles.
        """
        self._hops = 0
        return self._follow(path, base)

    def _follow(self, path: bytes, base: str) -> tuple[Any, bytes]:
        import h5py

        self._hops += 1
        if self._hops > _MOST_HOPS:
            raise _LeadsOut("it leads in circles")
        parts = [part for part in path.split(b"/") if part not in (b"", b".")]
        start = "/" if path.startswith(b"/") else base
        at, name = self._file.id, b"/"
        if start != "/":
            at, name = self._follow(start.encode(), "/")
        here = start
        for part in parts:
            if h5py.h5o.get_info(at, name).type != h5py.h5o.TYPE_GROUP:
                raise _LeadsOut(f"{here} is no group")
            at, name = self._step(h5py.h5g.open(at, name), part, here)
            here = f"{here.rstrip('/')}/{part.decode('utf-8', 'replace')}"
        return at, name

    def _step(self, group: Any, part: bytes, here: str) -> tuple[Any, bytes]:
        import h5py

        if not group.links.exists(part):
            raise _LeadsOut("there is nothing")
        kind = group.links.get_info(part).type
        if kind == h5py.h5l.TYPE_SOFT:
            return self._follow(group.links.get_val(part), here)
        if kind != h5py.h5l.TYPE_HARD:
            raise _LeadsOut("that leads into another file")
        return group, part


class _LeadsOut(Exception):  # noqa: N818
    """A path that is not followed, and why."""


def _names(group: Any) -> Iterator[bytes]:
    """The names of the links in a group, in the order in which they were made where that is kept."""
    import h5py

    count = group.get_num_objs()
    if count > _MOST_OBJECTS:
        raise UnreadableDocument(f"{count} links stand in one group", value=count, remedy="Is that meant?")
    ordered = group.get_create_plist().get_link_creation_order() & h5py.h5p.CRT_ORDER_INDEXED
    names: list[bytes] = []
    # What the function answers would end the iteration, unless it is None.
    group.links.iterate(names.append, idx_type=h5py.h5.INDEX_CRT_ORDER if ordered else h5py.h5.INDEX_NAME)
    return iter(names)


def _shown(name: str | bytes) -> str:
    text = name.decode("utf-8", "replace") if isinstance(name, bytes) else name
    return repr(text if len(text) <= 200 else f"{text[:200]}…")


def _chunked() -> Any:
    import h5py

    return h5py.h5d.CHUNKED


def _filters(made: Any) -> tuple[tuple[str, ...], str | None]:
    """The codecs, and which of them is not there to read with."""
    import h5py

    codecs: list[str] = []
    fault = None
    for number in range(made.get_nfilters()):
        code = made.get_filter(number)[0]
        if code not in _NO_CODEC:
            codecs.append(CODECS.get(code, f"filter {code}"))
        if not h5py.h5z.filter_avail(code):
            fault = f"it is compressed with {CODECS.get(code, f'filter {code}')}, which fairkit does not read"
    return tuple(codecs), fault


def _bomb(found: Any, made: Any, shape: tuple[int, ...], dtype: Any) -> str | None:
    """Why reading it would only fill the memory, if so."""
    size = dtype.itemsize
    for length in shape:
        size *= length
    if made.get_layout() == _chunked():
        chunk = dtype.itemsize
        for length in made.get_chunk():
            chunk *= length
        if chunk > _MOST_CHUNK:
            return f"its chunks of {chunk} bytes are larger than fairkit reads"
    kept = found.get_storage_size()
    if size > _FREE and size > _MOST_RATIO * kept:
        return f"it declares {size} bytes and stores {kept}: its values are not read"
    return None


def texts_of(found: Any) -> dict[str, str]:
    """The small attributes of an object as texts; what is large, or no text or number, is left out."""
    import h5py

    told: dict[str, str] = {}
    for name in _attribute_names(found):
        attribute = h5py.h5a.open(found.id, name)
        points = attribute.get_space().get_simple_extent_npoints()
        if points > _MOST_ITEMS or points * attribute.get_type().get_size() > _MOST_TEXT:
            continue
        text = _text(found.attrs, attribute)
        if text is not None and len(text) <= _MOST_TEXT:
            told[attribute.name.decode("utf-8", "replace")] = text
    return told


def _attribute_names(found: Any) -> list[bytes]:
    """The names of the first attributes; by their number each would take HDF5 through all of them."""
    import h5py

    names: list[bytes] = []

    def keep(name: bytes) -> bool | None:
        names.append(name)
        return True if len(names) >= _MOST_ATTRIBUTES else None  # anything but None ends the iteration

    h5py.h5a.iterate(found.id, keep)
    return names


def _text(attributes: Any, attribute: Any) -> str | None:
    """The value of an attribute: one text, or numbers and texts with commas."""
    import h5py
    import numpy as np

    try:
        dtype = attribute.dtype
        if dtype.kind not in "biufS" and not h5py.check_string_dtype(dtype):
            return None
        value = attributes[attribute.name]
    except (TypeError, ValueError, RuntimeError, OSError, KeyError, NotImplementedError):
        return None
    items = [] if isinstance(value, h5py.Empty) else np.asarray(value).reshape(-1).tolist()
    return ", ".join(item.decode("utf-8", "replace") if isinstance(item, bytes) else str(item) for item in items)
