"""`fairkit package`: a folder of files as a package that others can read, check and deposit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import edge
from .bytes_shown import harmless, number, shown, size
from .options import Json, Quiet

if TYPE_CHECKING:
    from fairkit.package.package import Package

__all__ = ["package"]


@edge.guarded
def package(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder with the data.")],
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="PKG", help="The package to make; the folder itself without it."),
    ] = None,
    archive: Annotated[bool, typer.Option("--zip", help="One ZIP archive, PKG.zip, with the files stored.")] = False,
    link: Annotated[bool, typer.Option("--link", help="Link files instead of copying them, on the same disk.")] = False,
    checksum: Annotated[
        str | None, typer.Option("--checksum", metavar="NAMES", help="More than sha256: md5,adler32")
    ] = None,
    jobs: Annotated[
        str | None, typer.Option("--jobs", "-j", metavar="N", help="Files at once; as many as there are cores.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Put data and their description together, with the digest of every file.

    \b
    fairkit package ./dataset -o ./package
    fairkit package ./dataset -o package.zip --zip
    fairkit package ./dataset

    Files are copied and digested at once. A run that was broken off goes on where it was, and a second run does only
    what has changed. The manifest is written last: what has none is not finished.
    """
    from fairkit.package.fixity import algorithms
    from fairkit.package.package import build

    wanted = algorithms(checksum)
    workers = number(jobs, "--jobs", example=4)
    with shown(quiet=quiet) as progress:
        made = build(folder, output, checksums=wanted, link=link, archive=archive, jobs=workers, progress=progress)
    for note in made.notes if not quiet else ():
        edge.say(f"fairkit: {note}")
    edge.write(_json(made) if json else _text(made), None)
    return 0


def _json(made: Package) -> bytes:
    import json

    from fairkit.model.base import plain

    return json.dumps(plain(made), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def _text(made: Package) -> bytes:
    data = made.resource.distributions
    held = sum(file.byte_size or 0 for file in data)
    lines = [f"{made.root}: {len(made.manifest):,} files, {len(data):,} of them data, {size(held)}"]
    lines += [f"  {name}" for name in made.documents]
    return "\n".join([*map(harmless, lines), "  manifest-sha256.txt"]).encode("utf-8", "replace") + b"\n"
