"""Train the toy tagger of this folder on the toy jets beside it: the same bytes every time.

python train.py [FOLDER]

It reads ../jets and writes the model (hbb.onnx), the rows on which it can be tried (examples/), and what it says of the
jets of the test split (predictions.parquet). The network is a small one of deep sets: each constituent goes through one
layer, the results are summed, which makes their order meaningless, and two more layers judge the sum together with the
jet. NumPy does the training, without its fast products of matrices, whose last digit depends on the machine; weights
are stored with the 12 binary digits that they deserve. Good for trying things out, useless for physics.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

HERE = Path(__file__).parent
JETS = HERE.parent / "jets"
HIDDEN, JUDGES, STEPS, RATE, SEED, ROWS = 8, 12, 60, 0.003, 7, 24
CLASSES = ("quark or gluon", "Higgs boson to two b quarks")
Arrays = dict[str, np.ndarray]


class Split(NamedTuple):
    """The jets of a split: numbers for each jet, lists for its constituents, and the truth."""

    event: np.ndarray
    jet: np.ndarray
    constituents: np.ndarray
    label: np.ndarray
    weight: np.ndarray


def read(name: str) -> Split:
    """The features in the order and the scale of features.yaml, constituents as (jet, feature, place)."""
    table = pq.read_table(JETS / f"{name}.parquet")
    lists = yaml.safe_load((HERE / "features.yaml").read_text("utf-8"))["inputs"]
    jet = np.stack([_column(table, *row) for row in lists["jet"]["vars"]], axis=1)
    places = lists["constituents"]["length"]
    parts = np.stack([_padded(table, places, *row) for row in lists["constituents"]["vars"]], axis=1)
    flat = {key: table[key].to_numpy() for key in ("event", "label_hbb", "weight")}
    return Split(flat["event"], jet, parts, flat["label_hbb"].astype(float), flat["weight"].astype(float))


def _column(table: pa.Table, name: str, shift: float, factor: float) -> np.ndarray:
    return (table[name].to_numpy().astype(float) - shift) * factor


def _padded(table: pa.Table, places: int, name: str, shift: float, factor: float) -> np.ndarray:
    made = np.zeros((len(table), places))
    for row, values in zip(made, table[name].to_pylist(), strict=True):
        kept = np.array(values[:places], float)
        row[: len(kept)] = (kept - shift) * factor
    return made


def start() -> Arrays:
    """Weights before the training."""
    draw = np.random.default_rng(SEED)
    shapes = {"w1": (4, HIDDEN), "w2": (2 + HIDDEN, JUDGES), "w3": (JUDGES, 1)}
    made = {name: draw.normal(0, (2 / shape[0]) ** 0.5, shape) for name, shape in shapes.items()}
    return made | {"b2": np.zeros(JUDGES), "b3": np.zeros(1)}


def times(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The product of matrices, summed in one order on every machine."""
    return np.einsum("...i,ij->...j", left, right, optimize=False)


def forward(weights: Arrays, jets: Split) -> Arrays:
    """Every layer; `p` is the probability of a Higgs boson."""
    each = np.maximum(times(jets.constituents.transpose(0, 2, 1), weights["w1"]), 0)
    known = np.concatenate([jets.jet, each.sum(axis=1)], axis=1)
    judged = np.maximum(times(known, weights["w2"]) + weights["b2"], 0)
    p = 1 / (1 + np.exp(-(times(judged, weights["w3"]) + weights["b3"])))
    return {"each": each, "known": known, "judged": judged, "p": p}


def gradients(weights: Arrays, jets: Split) -> Arrays:
    """Of the cross entropy, each jet with its weight."""
    made = forward(weights, jets)
    error = (made["p"] - jets.label[:, None]) * jets.weight[:, None] / jets.weight.sum()
    judged = times(error, weights["w3"].T) * (made["judged"] > 0)
    each = times(judged, weights["w2"].T)[:, None, 2:] * (made["each"] > 0)
    return {
        "w1": np.einsum("jfp,jph->fh", jets.constituents, each),
        "w2": np.einsum("jk,jm->km", made["known"], judged),
        "b2": judged.sum(axis=0),
        "w3": np.einsum("jm,jo->mo", made["judged"], error),
        "b3": error.sum(axis=0),
    }


def train(jets: Split) -> Arrays:
    """The weights after all steps of Adam, rounded."""
    weights = start()
    mean = {name: np.zeros_like(value) for name, value in weights.items()}
    square = {name: np.zeros_like(value) for name, value in weights.items()}
    for step in range(1, STEPS + 1):
        for name, slope in gradients(weights, jets).items():
            mean[name] = 0.9 * mean[name] + 0.1 * slope
            square[name] = 0.999 * square[name] + 0.001 * slope**2
            size = RATE * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
            weights[name] = weights[name] - size * mean[name] / (np.sqrt(square[name]) + 1e-8)
    return {name: rounded(value) for name, value in weights.items()}


