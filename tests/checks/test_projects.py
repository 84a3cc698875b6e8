"""Projects: what the files around a work tell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fairkit.model.ai import DataUse
from fairkit.model.provenance import Activity

from .judge import Case, doi, judge


def project(**told: Any) -> str:
    return json.dumps(told)


def mention(text: str, file: str = "README.md", line: int = 3) -> dict[str, Any]:
    return {"file": file, "text": text, "line": line}


def asked(name: str, *, pinned: bool) -> dict[str, Any]:
    return {"file": "requirements.txt", "name": name, "pinned": pinned, "line": 2}


CONCEPT, VERSION = "10.5281/zenodo.7305173", "10.5281/zenodo.7305174"
TOLD = (("seed", "1"), ("gpu", "A100"), ("commit", "0123456789abcdef"))
STEP = Activity(name="training", parameters=TOLD, started="2026-01-01", ended="2026-01-02")

CASES: list[Case] = [
    ("paths_are_public", {"project": project()}, "pass", "no such path"),
    ("paths_are_public", {"project": "nonsense"}, "pass", "no such path"),
    (
        "paths_are_public",
        {"project": project(private_paths=[mention("/home/a", "a.py"), mention("/home/b", "b.py")])},
        "fail",
        "/home/a in a.py:3, and 1 more",
    ),
    ("environment_is_locked", {"project": project(locks=["uv.lock"])}, "pass", "uv.lock"),
    (
        "environment_is_locked",
        {"project": project(containers=[{"image": "cuda", "digest": "sha256:ab"}])},
        "pass",
        "cuda by its digest",
    ),
    ("environment_is_locked", {"project": project(requirements=[asked("numpy", pinned=True)])}, "pass", "1 package"),
    (
        "environment_is_locked",
        {"project": project(requirements=[asked("numpy", pinned=True), asked("torch", pinned=False)])},
        "fail",
        "1 of 2 packages without an exact version: torch (requirements.txt:2)",
    ),
    ("environment_is_locked", {"project": project()}, "fail", "nothing says which packages"),
    ("code_has_licence", {"project": project(licence_files=["LICENSE"])}, "pass", "LICENSE"),
    ("code_has_licence", {"project": project()}, "fail", "no file with a licence"),
    (
        "layout_is_usual",
        {
            "project": project(
                licence_files=["LICENSE"], citation_files=["CITATION.cff"], readmes=["README.md"], pipelines=["ci.yml"]
            )
        },
        "pass",
        "all of them",
    ),
    (
        "layout_is_usual",
        {"project": project(readmes=["README.md"], licence_files=["LICENSE"])},
        "partial",
        "without citation",
    ),
    ("layout_is_usual", {"project": project(readmes=["README.md"])}, "fail", "licence file, citation file, tests"),
    ("identifiers_agree_everywhere", {"project": project(dois=[mention(VERSION)])}, "pass", VERSION),
    (
        "identifiers_agree_everywhere",
        {"project": project(dois=[mention(VERSION), mention(CONCEPT, "CITATION.cff")])},
        "fail",
        f"{CONCEPT} (CITATION.cff:3), {VERSION} (README.md:3)",
    ),
    (
        "identifiers_agree_everywhere",
        {
            "project": project(dois=[mention(VERSION), mention("10.5281/zenodo.9")]),
            "data_uses": (DataUse(role="trained", identifier=doi(9)),),
        },
        "pass",
        VERSION,
    ),
    ("identifiers_agree_everywhere", {"project": project(dois=[mention("10.1038/paper")])}, "not-applicable", "no DOI"),
    (
        "training_can_be_repeated",
        {"project": project(commit="0123456789abcdef", configurations=["config.toml"])},
        "pass",
        "commit 0123456789ab, config.toml",
    ),
    ("training_can_be_repeated", {"project": project(), "activities": (STEP,)}, "pass", "training"),
    ("training_can_be_repeated", {"project": project(configurations=["a.toml"])}, "partial", "without commit"),
    ("training_can_be_repeated", {"project": project()}, "fail", "without commit and configuration"),
    ("training_is_told", {"activities": (STEP,)}, "pass", "all of them"),
    ("training_is_told", {"activities": (Activity(name="training", parameters=TOLD),)}, "partial", "without duration"),
    ("training_is_told", {}, "fail", "without seed, hardware, duration"),
]


@pytest.mark.parametrize(("name", "told", "status", "message"), CASES)
def test_a_verdict(name: str, told: dict[str, Any], status: str, message: str) -> None:
    outcome = judge(name, **{"kind": "model", **told})
    assert (outcome.status, message in outcome.text) == (status, True), outcome.text
