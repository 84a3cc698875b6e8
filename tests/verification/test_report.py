"""What `fairkit verify` tells is wrong if the files are, or the run is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fairkit.package.verify import Fixity
from fairkit.verification.report import has_manifest, report
from fairkit.verification.run import run

from . import models

SOUND = Fixity(root="pkg", passed=True, files=3, byte_size=7)


@pytest.mark.parametrize(
    ("fixity", "passed", "power", "whole"),
    [
        (None, True, None, True),
        (None, True, "power", True),
        (None, True, "no power", False),
        (None, False, None, False),
        (SOUND, True, None, True),
        (replace(SOUND, passed=False, missing=("a",)), True, None, False),
    ],
)
def test_both_must_be_right(tmp_path: Path, fixity: Fixity | None, passed: bool, power: Any, whole: bool) -> None:
    found = run(str(models.folder(tmp_path / "model")))
    told = report("pkg", fixity, replace(found, verification=replace(found.verification, passed=passed, power=power)))
    assert told.passed is whole
    assert told.missing == (fixity.missing if fixity else ())


def test_without_a_run_there_is_fixity_alone() -> None:
    told = report("pkg", SOUND, None)
    assert (told.passed, told.run, told.files) == (True, None, 3)


def test_a_folder_without_a_manifest_is_no_package(tmp_path: Path) -> None:
    assert not has_manifest(str(tmp_path))
    (tmp_path / "manifest-sha256.txt").write_text("")
    assert has_manifest(str(tmp_path))
    assert has_manifest(str(tmp_path / "package.zip"))
