"""A model run by ONNX Runtime; what is in here runs in the limited child process."""

from __future__ import annotations

import base64
import io
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fairkit.errors import UsageError

from . import comparing, noise, rows
from .comparing import Tolerances

__all__ = ["made", "ran"]

_CHUNK = 256
_ALONE = 32
"""How many rows are run one by one, to see whether a row depends on the others."""
_DRAWS = 3
"""How often the weights get noise, each time other noise: all must be seen."""


class _Model(NamedTuple):
    session: Any
    inputs: dict[str, Any]
    """The example rows by the names of the inputs, in their types."""
    chunk: int | None
    """So many rows at once; None where the inputs are no rows, and go in as they are."""
    rows: int


def ran(path: str, question: Mapping[str, Any]) -> dict[str, Any]:
    """Run a model on its example rows and hold it against what is expected.

    Raises:
        FairkitError: if the model or the rows cannot be used.
    """
    within = Tolerances(question["relative"], question["absolute"])
    model = _prepared(path, question)
    found = _outputs(model)
    expected = rows.read(question["outputs"])
    maker = expected.pop(rows.MADE_BY, None)
    expected = _named(expected, list(found), question["outputs"], "outputs")
    compared = comparing.compare(found, expected, within)
    labels = _labels(question["labels"])
    faults = [*compared.faults, *comparing.not_finite(found, expected)]
    faults += comparing.broken_rules(found, question["rules"], labels, within)
    notes = [] if maker is None else [f"the expected outputs were made by the model itself ({str(maker)[:200]})"]
    for told, at_fault in (*_again(model, found, within), *_alone(model, found, within)):
        (faults if at_fault else notes).append(told)
    power = _power(path, question, model, expected, within) if question["noise"] and not compared.faults else None
    if question["noise"] and compared.faults:
        notes.append("the power was not tried: the outputs differ as it is")
    saturated, alike = comparing.quiet_rows(found)
    return {
        "runtime": _runtime(), "rows": model.rows, "largest": compared.largest, "faults": faults, "notes": notes,
        "power": power, "saturated": saturated, "alike": alike,
    }  # fmt: skip


