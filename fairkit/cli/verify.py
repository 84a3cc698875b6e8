"""`fairkit verify`: whether a package is as it was made, to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from . import edge
from .bytes_shown import harmless, number, shown, size
from .options import Json, Quiet

if TYPE_CHECKING:
    from fairkit.package.verify import Fixity

__all__ = ["verify"]


@edge.guarded
def verify(
    package: Annotated[str, typer.Argument(metavar="PKG", help="The package, a folder or a ZIP archive.")],
    jobs: Annotated[
        str | None, typer.Option("--jobs", "-j", metavar="N", help="Files at once; as many as there are cores.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Hold every byte of a package against its manifest.

    \b
    fairkit verify ./package
    fairkit verify package.zip

    Files that are missing, changed or not named are told, and so are links, names that lead out of the package, and
    documents that contradict the manifest. The exit code is 0 if nothing is wrong, 1 if something is, and 2 if there
    is no package.
    """
    from fairkit.package.verify import verify as checked

    workers = number(jobs, "--jobs", example=4)
    with shown(quiet=quiet) as progress:
        found = checked(package, jobs=workers, progress=progress)
    for name in found.aside if not quiet else ():
        edge.say(f"fairkit: {name} is hidden, and no part of the package")
    if json or not (quiet and found.passed):
        edge.write(_json(found) if json else _text(found), None)
    return 0 if found.passed else 1


def _json(found: Fixity) -> bytes:
    import json

    from fairkit.model.base import plain

    return json.dumps(plain(found), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def _text(found: Fixity) -> bytes:
    lines = [f"missing: {name}" for name in found.missing]
    lines += [f"changed: {name}" for name in found.changed]
    lines += [f"not in the manifest: {name}" for name in found.extra]
    lines += found.faults
    wrong = f"{len(lines):,} things are" if len(lines) != 1 else "1 thing is"
    verdict = "as it was made" if found.passed else f"NOT as it was made, {wrong} wrong"
    lines.append(f"{found.root}: {found.files:,} files, {size(found.byte_size)}, {verdict}")
    return "\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n"
