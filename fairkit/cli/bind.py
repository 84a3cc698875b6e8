"""`fairkit bind`: which documented variable of a dataset goes into which channel of a model."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fairkit.errors import NotFound, UnreadableDocument, UsageError

from . import edge
from .bytes_shown import harmless
from .describe_model import model_in
from .gathering import Options, gathered
from .options import Json, Offline, OutputFile, Quiet

if TYPE_CHECKING:
    from fairkit.model.ai import Channel, ModelFile
    from fairkit.model.variable import Variable
    from fairkit.package.binding import Features

__all__ = ["bind"]

_MOST_BYTES = 4 * 1024 * 1024


@edge.guarded
def bind(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="A file with a model, or its folder.")],
    dataset: Annotated[str, typer.Option("--dataset", metavar="TARGET", help="The data: 'record 12102', a folder.")],
    features: Annotated[
        str | None,
        typer.Option("--features", metavar="FILE", help="The lists of features: JSON, YAML. Without: channels.csv."),
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
    from fairkit.atomic import write
    from fairkit.dialects import channels_csv
    from fairkit.model.resource import Resource
    from fairkit.package import binding
    from fairkit.package.bound import Bound

    place, found = _model(model)
    path = output or os.path.join(os.path.dirname(place), "channels.csv")
    before = None if force else _before(path)
    lists, apart = binding.features(_told(features)) if features else _lists(before, path)
    codes: list[int] = []
    variables = _variables(dataset, codes, offline=offline)
    if codes:
        return edge.worst(codes)
    made = binding.bind(found.inputs, lists=lists, variables=variables, apart=apart, before=before or ())
    faults = (*made.faults, *binding.differences(before, made.channels, made.unmatched)) if before else made.faults
    passed = bool(made.channels) and not any(fault.level == "error" for fault in faults)
    if passed and before is None:
        write(path, channels_csv.write(Resource(channels=made.channels)))
    written = path if passed and before is None else None
    bound = Bound(target=model, dataset=dataset, passed=passed, written=written, channels=made.channels, faults=faults)
    if json:
        from .looks import json_of

        edge.write(json_of(bound), None)
    elif not quiet:
        lines = [f"{fault.level}: {fault.code}: {fault.text}" for fault in faults]
        lines.append(f"{len(made.channels)} channels are bound" + (f", in {written}" if written else ""))
        edge.write("\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n", None)
    return 0 if passed else 1


def _model(path: str) -> tuple[str, ModelFile]:
    """The file of a model and what it tells: that file, or the one in the folder that names inputs.

    Raises:
        NotFound: if there is none.
        UsageError: if there are several in the folder.
    """
    from fairkit.package.layout import look

    names = look(path).data if os.path.isdir(path) else ()
    places = [os.path.join(path, name) for name in names] if names else [path]
    found = [(place, one) for place in places if (one := model_in(place)) is not None and (not names or one.inputs)]
    if not found:
        remedy = "Name an ONNX file, as in: model.onnx"
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
    from fairkit.package.binding import bound_before

    if not before:
        remedy = "Name the file that lists the features: --features features.json"
        raise UsageError(f"there is no {path}, and no list of features is named", value=path, remedy=remedy)
    return bound_before(before), frozenset()


def _before(path: str) -> tuple[Channel, ...] | None:
    """The channels of the file that is there; None where there is none."""
    from fairkit.dialects import channels_csv
    from fairkit.model.evidence import Document

    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        body = file.read(_MOST_BYTES)
    view = channels_csv.read(
        Document(representation="channels-csv", media_type=channels_csv.MEDIA_TYPE, url=path, body=body)
    )
    if view.faults:
        raise UnreadableDocument(f"{path}{view.faults[0]}", value=path, remedy="Mend it, or use --force.")
    return view.resource.channels


def _told(path: str) -> dict[str, Any]:
    """The content of a JSON or YAML file."""
    from fairkit.dialects._yaml import parse_yaml
    from fairkit.model.evidence import Document

    try:
        with open(path, "rb") as file:
            body = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}", value=path, remedy="Is the path right?") from None
    if len(body) > _MOST_BYTES:
        raise UnreadableDocument(f"{path} is too large for a list of features", value=path)
    data = parse_yaml(Document(representation="features", media_type="application/yaml", url=path, body=body))
    if not isinstance(data, dict):
        raise UnreadableDocument(f"{path} has no lists of features by name", value=path)
    return data


def _variables(dataset: str, codes: list[int], *, offline: bool) -> tuple[Variable, ...]:
    from fairkit.dialects import harvest

    words = [dataset] if os.path.exists(dataset) else dataset.split()
    found = gathered(words, [], Options(offline=offline, quiet=True), codes)
    variables = tuple(one for each in found for one in harvest(each).resource.variables)
    if not variables and not codes:
        raise NotFound(f"no variable of {dataset} is documented", value=dataset, remedy="Describe them first.")
    return variables
