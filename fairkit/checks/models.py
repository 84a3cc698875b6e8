"""Models: are their files ones that others can open, and do the metadata say of them what they say themselves?

What the headers of model files say is the observation `headers`: a JSON list of what was read of each, with its `path`.
"""

from __future__ import annotations

import json
from typing import Any

from fairkit.model.ai import Tensor
from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.vocab import media_types, metrics, units

from ._check import Seen, check, count

_PORTABLE = frozenset({"ONNX", "Safetensors", "Keras", "HDF5"})
_DEMOS = (
    "huggingface.co/spaces/", "replicate.com/", "colab.research.google.com/", "mybinder.org/", "api-inference.",
    "streamlit.app", "kaggle.com/code/",
)  # fmt: skip
_SAYS_WHO = ("doi", "identifier", "model_id", "license", "licence", "model_license")
_MOST = 3


def _headers(headers: str) -> list[dict[str, Any]]:
    """What was read; what somebody wrote into saved evidence may be anything."""
    try:
        rows = json.loads(headers)
    except (ValueError, RecursionError):
        return []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


@check(fields={"architecture", "tasks", "requirements"})
def model_is_described(view: Seen) -> Outcome:
    """What the model does, how it is built and with which framework is stated.

    Write the task, the family of architectures and the framework with its version.
    """
    work = view.resource
    told = {"task": work.tasks, "architecture": work.architecture, "framework": work.requirements}
    missing = [name for name, value in told.items() if not value]
    if not missing:
        return passed("{task}: {what}", "tasks", "architecture", task=work.tasks[0], what=work.architecture)
    fix = Fix({"task": "tasks", "framework": "requirements"}.get(missing[0], missing[0]))
    verdict = fail if len(missing) == len(told) else partial
    return verdict("without {missing}", fix=fix, missing=", ".join(missing))


@check(fields={"inputs", "outputs"})
def tensors_are_described(view: Seen) -> Outcome:
    """The inputs and outputs are named with their types and shapes.

    Let `fairkit init` read them from the file of the model.
    """
    work = view.resource
    every = (*work.inputs, *work.outputs)
    if not work.inputs or not work.outputs:
        which = "inputs" if not work.inputs else "outputs"
        return fail("no {which} are described", which=which, fix=Fix(which))
    good = sum(one.dtype is not None and one.shape is not None for one in every)
    if good == len(every):
        return passed("{every} with type and shape", "inputs", "outputs", every=count(good, "tensor"))
    return partial(
        "{good} of {every} with type and shape", good=good, every=count(len(every), "tensor"), fix=Fix("inputs")
    )


@check(fields={"inputs", "outputs", "parameter_count"}, needs={"headers"})
def tensors_agree(view: Seen, *, headers: str) -> Outcome:
    """The inputs, outputs and number of weights that are stated are those of the file.

    Let `fairkit init` write them again: another export of the model may have others.
    """
    files = [row for row in _headers(headers) if row.get("inputs")]
    work = view.resource
    if not files:
        return not_applicable("no file of the model tells its inputs")
    if not (work.inputs or work.outputs or work.parameter_count):
        return fail("the metadata state none of them", fix=Fix("inputs"))
    wrong = min((list(_unlike(view, row)) for row in files), key=len)
    if wrong:
        return fail("{wrong}", wrong="; ".join(wrong[:_MOST]), fix=Fix("inputs"))
    told = {"inputs": work.inputs, "outputs": work.outputs, "weights": work.parameter_count}
    names = ", ".join(name for name, value in told.items() if value)
    return passed("as in the file: {names}", "inputs", "outputs", "parameter_count", names=names)


def _unlike(view: Seen, row: dict[str, Any]) -> list[str]:
    work, found = view.resource, []
    for key, stated in (("inputs", work.inputs), ("outputs", work.outputs)):
        there = {str(one.get("name")): one for one in _rows(row.get(key)) if isinstance(one, dict)}
        names = [one.name for one in stated]
        if stated and set(names) != set(there):
            found.append(f"{key} {', '.join(names)}, in the file {', '.join(there)}")
        found += [
            f"{one.name} has another shape" for one in stated if one.name in there and not _fits(one, there[one.name])
        ]
    if work.parameter_count is not None and row.get("parameters") not in (None, work.parameter_count):
        found.append(f"{work.parameter_count:,} weights, in the file {row['parameters']:,}")
    return found


