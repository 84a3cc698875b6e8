"""`fairkit link`: which data a model was trained, validated or tested on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit import atomic
from fairkit.errors import NotFound, UsageError

from . import edge
from .bytes_shown import harmless
from .gathering import Options, checklists, gathered
from .options import Json, Offline, Quiet

if TYPE_CHECKING:
    from fairkit.model.ai import DataUse
    from fairkit.model.harvest import View
    from fairkit.model.resource import Resource
    from fairkit.package.linked import Linked
    from fairkit.package.words import Overlap

__all__ = ["link"]

_FILE = "fairkit.toml"


@edge.guarded
def link(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="The folder of a model.")],
    dataset: Annotated[str, typer.Option("--dataset", metavar="TARGET", help="The data: 'record 12102', a folder.")],
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="trained, validated or tested.")],
    split: Annotated[str | None, typer.Option("--split", metavar="NAME", help="Which part of them.")] = None,
    files: Annotated[
        str | None, typer.Option("--files", metavar="FILE", help="A list of names, one a line, if not all were used.")
    ] = None,
    offline: Offline = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Write down which data a model was trained, validated or tested on, and prove that they are apart.

    \b
    fairkit link ./model --dataset ./dataset --role trained --split train
    fairkit link ./model --dataset "record 12102" --role tested --split test

    The fairkit.toml of the model gets the identifier, version, split, digest, licence and score of the data. Nothing is
    written, and the code is 1, if files, bytes or rows of one role are in another too.
    """
    from fairkit.package import training
    from fairkit.package.linked import Linked

    if role not in training.ROLES:
        raise UsageError(f"{role!r} is no role", value=role, remedy=f"There are: {', '.join(training.ROLES)}")
    if not os.path.isdir(model):
        raise NotFound(f"there is no folder {model}", value=model, remedy="Name the folder of the model.")
    codes: list[int] = []
    found = _dataset(dataset, codes, offline=offline)
    if found is None:
        return edge.worst(codes)
    resource, rows, score = found
    named = _names(files) if files else ()
    use = training.use_of(resource, role, split=split, files=named, score=score)
    path, text, view = _told(model)
    uses = training.joined(view.resource.data_uses, use)
    faults = training.overlaps(uses, resource, rows)
    changed = uses != view.resource.data_uses
    if not faults and changed:
        atomic.write(path, _edited(text, view, uses))
    written = path if not faults and changed else None
    made = Linked(target=model, dataset=dataset, passed=not faults, written=written, data_uses=uses, faults=faults)
    _say(made, use, json=json, quiet=quiet)
    return 1 if faults else 0


def _dataset(target: str, codes: list[int], *, offline: bool) -> tuple[Resource, tuple[Overlap, ...], float] | None:
    """What is told of the dataset, how its splits overlap where its rows can be read, and how FAIR it is at least."""
    from fairkit.assess.assessment import assess
    from fairkit.dialects import harvest

    words = [target] if os.path.exists(target) else target.split()
    chosen = checklists(None)
    found = gathered(words, chosen, Options(offline=offline, quiet=True), codes)
    if codes:
        return None
    if len(found) != 1:
        raise UsageError(f"{target} is {len(found):,} works", value=target, remedy="Name one dataset.")
    read = harvest(found[0])
    total = assess(read, chosen[0], when="").scores.total
    score = round(total.low, 3) if total else 0.0
    if not os.path.isdir(target):
        return read.resource, (), score
    from fairkit.package.description import describe

    described = describe(target, stats=True)
    return described.resource, described.overlaps, score


def _names(path: str) -> tuple[str, ...]:
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}", value=path, remedy="A text: one name a line.") from None
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _told(root: str) -> tuple[str, str, View]:
    """The fairkit.toml of the model: its path, its text and what it says; one that is not there says nothing."""
    from fairkit.dialects import fairkit_toml
    from fairkit.model.evidence import Document

    path = os.path.join(root, _FILE)
    if os.path.islink(path):
        raise UsageError(f"{path} is a link", value=path, remedy="Put the file itself into the folder.")
    body = Path(path).read_bytes() if os.path.exists(path) else b""
    view = fairkit_toml.read(
        Document(representation="fairkit-toml", media_type=fairkit_toml.MEDIA_TYPE, url=path, body=body)
    )
    return path, body.decode(), view


def _edited(text: str, view: View, uses: tuple[DataUse, ...]) -> bytes:
    from fairkit.dialects import fairkit_toml
    from fairkit.fix.edits import Edit, edits
    from fairkit.fix.toml import edited

    whole = [Edit(place, value) for place, value in fairkit_toml.encode("data_uses", uses).items()]
    return edited(text, edits(view, "data_uses", uses) or whole).encode()


def _say(made: Linked, use: DataUse, *, json: bool, quiet: bool) -> None:
    if json:
        from .looks import json_of

        edge.write(json_of(made), None)
    elif not quiet:
        lines = [f"{fault.level}: {fault.code}: {fault.text}" for fault in made.faults]
        part = " ".join(filter(None, (use.title or str(use.identifier), use.version, use.split)))
        done = "is written to" if made.written else "stands already in" if made.passed else "is not written to"
        lines.append(f"{use.role} on {part} ({use.digest or 'no digest: the data tell none'}): {done} {_FILE}")
        lines += (
            [] if use.score is None else [f"the data score {use.score:.3f}: the model can be no more FAIR than they"]
        )
        edge.write("\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n", None)
