"""`fairkit bind`: channels.csv beside a model, exit 1 where a channel is wrong, and nothing of a person replaced."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft202012Validator

from fairkit import resources

from .conftest import Ran

RECORD = ("--dataset", "record 12102", "--offline")


def test_a_real_model_is_bound_once_and_kept(run: Callable[..., Ran], shared: Path, tmp_path: Path) -> None:
    models, output = shared / "data/models", tmp_path / "channels.csv"
    words = [
        "bind",
        str(models / "IN.onnx"),
        *RECORD,
        "--features",
        str(models / "hbb_features.json"),
        "-o",
        str(output),
    ]
    told = run(*words, "--json")
    found = json.loads(told.out)
    Draft202012Validator(json.loads(resources.read_bytes("schemas", "bind.schema.json"))).validate(found)
    assert (told.code, found["passed"], len(found["channels"])) == (0, True, 44)
    first = output.read_bytes()
    assert (run(*words).code, output.read_bytes()) == (0, first)
    output.write_text("input,index,variable\nx,0,by hand\n")
    assert (run(*words).code, "by hand" in output.read_text()) == (1, True)
    assert (run(*words, "--force").code, output.read_bytes()) == (0, first)


def test_a_renamed_feature_is_named_and_nothing_written(run: Callable[..., Ran], shared: Path, tmp_path: Path) -> None:
    data = json.loads((shared / "data/models/hbb_features.json").read_bytes())
    data["features_3"][0] = "sv_ptrell"
    (tmp_path / "features.json").write_text(json.dumps(data))
    output = tmp_path / "channels.csv"
    told = run(
        "bind", str(shared / "data/models/IN.onnx"), *RECORD, "--features", str(tmp_path / "features.json"),
        "-o", str(output),
    )  # fmt: skip
    assert (told.code, output.exists()) == (1, False)
    assert "input_sv[0]: no variable sv_ptrell is documented; the nearest are sv_ptrel" in told.out
