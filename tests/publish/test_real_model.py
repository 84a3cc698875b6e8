"""A model is published on the real InvenioRDM software like a dataset, and assessed there again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fairkit.publish.journal import HOME
from tests.servers.invenio.real import Instance

from .test_real_invenio import Author, Ran

pytestmark = pytest.mark.invenio

_FILES = "the model itself is not fetched: its header, and the project around it, are in the package"
LOST = {
    **dict.fromkeys(("AI-F1.2-b", "AI-F1.2-c", "AI-F2-b", "AI-F3-b", "AI-A1-a", "AI-A1-c", "AI-I1-b"), _FILES),
    **dict.fromkeys(("AI-R1.1-a", "AI-R1.2-b"), _FILES),
    "AI-F1.1-a": "the server computes md5 only; sha256 is in the manifest of the package",
}
"""Every question that the package of a model passes and its record does not, and why."""


def _statuses(ran: Ran) -> dict[str, Any]:
    assert ran.code == 0, ran.err
    [made] = ran.told
    return {row["metric"]: row["status"] for row in made["results"]}


def test_a_model_is_one_record_and_what_the_server_leaves_out_is_named(invenio: Instance, tmp_path: Path) -> None:
    author = Author(invenio, tmp_path, example="hbb-model", words="Toy tagger")
    told = author.published()
    author.check(told)
    again = author.published()
    assert again["id"] == told["id"]
    record = invenio.asked("GET", f"/records/{told['id']}")
    assert record["metadata"]["resource_type"]["id"] == "model"
    words = ("--json", "--checklist", "fair-ai")
    package = _statuses(author.run("assess", str(author.root / HOME / "package"), *words))
    there = _statuses(author.run("assess", "url", told["url"], *words))
    lost = {metric for metric, status in package.items() if status == "pass" and there[metric] != "pass"}
    assert sorted(lost) == sorted(LOST)
    assert there["AI-F1-a"] == "pass"
