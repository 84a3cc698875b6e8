"""`fairkit link`: which data a model was trained, validated or tested on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit import atomic
from fairkit.errors import NotFound, UnreadableDocument, UsageError

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
_MOST_BYTES = 4 * 1024 * 1024
_MOST_LIST = 64 * 1024 * 1024


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
    from fairkit.package.layout import not_a_package
    from fairkit.package.linked import Linked

    if role not in training.ROLES:
        raise UsageError(f"{role!r} is no role", value=role, remedy=f"There are: {', '.join(training.ROLES)}")
    if not os.path.isdir(model):
        raise NotFound(f"there is no folder {model}", value=model, remedy="Name the folder of the model.")
    named = () if files is None else _names(files)
    path, text, view = _told(model)
    codes: list[int] = []
    found = _dataset(dataset, codes, offline=offline)
    if found is None:
        return edge.worst(codes)
    resource, rows, score = found
    use = training.use_of(resource, role, split=split, files=named, score=score)
    uses = training.joined(view.resource.data_uses, use)
    shared = training.overlaps(uses, resource, rows)
    changed = uses != view.resource.data_uses
    if not shared and changed:
        not_a_package(model, _FILE)
        atomic.write(path, _edited(path, text, view, uses))
    written = path if not shared and changed else None
    faults = (*shared, *training.not_compared(use, resource))
    made = Linked(target=model, dataset=dataset, passed=not shared, written=written, data_uses=uses, faults=faults)
    _say(made, use, json=json, quiet=quiet)
    return 1 if shared else 0


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
    """The names in a list of files, in their order.

    Raises:
        UsageError: if it cannot be read, or names none.
    """
    from fairkit.evidence import local

    remedy = "A text: one name a line."
    answer = local.read(path, most=_MOST_LIST)
    if answer.error:
        raise UsageError(f"{path} cannot be read: {answer.error}", value=path, remedy=remedy)
    try:
        lines = answer.body.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} cannot be read: {error}", value=path, remedy=remedy) from None
    found = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not found:
        raise UsageError(f"{path} names no files", value=path, remedy=remedy)
    return found


def _told(root: str) -> tuple[str, str, View]:
    """The fairkit.toml of the model: its path, its text and what it says; one that is not there says nothing.

    Raises:
        UsageError: if it is a link.
        UnreadableDocument: if it cannot be read, or tells of data what would be lost in writing it anew.
    """
    from fairkit.dialects import fairkit_toml
    from fairkit.evidence import local
    from fairkit.model.evidence import Document

    path = os.path.join(root, _FILE)
    if os.path.islink(path):
        raise UsageError(f"{path} is a link", value=path, remedy="Put the file itself into the folder.")
    body = b""
    if os.path.lexists(path):
        answer = local.read(path, most=_MOST_BYTES)
        if answer.error:
            raise UnreadableDocument(f"{path} cannot be read: {answer.error}", value=path)
        body = answer.body
    view = fairkit_toml.read(
        Document(representation="fairkit-toml", media_type=fairkit_toml.MEDIA_TYPE, url=path, body=body)
    )
    broken = [one for one in view.faults if one.startswith(("model:", "model.data")) and "no such key" not in one]
    if broken:
        raise UnreadableDocument(f"{path}: {broken[0]}", value=path, remedy="Mend it: it would be lost.")
    return path, body.decode(), view


def _edited(path: str, text: str, view: View, uses: tuple[DataUse, ...]) -> bytes:
    """The text with the uses in it.

    Raises:
        UnreadableDocument: if something that stands there would be lost.
    """
    from fairkit.fix.edits import edits
    from fairkit.fix.toml import edited

    made = edits(view, "data_uses", uses)
    if not made:
        what = f"the data of {path} cannot be edited where they stand"
        raise UnreadableDocument(what, value=path, remedy="Write them as [[model.data]].")
    return edited(text, made).encode()


def _say(made: Linked, use: DataUse, *, json: bool, quiet: bool) -> None:
    if json:
        from .looks import json_of

        edge.write(json_of(made), None)
    elif not quiet:
        lines = []
        for fault in made.faults:
            lines += [f"{fault.level}: {fault.code}: {fault.text}", f"  {fault.remedy}"]
        part = " ".join(filter(None, (use.title or str(use.identifier), use.version, use.split)))
        done = "is written to" if made.written else "stands already in" if made.passed else "is not written to"
        lines.append(f"{use.role} on {part} ({use.digest or 'no digest: the data tell none'}): {done} {_FILE}")
        lines += (
            [] if use.score is None else [f"the data score {use.score:.3f}: the model can be no more FAIR than they"]
        )
        edge.write("\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n", None)
