"""`fairkit list`: everything that can be chosen, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Ran


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("checks", "has_licence"),
        ("checklists", "fair4hep"),
        ("sources", "cern-open-data"),
        ("dialects", "fairkit-toml"),
        ("formats", "json-lines"),
        ("reports", "json"),
    ],
)
def test_a_list_names_what_there_is(run: Callable[..., Ran], what: str, name: str) -> None:
    ran = run("list", what)
    assert ran.code == 0
    assert name in ran.out
    rows = json.loads(run("list", what, "--json").out)
    assert name in [row["name"] for row in rows]
    assert all(row["title"] for row in rows)