def made(path: str, question: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs of a model on its example rows, as the bytes of an .npz in base 64, marked with what made them.

    Raises:
        FairkitError: if the model or the rows cannot be used.
    """
    import numpy as np

    model = _prepared(path, question)
    body = io.BytesIO()
    mark = np.asarray(f"{question['digest']} by {_runtime()}")
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as file:  # numpy.savez knows no array by the name of `file`
        for name, values in {**_outputs(model), rows.MADE_BY: mark}.items():
            with file.open(f"{name}.npy", "w", force_zip64=True) as part:
                np.lib.format.write_array(part, values, allow_pickle=False)
    return {"rows": model.rows, "body": base64.b64encode(body.getvalue()).decode()}


def _labels(files: Sequence[Sequence[str]]) -> Any:
    """The labels of the rows, None where there are none.

    Raises:
        UsageError: if there is another number of arrays than one, or no label for each row.
    """
    if not files:
        return None
    found = list(rows.read(files).values())
    if len(found) != 1:
        what = f"{files[0][1]} has {len(found)} arrays of labels, and should have one"
        raise UsageError(what, value=len(found), remedy="Keep one: the class of each row, by number or by name.")
    if not found[0].ndim:
        raise UsageError(f"{files[0][1]} is no list of labels", value=str(found[0])[:100], remedy="One for each row.")
    return found[0]


def _runtime() -> str:
    import onnxruntime

    return f"onnxruntime {onnxruntime.__version__}"


def _session(path: str, noisy: noise.Noisy | None = None, changed: Mapping[str, Any] | None = None) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    if noisy is not None and noisy.elsewhere:
        folder = os.path.dirname(path)
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", folder)
    if changed:
        options.add_external_initializers(
            list(changed), [ort.OrtValue.ortvalue_from_numpy(v) for v in changed.values()]
        )
    model = path if noisy is None else noisy.body
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _prepared(path: str, question: Mapping[str, Any]) -> _Model:
    session = _session(path)
    wanted = {one.name: one for one in session.get_inputs()}
    read = rows.read(question["inputs"])
    given = _named(read, list(wanted), question["inputs"], "inputs")
    missing, extra = sorted(wanted.keys() - given.keys()), sorted(given.keys() - wanted.keys())
    if missing or extra:
        what = f"the example inputs lack {', '.join(missing)}" if missing else f"the model has no input {extra[0]}"
        raise UsageError(what, value=(missing or extra)[0], remedy=f"Its inputs are: {', '.join(wanted)}")
    inputs = {name: _typed(name, given[name], one.type) for name, one in wanted.items()}
    chunk, count = _rows(session.get_inputs(), inputs)
    return _Model(session, inputs, chunk, count)


def _named(read: dict[str, Any], wanted: Sequence[str], files: Sequence[Sequence[str]], part: str) -> dict[str, Any]:
    """A single array needs no name where there is a single place for it."""
    if len(read) == 1 == len(wanted) and next(iter(read)) in ("arr_0", part, *(name for name, _ in files)):
        return {wanted[0]: next(iter(read.values()))}
    return read


def _typed(name: str, values: Any, kind: str) -> Any:
    """Numbers in the type that the model takes.

    Raises:
        UsageError: if they are no such.
    """
    import numpy as np

    kinds = {"float": "f4", "double": "f8", "string": "O", "bfloat16": "f4"}
    word = kind.removeprefix("tensor(").removesuffix(")")
    try:
        dtype = np.dtype(kinds.get(word, word))
        if dtype.kind in "iub" and values.dtype.kind == "f" and not np.array_equal(values, np.trunc(values)):
            raise ValueError("they are no whole numbers")
        return np.ascontiguousarray(values.astype(dtype)) if values.ndim else values.astype(dtype)
    except (TypeError, ValueError, OverflowError) as error:
        raise UsageError(f"the example rows of {name} are no {kind}: {error}", value=name) from None


def _rows(told: Sequence[Any], inputs: Mapping[str, Any]) -> tuple[int | None, int]:
    """How many rows go in at once, and how many there are.

    Raises:
        UsageError: if there are none, or not as many as a model of a fixed batch takes.
    """
    lengths = {values.shape[0] if values.ndim else None for values in inputs.values()}
    if len(lengths) != 1 or None in lengths:
        return None, 1
    count = int(lengths.pop() or 0)
    if not count:
        raise UsageError("there are no example rows", remedy="Ten rows of the test data are a good start.")
    firsts = [one.shape[0] if one.shape else None for one in told]
    fixed = {first for first in firsts if isinstance(first, int)}
    if not fixed:
        return min(_CHUNK, count), count
    if len(fixed) > 1 or len(fixed) < len(set(firsts)):
        return None, 1
    batch = fixed.pop()
    if batch < 1 or count % batch:
        raise UsageError(f"the model takes {batch} rows at once, and {count} are no multiple", value=count)
    return batch, count


def _outputs(model: _Model) -> dict[str, Any]:
    """The outputs of all rows by their names."""
    import numpy as np

    if model.chunk is None:
        return _run(model, model.inputs)
    parts = [_run(model, _part(model, start, model.chunk)) for start in range(0, model.rows, model.chunk)]
    if len(parts) == 1:
        return parts[0]
    if any(not values.ndim for values in parts[0].values()):
        raise UsageError("an output has no rows, and there are too many for one run", value=model.rows)
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _part(model: _Model, start: int, count: int) -> dict[str, Any]:
    return {name: values[start : start + count] for name, values in model.inputs.items()}


def _run(model: _Model, inputs: Mapping[str, Any]) -> dict[str, Any]:
    found = model.session.run(None, dict(inputs))
    names = [one.name for one in model.session.get_outputs()]
    return {name: _array(name, values) for name, values in zip(names, found, strict=True)}


def _array(name: str, values: Any) -> Any:
    """An output as an array; a list of maps from classes to numbers, as scikit-learn's have it, is one of rows."""
    import numpy as np

    if isinstance(values, list) and values and all(isinstance(one, dict) for one in values):
        return np.asarray([list(one.values()) for one in values])
    try:
        found = np.asarray(values)
        return found.astype(str) if found.dtype.kind == "O" else found
    except ValueError:
        raise UsageError(f"the output {name} is no array", value=name, remedy="Name an output that is one.") from None


def _again(model: _Model, found: Mapping[str, Any], within: Tolerances) -> Iterator[tuple[str, bool]]:
    """Whether a second run gives the same, to the bit or at least within the tolerances."""
    import numpy as np

    second = _outputs(model)
    if all(values.shape == second[name].shape and _same(values, second[name]) for name, values in found.items()):
        return
    far = comparing.compare(second, found, within).faults
    yield (
        (f"a second run gives something else: {far[0]}", True)
        if far
        else (f"a second run differs in the last digits, by {_most(np, found, second):.3g} at the most", False)
    )


def _same(one: Any, other: Any) -> bool:
    return bool(one.tobytes() == other.tobytes())


def _most(np: Any, one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    numbers = {name: values for name, values in one.items() if values.size and values.dtype.kind in "fiub"}
    gaps = [np.abs(values.astype("f8") - other[name].astype("f8")).max() for name, values in numbers.items()]
    return float(max(gaps, default=0.0))


def _alone(model: _Model, found: Mapping[str, Any], within: Tolerances) -> Iterator[tuple[str, bool]]:
    """Whether rows give alone what they give among others."""
    if model.chunk is None or model.rows < 2:
        return
    if any(isinstance(one.shape[0], int) for one in model.session.get_inputs()):
        if model.chunk > 1:
            yield f"rows cannot be run alone: the model takes {model.chunk} at once", False
        return
    for row in range(min(_ALONE, model.rows)):
        alone = _run(model, _part(model, row, 1))
        among = {name: values[row : row + 1] for name, values in found.items() if values.ndim}
        far = comparing.compare({name: alone[name] for name in among}, among, within).faults
        if far:
            yield f"row {row} gives something else alone than among others: {far[0]}", True
            return


def _power(
    path: str, question: Mapping[str, Any], model: _Model, expected: Mapping[str, Any], within: Tolerances
) -> dict[str, Any]:
    """In how many of the draws noise on the weights was seen, and on how many numbers there was some."""
    with open(path, "rb") as file:
        body = file.read()
    seen, changed = 0, 0
    for seed in range(_DRAWS):
        noisy = noise.with_noise(body, question["noise"], seed)
        others = _others(path, question, noisy, seed)
        changed = noisy.changed + sum(values.size for values in others.values())
        if not changed:
            break
        session = _session(path, noisy, others)
        found = _outputs(model._replace(session=session))
        seen += bool(comparing.compare(found, expected, within).faults)
    return {"seen": seen, "draws": _DRAWS, "changed": changed}


def _others(path: str, question: Mapping[str, Any], noisy: noise.Noisy, seed: int) -> dict[str, Any]:
    """The weights in files beside the model, with noise; those of a type that NumPy has not stay."""
    import numpy as np

    random = np.random.default_rng([seed, 1])
    found = {}
    for one in noisy.elsewhere:
        place = os.path.join(os.path.dirname(path), *one.location.split("/"))
        if one.dtype == "<u2" or place not in question["external"]:
            continue
        count = int(np.prod(one.dims, dtype="i8"))
        numbers = np.fromfile(place, one.dtype, count=count, offset=one.offset).reshape(one.dims)
        found[one.name] = noise.numbers_changed(numbers, one.dtype, question["noise"], random)
    return found
