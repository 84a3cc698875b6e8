"""`fairkit bind`: channels.csv beside a model, exit 1 where a channel is wrong, and nothing of a person replaced."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.conftest import ROOT

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


MODEL, JETS = ROOT / "examples" / "hbb-model", ("--dataset", str(ROOT / "examples" / "jets"))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL, tmp_path / "model", ignore=shutil.ignore_patterns(".fairkit")))


def test_the_binding_of_a_folder_is_held_against_model_and_data(run: Callable[..., Ran], model: Path) -> None:
    before = (model / "channels.csv").read_bytes()
    assert run("bind", model, *JETS).code == 0
    words = ("--features", model / "features.yaml")
    assert run("bind", model, *JETS, *words).code == 0
    assert (model / "channels.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("jet,0,fj_pt", "jet,0,fj_ptt", "channel-undocumented: jet[0]: no variable fj_ptt is documented"),
        ("fj_pt,GeV", "fj_pt,TeV", "channel-changed: jet[0]: the unit of fj_pt was TeV, is GeV"),
        ("jet,0,fj_pt", "jet,0,label_hbb", "channel-leak: jet[0]: label_hbb"),
        ("jet,1,fj_eta", "jets,1,fj_eta", "channel-count: no list of features has the shape of jet"),
    ],
)
def test_a_binding_that_no_longer_fits_is_named(
    run: Callable[..., Ran], model: Path, old: str, new: str, fault: str
) -> None:
    table = model / "channels.csv"
    table.write_text(table.read_text().replace(old, new, 1))
    written = table.read_bytes()
    ran = run("bind", model, *JETS)
    assert (ran.code, fault in ran.out) == (1, True), ran.out
    assert table.read_bytes() == written


def test_another_scale_or_order_of_the_list_is_named(run: Callable[..., Ran], model: Path) -> None:
    listed = model / "features.yaml"
    text = listed.read_text()
    listed.write_text(text.replace("[fj_pt, 300, 0.005]", "[fj_pt, 300, 0.01]"))
    ran = run("bind", model, *JETS, "--features", listed)
    assert (ran.code, "the scale of fj_pt was 200.0, is 100.0" in ran.out) == (1, True), ran.out
    first, second = "      - [fj_pt, 300, 0.005]\n", "      - [fj_eta, 0, 0.5]\n"
    assert first + second in text
    listed.write_text(text.replace(first + second, second + first))
    ran = run("bind", model, *JETS, "--features", listed)
    assert (ran.code, ran.out.count("channel-order")) == (1, 2), ran.out


def test_what_cannot_be_bound_is_told(run: Callable[..., Ran], model: Path) -> None:
    (model / "channels.csv").unlink()
    assert "--features" in run("bind", model, *JETS).err
    shutil.copy(model / "hbb.onnx", model / "other.onnx")
    ran = run("bind", model, *JETS)
    assert (ran.code, "has 2 models" in ran.err) == (2, True)
    (model / "hbb.onnx").unlink()
    (model / "other.onnx").unlink()
    assert (run("bind", model, *JETS).code, run("bind", model / "none.onnx", *JETS).code) == (2, 2)


def test_exactly_the_missing_feature_is_named(run: Callable[..., Ran], model: Path) -> None:
    listed = model / "features.yaml"
    listed.write_text(listed.read_text().replace("      - [pfcand_phirel, 0, 3]\n", ""))
    ran = run("bind", model, *JETS, "--features", listed, "--json")
    faults = [(one["code"], one["text"]) for one in json.loads(ran.out)["faults"] if one["level"] == "error"]
    assert ran.code == 1
    assert [code for code, _ in faults] == ["channel-count", "channel-missing"]
    assert "with 3 features of 16 objects" in faults[0][1]
    assert faults[1][1] == "constituents[2]: pfcand_phirel is not in constituents"


def test_a_list_may_be_a_table_or_toml(run: Callable[..., Ran], model: Path) -> None:
    (model / "channels.csv").unlink()
    table = "input,feature\njet,fj_pt\njet,fj_eta\n"
    parts = [f"pfcand_{name}" for name in ("pt", "etarel", "phirel", "charge")]
    (model / "list.csv").write_text(table + "".join(f"constituents,{name}\n" for name in parts))
    assert run("bind", model, *JETS, "--features", model / "list.csv").code == 0
    (model / "list.toml").write_text(f"[features]\njet = ['fj_pt', 'fj_eta']\nconstituents = {parts}\n")
    ran = run("bind", model, *JETS, "--features", model / "list.toml")
    assert (ran.code, ran.out) == (0, "6 channels are bound\n")


def test_a_model_that_contradicts_the_list_is_told(run: Callable[..., Ran], model: Path) -> None:
    import onnx

    made = onnx.load(model / "hbb.onnx")
    row = made.metadata_props.add()
    row.key, row.value = "jet_features", "fj_eta,fj_pt"
    onnx.save(made, model / "hbb.onnx")
    ran = run("bind", model, *JETS)
    assert (ran.code, ran.out.count("error: metadata-order: jet[")) == (1, 2), ran.out


def test_no_other_kind_of_file_is_read_or_waited_for(run: Callable[..., Ran], model: Path) -> None:
    os.mkfifo(model / "pipe.yaml")
    ran = run("bind", model, *JETS, "--features", model / "pipe.yaml")
    assert (ran.code, "not a regular file" in ran.err) == (2, True), ran.err
    for kind in (os.mkfifo, os.mkdir):
        (model / "channels.csv").unlink()
        kind(model / "channels.csv")
        ran = run("bind", model, *JETS)
        assert (ran.code, "not a regular file" in ran.err) == (2, True), ran.err
        ran = run("bind", model, *JETS, "--features", model / "features.yaml", "--force")
        assert (ran.code, "not a regular file" in ran.err) == (2, True), ran.err
        if kind is os.mkfifo:
            continue
        (model / "channels.csv").rmdir()


def test_a_table_may_go_to_standard_output(run: Callable[..., Ran], model: Path, tmp_path: Path) -> None:
    words = ("bind", model, *JETS, "--features", model / "features.yaml", "-o", "-")
    ran = run(*words)
    assert (ran.code, ran.out) == (0, (model / "channels.csv").read_text("utf-8"))
    assert "6 channels are bound" in ran.err
    assert run(*words, "--json").code == 2
    assert not Path("-").exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("none.onnx", *JETS), "there is no none.onnx"),
        (("", *JETS), "there is no model without a name"),
        ((str(ROOT / "README.md"), *JETS), "there is no model with inputs"),
    ],
)
def test_no_model_is_told(run: Callable[..., Ran], words: tuple[str, ...], why: str) -> None:
    ran = run("bind", *words)
    assert (ran.code, why in ran.err) == (2, True), ran.err


def test_weights_alone_cannot_be_bound(run: Callable[..., Ran], shared: Path, model: Path) -> None:
    ran = run("bind", shared / "data/models/IN.pth", *JETS, "--features", model / "features.yaml")
    assert (ran.code, "tells no inputs: its format, torch, has only weights" in ran.err) == (2, True), ran.err


def test_a_package_is_not_written_to(run: Callable[..., Ran], model: Path) -> None:
    (model / "manifest-sha256.txt").touch()
    assert run("bind", model, *JETS).code == 0
    (model / "channels.csv").unlink()
    ran = run("bind", model, *JETS, "--features", model / "features.yaml")
    assert (ran.code, "is a finished package: channels.csv would contradict" in ran.err) == (2, True), ran.err
