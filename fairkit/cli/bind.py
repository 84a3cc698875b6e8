"""`fairkit bind`: which documented variable of a dataset goes into which channel of a model."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit.errors import NotFound, UnreadableDocument, UsageError

from . import edge
from .bytes_shown import harmless
from .describe_model import model_in
from .gathering import Options, gathered
from .options import Json, Offline, OutputFile, Quiet

if TYPE_CHECKING:
    from fairkit.model.ai import Channel, ModelFile
    from fairkit.model.evidence import Document
    from fairkit.model.variable import Variable
    from fairkit.package.bound import Bound
    from fairkit.package.feature_lists import Features

__all__ = ["bind"]

_MOST_BYTES = 4 * 1024 * 1024


@edge.guarded
def bind(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="A file with a model, or its folder.")],
    dataset: Annotated[str, typer.Option("--dataset", metavar="TARGET", help="The data: 'record 12102', a folder.")],
    features: Annotated[
        str | None,
        typer.Option(
            "--features", metavar="FILE", help="The lists of features: JSON, YAML, TOML, CSV. Without: channels.csv."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Take the place of another channels.csv.")] = False,
    offline: Offline = False,
    json: Json = False,
    output: OutputFile = None,
    quiet: Quiet = False,
) -> int:
    """Bind every input channel of a model to a documented variable, in order, and write channels.csv beside it.

    \b
    fairkit bind model.onnx --dataset ./dataset --features features.json
    fairkit bind ./model --dataset ./dataset

    What is renamed, missing, doubled or no feature is named, and then nothing is written. A channels.csv that is there
    is kept, and what it says otherwise is named. Without --features it is held against the model and the data.
    """
    from fairkit.package import binding
    from fairkit.package.bound import Bound
    from fairkit.package.feature_lists import own_lists

    if json and output == "-":
        raise UsageError("channels.csv and JSON would both go to standard output", remedy="Name a file with -o.")
    place, found = _model(model)
    path = output or os.path.join(os.path.dirname(place), "channels.csv")
    before = None if force and features and os.path.isfile(path) else _before(path)
    lists, apart = _told(features) if features else _lists(before, path)
    codes: list[int] = []
    variables = _variables(dataset, codes, offline=offline)
    if codes:
        return edge.worst(codes)
    held = () if force or before is None else before
    made = binding.bind(found.inputs, lists=lists, variables=variables, apart=apart, before=held)
    faults = (*made.faults, *(binding.differences(held, made.channels, made.unmatched) if held else ()))
    faults += binding.contradictions(own_lists(found.metadata), made.channels)
    passed = bool(made.channels) and not any(fault.level == "error" for fault in faults)
    written = path if passed and (before is None or force) else None
    if written:
        _write(written, made.channels)
    bound = Bound(target=model, dataset=dataset, passed=passed, written=written, channels=made.channels, faults=faults)
    _say(bound, json=json, quiet=quiet)
    return 0 if passed else 1


def _write(path: str, channels: tuple[Channel, ...]) -> None:
    from fairkit.dialects import channels_csv
    from fairkit.model.resource import Resource
    from fairkit.package.layout import not_a_package

    if path != "-":
        not_a_package(os.path.dirname(path) or ".", os.path.basename(path))
    edge.write(channels_csv.write(Resource(channels=channels)), path)


def _say(bound: Bound, *, json: bool, quiet: bool) -> None:
    if json:
        from .looks import json_of

        edge.write(json_of(bound), None)
        return
    lines = [f"{fault.level}: {fault.code}: {fault.text}" for fault in bound.faults]
    lines.append(f"{len(bound.channels)} channels are bound" + (f", in {bound.written}" if bound.written else ""))
    if bound.written == "-":
        for line in () if quiet else lines:
            edge.say(f"fairkit: {line}")
    elif not quiet:
        edge.write("\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n", None)


def _model(path: str) -> tuple[str, ModelFile]:
    """The file of a model and what it tells: that file, or the one in the folder that names inputs.

    Raises:
        NotFound: if there is none.
        UsageError: if there are several in the folder.
    """
    from fairkit.package.layout import look

    if not os.path.exists(path):
        raise NotFound(f"there is no {path or 'model without a name'}", value=path, remedy="Is the path right?")
    names = look(path).data if os.path.isdir(path) else ()
    places = [os.path.join(path, name) for name in names] if names else [path]
    found = [(place, one) for place in places if (one := model_in(place)) is not None and (not names or one.inputs)]
    remedy = "Name an ONNX file, as in: model.onnx"
    if len(found) == 1 and not found[0][1].inputs:
        what = f"{path} tells no inputs: its format, {found[0][1].format}, has only weights"
        raise UsageError(what, value=path, remedy=remedy)
    if not found:
        raise NotFound(f"there is no model with inputs in {path}", value=path, remedy=remedy)
    if len(found) > 1:
        told = ", ".join(place for place, _ in found[:5])
        raise UsageError(f"{path} has {len(found)} models", value=path, remedy=f"Name one: {told}")
    return found[0]


def _lists(before: tuple[Channel, ...] | None, path: str) -> tuple[tuple[Features, ...], frozenset[str]]:
    """The lists of the binding that is there.

    Raises:
        UsageError: if there is none.
    """
    from fairkit.package.feature_lists import bound_before

    if not before:
        remedy = "Name the file that lists the features: --features features.json"
        raise UsageError(f"there is no {path}, and no list of features is named", value=path, remedy=remedy)
    return bound_before(before), frozenset()


def _before(path: str) -> tuple[Channel, ...] | None:
    """The channels of the file that is there; None where there is none.

    Raises:
        UnreadableDocument: if it cannot be read whole.
    """
    from fairkit.dialects import channels_csv

    if path == "-" or not os.path.lexists(path):
        return None
    view = channels_csv.read(_document(path, "channels-csv", channels_csv.MEDIA_TYPE))
    if view.faults:
        raise UnreadableDocument(f"{path}{view.faults[0]}", value=path, remedy="Mend it, or use --force.")
    return view.resource.channels


def _told(path: str) -> tuple[tuple[Features, ...], frozenset[str]]:
    """The lists of features of a file, and what it calls labels or spectators."""
    from fairkit.package import feature_lists

    return feature_lists.read(_document(path, "features", "text/plain"))


def _document(path: str, representation: str, media_type: str) -> Document:
    """A regular file of a size that a person would write.

    Raises:
        NotFound: if it is not there.
        UnreadableDocument: if it cannot be read.
    """
    from fairkit.evidence import local
    from fairkit.model.evidence import Document

    if not os.path.exists(path):
        raise NotFound(f"there is no {path}", value=path, remedy="Is the path right?")
    answer = local.read(path, most=_MOST_BYTES)
    if answer.error:
        raise UnreadableDocument(f"{path} cannot be read: {answer.error}", value=path, remedy="Is the path right?")
    return Document(representation=representation, media_type=media_type, url=path, body=answer.body)


def _variables(dataset: str, codes: list[int], *, offline: bool) -> tuple[Variable, ...]:
    from fairkit.dialects import harvest

    words = [dataset] if os.path.exists(dataset) else dataset.split()
    found = gathered(words, [], Options(offline=offline, quiet=True), codes)
    variables = tuple(one for each in found for one in harvest(each).resource.variables)
    if not variables and not codes:
        raise NotFound(f"no variable of {dataset} is documented", value=dataset, remedy="Describe them first.")
    return variables
