"""What is stored is assessed like the package that it came from."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.ocfl.judge import faults


def fairkit(*words: str, cwd: Path) -> str:
    command = [sys.executable, "-m", "fairkit", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True, timeout=60).stdout


def rows(path: str, cwd: Path) -> list[tuple[Any, ...]]:
    [told] = json.loads(fairkit("assess", path, "--json", cwd=cwd))
    return [(row["metric"], row["status"], row["points"], row["possible"]) for row in told["results"]]


def test_an_object_scores_what_its_package_scores_metric_by_metric(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets", ignore=shutil.ignore_patterns(".fairkit"))
    id = json.loads(fairkit("publish", "jets", "--json", cwd=tmp_path))["id"]
    package = rows("jets/.fairkit/package", tmp_path)
    assert package
    assert rows(f"repository/{id}", tmp_path) == package
    assert rows(f"repository/{id}/v1", tmp_path) == package
    assert not faults(tmp_path / "repository")