def _fits(stated: Tensor, there: dict[str, Any]) -> bool:
    """A free length, by whatever name, is the same as any other."""
    shape = there.get("shape")
    if stated.dtype and there.get("dtype") and stated.dtype != there["dtype"]:
        return False
    if stated.shape is None or not isinstance(shape, list):
        return True
    pairs = zip(stated.shape, shape, strict=False)
    return len(shape) == len(stated.shape) and all(
        not (isinstance(a, int) and isinstance(b, int)) or a == b for a, b in pairs
    )


@check(needs={"headers"})
def file_names_its_work(view: Seen, *, headers: str) -> Outcome:
    """The file itself carries the identifier or the licence of the model.

    Write them into `metadata_props` of an ONNX file, or `__metadata__` of a safetensors file.
    """
    files = _headers(headers)
    if not files:
        return not_applicable("no file of a model was read")
    for row in files:
        pairs = [pair for pair in _rows(row.get("metadata")) if isinstance(pair, list) and len(pair) == 2]
        named = [str(key) for key, value in pairs if str(key).lower() in _SAYS_WHO and value]
        if named:
            return passed("{path} has {named}", path=row.get("path", "the file"), named=", ".join(named))
    return fail("no file of the model says whose it is")


@check(needs={"headers"})
def needed_files_are_there(view: Seen, *, headers: str) -> Outcome:
    """All that a model file needs is in the folder: weights that lie beside it, under a path inside.

    Put them beside the model, and export it with relative paths.
    """
    files = _headers(headers)
    if not files:
        return not_applicable("no file of a model was read")
    refused = [str(note) for row in files for note in _rows(row.get("notes")) if "refused" in str(note)]
    if refused:
        return fail("{what}", what=refused[0])
    outside = [str(name) for row in files for name in _rows(row.get("external"))]
    here = {str(row.get("beside")) for row in files} | {one.name for one in view.resource.distributions}
    missing = [name for name in outside if not any(known.endswith(name) for known in here)]
    if missing:
        return fail("{name} is not there", name=missing[0])
    return passed("nothing is missing")


@check(fields={"distributions", "formats"})
def format_is_exchangeable(view: Seen) -> Outcome:
    """The model is had in a format that other frameworks open, without running code in it.

    Export it to ONNX or safetensors beside the form of your framework; pickles run what they say.
    """
    names = [one.name for one in view.resource.distributions]
    known = [found for name in names if (found := media_types.of_file(name))]
    known += [found for name in view.resource.formats if (found := media_types.find(name))]
    good = sorted({one.name for one in known if one.name in _PORTABLE})
    unsafe = sorted({one.name for one in known if one.unsafe})
    if good:
        beside = f"; {', '.join(unsafe)} beside it is never opened by fairkit" if unsafe else ""
        return passed("{good}{beside}", "distributions", good=", ".join(good), beside=beside)
    if unsafe:
        return fail("only {unsafe}, which run code when they are opened", unsafe=", ".join(unsafe))
    return fail("no file in a format for exchange")


@check(needs={"headers"})
def onnx_is_portable(view: Seen, *, headers: str) -> Outcome:
    """An ONNX file states its versions, and needs no operators that only its makers have.

    Export with the standard operators, or say which library brings the others.
    """
    files = [row for row in _headers(headers) if row.get("format") == "onnx"]
    if not files:
        return not_applicable("there is no ONNX file")
    for row in files:
        domains = [str(pair[0]) for pair in _rows(row.get("opsets")) if isinstance(pair, list) and pair]
        own = [name for name in domains if name not in ("", "ai.onnx", "ai.onnx.ml", "ai.onnx.training")]
        if not row.get("opset") or not row.get("ir_version"):
            return fail("{path} does not state its versions", path=row.get("path", "a file"))
        if own:
            return partial("{path} needs operators of {own}", path=row.get("path", "a file"), own=", ".join(own))
    return passed("opset {opset}, IR {ir}", opset=files[0]["opset"], ir=files[0]["ir_version"])


