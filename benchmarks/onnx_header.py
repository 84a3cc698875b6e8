"""Reading the header of an ONNX file of 100 MB with about 100 nodes, beside loading it with the `onnx` package.

Promised: at least 100 times faster in-process, and at most 30 ms in a fresh process beyond the interpreter's start.
Needs `onnx` (in the extra `test`).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LEAST_RATIO = 100.0
MOST_MILLISECONDS = 30.0
ROUNDS = 7


def made(path: Path) -> None:
    """A chain of 50 products of 700 x 700 with 50 relus: 98 MB of weights."""
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    names, weights, nodes = "x", [], []
    for number in range(50):
        weights.append(
            numpy_helper.from_array(np.random.default_rng(number).random((700, 700), np.float32), f"w{number}")
        )
        nodes.append(helper.make_node("MatMul", [names, f"w{number}"], [f"m{number}"]))
        nodes.append(helper.make_node("Relu", [f"m{number}"], [f"r{number}"]))
        names = f"r{number}"
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", 700]) for name in ("x", names)]
    graph = helper.make_graph(nodes, "chain", ends[:1], ends[1:], weights)
    path.write_bytes(helper.make_model(graph).SerializeToString())


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of the quickest of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1e3)
    return min(taken)


def process(code: str, *words: str) -> float:
    """Milliseconds of a fresh process, whose modules are compiled as in any installation."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = [sys.executable, "-c", code, *words]
    taken = [timed(lambda: subprocess.run(run, check=True, env=known), 1) for _ in range(ROUNDS + 1)]
    return statistics.median(taken[1:])


def main() -> None:
    import onnx

    from fairkit.formats.onnx import facts

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "chain.onnx"
        made(path)
        ours, theirs = timed(lambda: facts(str(path)), 30), timed(lambda: onnx.load(str(path)))
        bare = process("pass")
        code = "import sys; from fairkit.formats.onnx import facts; facts(sys.argv[1])"
        fresh = process(code, str(path)) - bare
        print(f"{path.stat().st_size / 1e6:.0f} MB, 100 nodes: header {ours:.2f} ms, onnx.load {theirs:.1f} ms")
        print(f"a fresh process: {fresh:.1f} ms beyond the {bare:.1f} ms of the interpreter")
    kept = {True: "kept", False: "BROKEN"}
    print(f"at least {LEAST_RATIO:.0f} times faster: {theirs / ours:.0f} times: {kept[theirs / ours >= LEAST_RATIO]}")
    print(f"at most {MOST_MILLISECONDS:.0f} ms in a fresh process: {kept[fresh <= MOST_MILLISECONDS]}")


if __name__ == "__main__":
    main()
