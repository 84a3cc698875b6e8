"""`fairkit verify`: whether a package is as it was made, to the byte, and whether its model does what it should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from . import edge
from .bytes_shown import harmless, number, shown, size
from .options import Json, Quiet
from .verify_model import Wanted, lines, ran

if TYPE_CHECKING:
    from fairkit.verification.report import Report

__all__ = ["verify"]


@edge.guarded
def verify(
    package: Annotated[str, typer.Argument(metavar="PKG", help="The package, a folder or a ZIP archive.")],
    jobs: Annotated[
        str | None, typer.Option("--jobs", "-j", metavar="N", help="Files at once; as many as there are cores.")
    ] = None,
    run: Annotated[bool, typer.Option("--run", help="Run the ONNX model that is in it on its example rows.")] = False,
    power: Annotated[
        bool, typer.Option("--power", help="See, too, whether the examples notice changed weights.")
    ] = False,
    noise: Annotated[
        str | None, typer.Option("--noise", metavar="X", help="The relative change of weights to be noticed; 0.01.")
    ] = None,
    rtol: Annotated[
        str | None, typer.Option("--rtol", metavar="X", help="How far outputs may differ, relatively; 1e-5.")
    ] = None,
    atol: Annotated[
        str | None, typer.Option("--atol", metavar="X", help="How far they may differ beside that; 1e-6.")
    ] = None,
    seconds: Annotated[
        str | None, typer.Option("--seconds", metavar="S", help="The time that the model may take; 60.")
    ] = None,
    record: Annotated[bool, typer.Option("--record", help="Keep the run in its verification.json.")] = False,
    make_outputs: Annotated[
        bool, typer.Option("--make-outputs", help="Let the model itself make the expected outputs first.")
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Hold every byte of a package against its manifest, and run its model on its examples.

    \b
    fairkit verify ./package
    fairkit verify package.zip
    fairkit verify ./model --run --power

    Files that are missing, changed or not named are told, and so are links, names that lead out of the package, and
    documents that contradict the manifest. With --run, or any option that goes with it, the model is run in a process
    that can do little else: on examples/inputs.npz, against examples/outputs.npz. A folder needs no manifest then. The
    exit code is 0 if nothing is wrong, 1 if something is or the examples have no power, and 2 if there is no package,
    no model or no examples.
    """
    from fairkit.package.verify import verify as checked
    from fairkit.verification.report import has_manifest, report

    workers = number(jobs, "--jobs", example=4)
    wanted = Wanted(run, power, record, make_outputs, noise, rtol, atol, seconds)
    of_model = ran(package, wanted, quiet=quiet) if wanted.any else None
    fixity = None
    if of_model is None or (has_manifest(package) and not package.endswith(".onnx")):
        with shown(quiet=quiet) as progress:
            fixity = checked(package, jobs=workers, progress=progress)
    found = report(package, fixity, of_model)
    for name in found.aside if not quiet else ():
        edge.say(f"fairkit: {name} is hidden, and no part of the package")
    if json or not (quiet and found.passed):
        edge.write(_json(found) if json else _text(found, held=fixity is not None), None)
    return 0 if found.passed else 1


def _json(found: Report) -> bytes:
    import json

    from fairkit.model.base import plain

    return json.dumps(plain(found), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def _text(found: Report, *, held: bool) -> bytes:
    told = [*_of_files(found)] if held else []
    if found.run is not None:
        told += lines(found.run)
    return "\n".join(map(harmless, told)).encode("utf-8", "replace") + b"\n"


def _of_files(found: Report) -> Iterator[str]:
    """What is wrong with the files of a package, and a line about them all."""
    wrong = [f"missing: {name}" for name in found.missing]
    wrong += [f"changed: {name}" for name in found.changed]
    wrong += [f"not in the manifest: {name}" for name in found.extra]
    wrong += found.faults
    yield from wrong
    many = f"{len(wrong):,} things are" if len(wrong) != 1 else "1 thing is"
    verdict = f"NOT as it was made, {many} wrong" if wrong else "as it was made"
    yield f"{found.root}: {found.files:,} files, {size(found.byte_size)}, {verdict}"