@check(fields={"landing_page", "distributions"})
def place_is_no_demo(view: Seen) -> Outcome:
    """The model is kept where it stays, not only where it is shown.

    Deposit it in an archive; a demo or an inference service may end any day.
    """
    work = view.resource
    places = [url for url in (work.landing_page, *(one.content_url for one in work.distributions)) if url]
    if not places:
        return fail("no place is stated", fix=Fix("landing_page"))
    kept = [url for url in places if not any(demo in url for demo in _DEMOS)]
    return passed("{url}", "landing_page", url=kept[0]) if kept else fail("only {url}", url=places[0])


@check(fields={"outputs"})
def outputs_are_explained(view: Seen) -> Outcome:
    """What the numbers that come out mean is stated: probability or logit, and the order of the classes.

    Write `meaning` and `classes` of each output.
    """
    outputs = view.resource.outputs
    if not outputs:
        return fail("no outputs are described", fix=Fix("outputs"))
    silent = [one.name for one in outputs if one.meaning is None]
    orderless = [one.name for one in outputs if one.meaning in ("probability", "logit", "class") and not one.classes]
    if len(silent) == len(outputs):
        return fail("what {names} means is not said", names=", ".join(silent[:_MOST]), fix=Fix("outputs"))
    if silent or orderless:
        return partial(
            "{names} without meaning or order", names=", ".join((*silent, *orderless)[:_MOST]), fix=Fix("outputs")
        )
    return passed("{name}: {meaning}", "outputs", name=outputs[0].name, meaning=outputs[0].meaning)


@check(fields={"results", "channels"})
def terms_are_shared(view: Seen) -> Outcome:
    """Metrics and units are named by words that others know.

    Take the metric from `vocabularies/metrics.csv`, and units as UCUM or HEP write them.
    """
    work = view.resource
    named = [one.metric for one in work.results]
    measured = [one.unit for one in work.channels if one.unit]
    if not named and not measured:
        return fail("neither metrics nor units are named", fix=Fix("results"))
    strange = [name for name in named if metrics.find(name) is None] + [u for u in measured if units.find(u) is None]
    if strange:
        return partial("{strange} is known to nobody else", strange=", ".join(strange[:_MOST]), fix=Fix("results"))
    return passed("{every} known", "results", "channels", every=count(len(named) + len(measured), "word"))


@check(fields={"channels", "inputs"})
def channels_are_bound(view: Seen) -> Outcome:
    """Every channel of every input is bound to a variable of the training data, in order.

    Let `fairkit bind` write channels.csv from the list of features and the description of the data.
    """
    work = view.resource
    if not work.channels:
        return fail("no channel is bound to a variable", fix=Fix("channels"))
    named = {one.input for one in work.channels}
    left = [one.name for one in work.inputs if one.name not in named]
    for name in sorted(named):
        places = [one.index for one in work.channels if one.input == name]
        if sorted(places) != list(range(len(places))):
            return partial("the channels of {name} are not counted from 0", name=name, fix=Fix("channels"))
    if left:
        return partial("{left} is not bound", left=", ".join(left[:_MOST]), fix=Fix("channels"))
    every, inputs = count(len(work.channels), "channel"), count(len(work.inputs), "input")
    return passed("{every} of {inputs}", "channels", every=every, inputs=inputs)


@check(fields={"intended_use", "out_of_scope", "validity", "limitations"})
def use_is_bounded(view: Seen) -> Outcome:
    """What the model is meant for, what it is not meant for, where it holds and where it fails is stated.

    Write intended_use, out_of_scope, validity and limitations under [model].
    """
    fields = ("intended_use", "out_of_scope", "validity", "limitations")
    missing = [name for name in fields if not getattr(view.resource, name)]
    if not missing:
        return passed("all four are stated", *fields)
    words = ", ".join(name.replace("_", " ") for name in missing)
    return (fail if len(missing) > 2 else partial)("without {missing}", missing=words, fix=Fix(missing[0]))