def rounded(values: np.ndarray, digits: int = 11) -> np.ndarray:
    """Numbers with so many binary digits behind the first."""
    fraction, exponent = np.frexp(values)
    return np.ldexp(np.round(np.ldexp(fraction, digits + 1)), exponent - digits - 1)


# ── ONNX, in the little of protobuf that it takes; numbers of fields from onnx.proto


def _varint(number: int) -> bytes:
    made = bytearray()
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    return bytes([*made, number])


def _field(number: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    body = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def _tensor(name: str, values: np.ndarray) -> bytes:
    kind = {"float32": 1, "int64": 7}[str(values.dtype)]
    sizes = b"".join(_field(1, size) for size in values.shape)
    return sizes + _field(2, kind) + _field(8, name) + _field(9, values.tobytes())


def _value(name: str, *sizes: int | str, meaning: str) -> bytes:
    dims = b"".join(_field(1, _field(1 if isinstance(size, int) else 2, size)) for size in sizes)
    return _field(1, name) + _field(2, _field(1, _field(1, 1) + _field(2, dims))) + _field(3, meaning)


def _node(operator: str, inputs: str, output: str, **attributes: int | tuple[int, ...]) -> bytes:
    made = b"".join(_field(1, name) for name in inputs.split()) + _field(2, output) + _field(3, output)
    made += _field(4, operator)
    for name, value in attributes.items():
        several = isinstance(value, tuple)
        numbers = b"".join(_field(8, one) for one in value) if isinstance(value, tuple) else _field(3, value)
        made += _field(5, _field(1, name) + numbers + _field(20, 7 if several else 2))
    return made


def onnx(weights: Arrays, places: int) -> bytes:
    """The model as an ONNX file: IR 8, opset 13."""
    nodes = [
        _node("Transpose", "constituents", "rows", perm=(0, 2, 1)),
        _node("MatMul", "rows w1", "each"),
        _node("Relu", "each", "each_on"),
        _node("ReduceSum", "each_on axis", "all", keepdims=0),
        _node("Concat", "jet all", "known", axis=1),
        _node("MatMul", "known w2", "judged"),
        _node("Add", "judged b2", "judged_moved"),
        _node("Relu", "judged_moved", "judged_on"),
        _node("MatMul", "judged_on w3", "sum"),
        _node("Add", "sum b3", "logit"),
        _node("Sigmoid", "logit", "higgs"),
        _node("Sub", "one higgs", "other"),
        _node("Concat", "other higgs", "probabilities", axis=1),
    ]
    stored = {name: value.astype(np.float32) for name, value in weights.items()}
    stored |= {"one": np.ones(1, np.float32), "axis": np.array([1], np.int64)}
    graph = b"".join(_field(1, node) for node in nodes) + _field(2, "hbb")
    graph += b"".join(_field(5, _tensor(name, value)) for name, value in stored.items())
    graph += _field(11, _value("jet", "batch", 2, meaning="The jet, scaled as features.yaml says"))
    graph += _field(
        11, _value("constituents", "batch", 4, places, meaning="Its constituents, hardest first, zeros behind")
    )
    graph += _field(12, _value("probabilities", "batch", 2, meaning="Of the classes, in their order"))
    told = {"license": "BSD-3-Clause", "author": "Example, Ada", "classes": "; ".join(CLASSES)}
    words = b"".join(_field(14, _field(1, key) + _field(2, value)) for key, value in told.items())
    head = _field(1, 8) + _field(2, "fairkit examples") + _field(3, "1.0.0") + _field(5, 1)
    head += _field(6, "Toy tagger of jets from Higgs bosons")
    return head + _field(7, graph) + _field(8, _field(2, 13)) + words


def main(folder: Path) -> None:
    """Train, and write what came of it."""
    weights = train(read("train"))
    jets = read("test")
    p = forward(weights, jets)["p"][:, 0]
    (folder / "examples").mkdir(parents=True, exist_ok=True)
    (folder / "hbb.onnx").write_bytes(onnx(weights, jets.constituents.shape[2]))
    shown = {
        "inputs": {"jet": rounded(jets.jet[:ROWS]).tolist(), "constituents": rounded(jets.constituents[:ROWS]).tolist()}
    }
    few = Split(jets.event, np.array(shown["inputs"]["jet"]), np.array(shown["inputs"]["constituents"]), *jets[3:])
    given = forward(weights, few)["p"][:, 0]
    shown["outputs"] = {"probabilities": [[round(1 - one, 7), round(one, 7)] for one in given.tolist()]}
    shown["labels"] = {"probabilities": [CLASSES[int(one > 0.5)] for one in given]}
    for name, told in shown.items():
        (folder / "examples" / f"{name}.json").write_text(json.dumps(told) + "\n", "utf-8")
    table = pa.table({"event": jets.event, "score": np.round(p, 6)})
    pq.write_table(table, folder / "predictions.parquet", compression="zstd")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else HERE))
