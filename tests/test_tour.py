"""The whole way of a newcomer with the example: from a first look to a package that scores, and its exports."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, run

from .conftest import ROOT

Run = Callable[..., Ran]
__all__ = ["run"]

LEAST = 0.95


@pytest.fixture
def jets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets"))


def done(run: Run, *words: object) -> Ran:
    ran = run(*words)
    assert ran.code == 0, f"{words}: {ran.out[-500:]}{ran.err[-2000:]}"
    return ran


def test_from_a_first_look_to_a_package_and_its_exports(run: Run, jets: Path) -> None:
    written = (jets / "fairkit.toml").read_bytes()
    assert "nothing was changed" in done(run, "init", jets, "--yes").out + done(run, "init", jets, "--yes").err
    assert (jets / "fairkit.toml").read_bytes() == written
    assert "label_hbb" in done(run, "describe", jets, "--stats").out
    done(run, "convert", jets / "train.root", "--to", "parquet", "-o", "converted", "--prove-equal")
    done(run, "package", jets, "-o", "package")
    done(run, "verify", "package")
    subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd="package", check=True)
    done(run, "validate", "package")
    done(run, "export", "package", "--to", "all", "-o", "exports")
    assert len(list(Path("exports").iterdir())) >= 12
    done(run, "cite", "package")
    done(run, "view", "package", "--ml", "-o", "arrays")


def test_the_package_scores_without_a_network(run: Run, jets: Path) -> None:
    done(run, "package", jets, "-o", "package")
    words = ("assess", "package", "--offline", "-c", "fairkit", "-c", "rda", "--json")
    ours, rda = json.loads(done(run, *words).out)
    assert ours["scores"]["total"]["low"] >= LEAST
    decided = [row["status"] for row in rda["results"] if row["status"] in ("pass", "partial", "fail")]
    assert decided.count("pass") / len(decided) >= LEAST


def test_a_folder_with_little_gets_as_far_and_is_told_what_it_lacks(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "a.csv").write_text("x,y\n1,2\n")
    done(run, "init", folder, "--yes")
    done(run, "package", folder, "-o", tmp_path / "package")
    done(run, "verify", tmp_path / "package")
    told = run("validate", folder)
    assert "creators" in told.out + told.err
    assert run("gate", tmp_path / "package", "--offline").code == 1
