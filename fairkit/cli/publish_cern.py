"""`fairkit publish --cern`: a submission bundle for CERN Open Data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fairkit.errors import UsageError

from . import edge
from .bytes_shown import harmless, shown

if TYPE_CHECKING:
    from fairkit.gate import Verdict
    from fairkit.publish.cern.bundle import Bundle, Submission
    from fairkit.publish.places import Place
    from fairkit.publish.release import Release

__all__ = ["Submitted", "submitted"]

_FOLDER = "./submission"


class Submitted(NamedTuple):
    """What a call asks of a submission."""

    output: str | None = None
    recid: str | None = None
    cookie_file: str | None = None
    releases: str | None = None


def submitted(release: Release, where: Place, asked: Submitted, verdict: Verdict, *, json: bool, quiet: bool) -> int:
    """Write the bundle, and hand it to the curators' releases where there is a session for them."""
    from fairkit.publish.cern import bundle, words
    from fairkit.publish.cern.lines import sourced

    from .looks import json_of

    experiment, output = str(where.experiment), asked.output or _FOLDER
    _refuse_inside(output, release.root)
    files = bundle.data_of(release.contents())
    with shown(quiet=quiet) as progress:
        progress.begin(sum(file.size for file in files))
        made = bundle.made(release.resource, files, experiment, recid=asked.recid, advance=progress.advance)
    made = made._replace(faults=sourced(made.faults, release.root))
    text = words.pull_request(made, gate=_gate(verdict))
    told = bundle.write(made, output, {"PULL-REQUEST.md": text})
    if made.faults:
        edge.say(harmless_lines(words.checks(made.faults)))
        _tell(told, json=json)
        return 2
    if asked.cookie_file is not None:
        return _released(release, where, made, asked, json=json, quiet=quiet)
    if json:
        edge.write(json_of(told), None)
    else:
        _tell(told, json=False)
    return 0


def _refuse_inside(output: str, root: str) -> None:
    """What lies among the data would be data of the next submission.

    Raises:
        UsageError: if the bundle is to be written into the folder that it is made of.
    """
    if Path(output).resolve().is_relative_to(Path(root).resolve()):
        remedy = "Name a folder beside it: -o ../submission"
        raise UsageError("the bundle would lie among the data", value=output, remedy=remedy)


def harmless_lines(text: str) -> str:
    return "\n".join(map(harmless, text.split("\n")))


def _gate(verdict: Verdict) -> str:
    rows = [f"{one.what}: {one.why}" for one in (*verdict.blocking, *verdict.unknown)]
    return f"{verdict.verdict}, checklist {verdict.checklist.id}" + "".join(f"; {row}" for row in rows)


def _tell(told: Submission, *, json: bool) -> None:
    from .looks import json_of

    lines = (
        f"{told.root}: a submission of {told.experiment}, record {told.recid} (the portal confirms the number)",
        f"  {told.files:,} files, {told.byte_size:,} bytes, to be uploaded to {told.area} by those who may",
        f"  {told.record}: the record, for a pull request; PULL-REQUEST.md tells who does what",
    )
    edge.write(json_of(told) if json else harmless_lines("\n".join(lines)).encode("utf-8", "replace") + b"\n", None)


def _released(release: Release, where: Place, made: Bundle, asked: Submitted, *, json: bool, quiet: bool) -> int:
    from fairkit.publish import releases
    from fairkit.publish.journal import opened

    from .looks import json_of

    base = releases.portal(asked.releases or where.base)
    cookie = releases.cookie_of(str(asked.cookie_file), base)
    with opened(release.root, base) as journal, releases.curator(base, cookie) as portal:
        found = releases.drive(
            portal,
            str(where.experiment),
            [made.record],
            name=str(made.record["title"]),
            release=release.release,
            journal=journal,
            say=edge.say if not quiet else lambda _: None,
        )
    lines = [f"{found.url}: {found.status}", *(f"  {step}" for step in found.steps)]
    lines += [f"  ✗ {error}" for error in found.errors]
    lines += ["  Staging, the DOI and publishing stay with the curator."] if not found.errors else []
    edge.write(json_of(found) if json else harmless_lines("\n".join(lines)).encode("utf-8", "replace") + b"\n", None)
    return 2 if found.errors else 0
