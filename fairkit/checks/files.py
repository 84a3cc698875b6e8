"""Files: are they named, sized and protected against silent change, and do the numbers agree?"""

from __future__ import annotations

from collections.abc import Iterable

from fairkit.model.distribution import Distribution
from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.vocab import media_types

from . import _shared
from ._check import Seen, check, count, graded

_CRYPTOGRAPHIC = frozenset({"sha256", "sha384", "sha512", "sha3-256", "sha3-512", "blake2b", "blake3"})


@check(fields={"listing", "distributions"}, instead={"file_count", "relations"})
def lists_files(view: Seen) -> Outcome:
    """The data files are named one by one.

    List every file with name, size and checksum; an index file is second best, for it must be fetched to be read.
    """
    listing, files = view.resource.listing, view.resource.distributions
    if listing == "absent" or not files:
        return _shared.unnamed(view)
    if listing == "index":
        indexes = len([1 for file in files if file.role == "index"])
        message = "{entries}, of which {indexes} must be fetched to know the data files"
        told = {"entries": _entries(len(files)), "indexes": count(indexes, "index file")}
        return partial(message, "distributions", "listing", fix=Fix("distributions"), **told)
    return passed("{files}", "distributions", "listing", files=count(len(files), "file"))


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


@check(fields={"distributions"})
def files_have_sizes(view: Seen) -> Outcome:
    """Every file states its size in bytes.

    Take it from the file system; it is the first thing that a broken download gets wrong.
    """
    files = view.resource.distributions
    if not files:
        return not_applicable("no file is named")
    return graded(
        _shared.files(files).sized, len(files), "file", ("states its size", "state their size"), field="distributions"
    )


@check(fields={"distributions"})
def files_have_checksums(view: Seen) -> Outcome:
    """Every file has a checksum, so that a broken copy is noticed.

    Write sha256 beside whatever the storage uses.
    """
    files = view.resource.distributions
    if not files:
        return not_applicable("no file is named")
    return graded(
        _shared.files(files).summed, len(files), "file", ("has a checksum", "have a checksum"), field="distributions"
    )


@check(fields={"distributions"})
def checksums_are_cryptographic(view: Seen) -> Outcome:
    """The checksums prove that nobody changed a file, on purpose or not.

    adler32, crc32, md5 and sha1 catch accidents only: add sha256 or sha512.
    """
    files = view.resource.distributions
    found = _shared.files(files).algorithms
    if not found:
        return not_applicable("there is no checksum")
    names = ", ".join(found)
    if _CRYPTOGRAPHIC.isdisjoint(found):
        return fail("{names} only", "distributions", names=names, fix=Fix("distributions"))
    if all(any(c.algorithm in _CRYPTOGRAPHIC for c in file.checksums) for file in files):
        return passed("{names}", "distributions", names=names)
    return partial("not on every file: {names}", "distributions", names=names, fix=Fix("distributions"))


@check(fields={"byte_size", "distributions"})
def states_size(view: Seen) -> Outcome:
    """The size of the whole is stated, so that a reader knows what is coming.

    State the sum of the sizes of all files in bytes.
    """
    size = view.resource.byte_size
    if size is not None:
        return passed("{size:,} bytes", "byte_size", size=size)
    if _shared.files(view.resource.distributions).size:
        return partial("only file by file", "distributions", fix=Fix("byte_size"))
    return fail("no size is stated", fix=Fix("byte_size"))


@check(fields={"byte_size", "distributions", "listing"})
def size_agrees(view: Seen) -> Outcome:
    """The size that is claimed is the sum of the files.

    Count again: one of the two is out of date.
    """
    claimed, files = view.resource.byte_size, view.resource.distributions
    if claimed is None or view.resource.listing != "complete" or not files:
        return not_applicable("not everything to compare is stated")
    found = _shared.files(files)
    if found.sized < len(files):
        return not_applicable("not every file states its size")
    total, at = found.size, ("byte_size", "distributions")
    if total == claimed:
        return passed("{claimed:,} bytes both ways", *at, claimed=claimed)
    message = "{claimed:,} bytes are claimed, {files} of {total:,} bytes named"
    told = {"claimed": claimed, "files": count(len(files), "file"), "total": total}
    if claimed > total and _are_packed(files):
        return partial(message + ", packed", *at, fix=Fix("byte_size", str(total)), **told)
    return fail(message, *at, fix=Fix("byte_size", str(total)), **told)


@check(fields={"file_count", "distributions", "listing"})
def count_agrees(view: Seen) -> Outcome:
    """The number of files that is claimed is the number that is named.

    Count again: one of the two is out of date.
    """
    claimed, named = view.resource.file_count, len(view.resource.distributions)
    if claimed is None or view.resource.listing != "complete" or not named:
        return not_applicable("not everything to compare is stated")
    at = ("file_count", "distributions")
    if claimed == named:
        return passed("{files} both ways", *at, files=count(named, "file"))
    message, told = "{files} claimed, {named:,} named", {"files": count(claimed, "file"), "named": named}
    if claimed > named and _are_packed(view.resource.distributions):
        return partial(message + ", packed", *at, fix=Fix("file_count", str(named)), **told)
    return fail(message, *at, fix=Fix("file_count", str(named)), **told)


def _are_packed(files: Iterable[Distribution]) -> bool:
    """Whether all files are archives or compressed: what is claimed may be what comes out of them."""
    found = [media_types.compression_of(file.name) or media_types.of_file(file.name) for file in files]
    return all(each and each.container for each in found)
