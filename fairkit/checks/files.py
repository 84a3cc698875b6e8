"""Files: are they named, sized and protected against silent change, and do the numbers agree?"""

from __future__ import annotations

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed

from ._check import Seen, check, share

_CRYPTOGRAPHIC = {"sha256", "sha384", "sha512", "sha3-256", "sha3-512", "blake2b", "blake3"}


@check(fields={"listing", "distributions"})
def lists_files(view: Seen) -> Outcome:
    """The data files are named one by one.

    List every file with name, size and checksum; an index file is second best, for it must be fetched to be read.
    """
    listing, count = view.resource.listing, len(view.resource.distributions)
    if listing == "absent":
        return fail("no file is named", fix=Fix("distributions"))
    if listing == "index":
        message = "{count} entries, some of them only indexes of the data files"
        return partial(message, "distributions", "listing", count=count, fix=Fix("distributions"))
    return passed("{count} files", "distributions", "listing", count=count)


@check(fields={"distributions"})
def files_have_sizes(view: Seen) -> Outcome:
    """Every file states its size in bytes.

    Take it from the file system; it is the first thing that a broken download gets wrong.
    """
    files = view.resource.distributions
    if not files:
        return not_applicable("no file is named")
    sized = sum(1 for file in files if file.byte_size is not None)
    told = share(sized, len(files))
    if sized == len(files):
        return passed("{count} files do", "distributions", count=told)
    return (partial if sized else fail)("{count} files do", "distributions", count=told, fix=Fix("distributions"))


@check(fields={"distributions"})
def files_have_checksums(view: Seen) -> Outcome:
    """Every file has a checksum, so that a broken copy is noticed.

    Write sha256 beside whatever the storage uses.
    """
    files = view.resource.distributions
    if not files:
        return not_applicable("no file is named")
    summed = sum(1 for file in files if file.checksums)
    told = share(summed, len(files))
    if summed == len(files):
        return passed("{count} files do", "distributions", count=told)
    return (partial if summed else fail)("{count} files do", "distributions", count=told, fix=Fix("distributions"))


@check(fields={"distributions"})
def checksums_are_cryptographic(view: Seen) -> Outcome:
    """The checksums prove that nobody changed a file, on purpose or not.

    adler32, crc32, md5 and sha1 catch accidents only: add sha256 or sha512.
    """
    found = dict.fromkeys(c.algorithm for file in view.resource.distributions for c in file.checksums)
    if not found:
        return not_applicable("there is no checksum")
    weak = [file for file in view.resource.distributions if not any(c.algorithm in _CRYPTOGRAPHIC for c in file.checksums)]
    names = ", ".join(found)
    if not weak:
        return passed("{names}", "distributions", names=names)
    verdict = partial if _CRYPTOGRAPHIC & found.keys() else fail
    return verdict("{names} only" if verdict is fail else "not on every file: {names}", "distributions", names=names, fix=Fix("distributions"))


@check(fields={"byte_size", "distributions"})
def states_size(view: Seen) -> Outcome:
    """The size of the whole is stated, so that a reader knows what is coming.

    State the sum of the sizes of all files in bytes.
    """
    size = view.resource.byte_size
    if size is not None:
        return passed("{size:,} bytes", "byte_size", size=size)
    if any(file.byte_size for file in view.resource.distributions):
        return partial("only file by file", "distributions", fix=Fix("byte_size"))
    return fail("no size is stated", fix=Fix("byte_size"))


@check(fields={"byte_size", "distributions", "listing"})
def size_agrees(view: Seen) -> Outcome:
    """The size that is claimed is the sum of the files.

    Count again: one of the two is out of date.
    """
    claimed, sizes = view.resource.byte_size, [file.byte_size for file in view.resource.distributions]
    if claimed is None or view.resource.listing != "complete" or None in sizes:
        return not_applicable("not everything to compare is stated")
    total = sum(size for size in sizes if size is not None)
    if total == claimed:
        return passed("{claimed:,} bytes both ways", "byte_size", "distributions", claimed=claimed)
    message = "{claimed:,} bytes are claimed, the {count} files sum to {total:,}"
    at, fix = ("byte_size", "distributions"), Fix("byte_size", str(total))
    return fail(message, *at, claimed=claimed, count=len(sizes), total=total, fix=fix)


@check(fields={"file_count", "distributions", "listing"})
def count_agrees(view: Seen) -> Outcome:
    """The number of files that is claimed is the number that is named.

    Count again: one of the two is out of date.
    """
    claimed, named = view.resource.file_count, len(view.resource.distributions)
    if claimed is None or view.resource.listing != "complete":
        return not_applicable("not everything to compare is stated")
    if claimed == named:
        return passed("{claimed} files both ways", "file_count", "distributions", claimed=claimed)
    fix = Fix("file_count", str(named))
    return fail("{claimed} files are claimed, {named} are named", "file_count", claimed=claimed, named=named, fix=fix)
