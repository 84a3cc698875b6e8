"""The form of a record, held against the portal's own schema: on every record here, and on each broken in every way."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from fairkit.publish.cern.rules import is_valid
from tests.conftest import SHARED

DATA = SHARED / "data" / "cern-open-data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="needs the shared reference data")
_ANY: tuple[Any, ...] = (None, True, 3, 3.0, 3.5, "x", [], {}, [None], [1], ["x"], [{}], [{"x": 1}], {"x": 1})


def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / "schema" / "record-v1.0.0.json").read_bytes())
    return loaded


def records() -> list[Any]:
    paths = [path for folder in ("records", "sample") for path in sorted((DATA / folder).glob("[0-9]*.json"))]
    return [one for path in paths for one in _listed(path)]


def _listed(path: Path) -> list[Any]:
    held = json.loads(path.read_bytes())
    return held if isinstance(held, list) else [held]


def full(rules: dict[str, Any]) -> Any:
    """A value that has every key that the schema knows."""
    if rules.get("enum"):
        return rules["enum"][0]
    if "properties" in rules:
        return {key: full(one) for key, one in rules["properties"].items()}
    if rules.get("type") == "array":
        items = rules.get("items", {})
        return [full(items[0] if isinstance(items, list) else items)]
    if isinstance(rules.get("additionalProperties"), dict):
        return {"some": full(rules["additionalProperties"])}
    return {"string": "x", "integer": 1, "object": {}}[rules.get("type", "object")]


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield at
    rows = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, one in rows:
        yield from places(one, (*at, key))


def broken(record: Any) -> Iterator[Any]:
    """A record with each place taken out, with a strange key, doubled, and with values of all kinds."""
    for at in places(record):
        for change in (*_ANY, "drop", "stray", "double"):
            made = copy.deepcopy({"it": record})
            inner: Any = made
            *way, last = ("it", *at)
            for step in way:
                inner = inner[step]
            if change == "drop" and at:
                del inner[last]
            elif change == "stray" and isinstance(inner[last], dict):
                inner[last]["stray"] = "x"
            elif change == "double" and isinstance(inner[last], list):
                inner[last] = [*inner[last], *inner[last]]
            else:
                inner[last] = copy.deepcopy(change)
            yield made.get("it")


def test_every_record_is_judged_as_the_schema_does() -> None:
    judge = Draft7Validator(schema())
    every = records()
    assert len(every) > 200
    assert [one["recid"] for one in every if is_valid(one) != judge.is_valid(one)] == []


def test_a_record_with_every_key_broken_anywhere_is_judged_as_the_schema_does() -> None:
    judge, whole = Draft7Validator(schema()), full(schema())
    assert is_valid(whole)
    assert judge.is_valid(whole)
    every = list(broken(whole))
    wrong = [one for one in every if is_valid(one) != judge.is_valid(one)]
    assert len(every) > 3000
    assert wrong[:3] == [], f"{len(wrong)} of {len(every)}"


def test_real_records_broken_anywhere_are_judged_as_the_schema_does() -> None:
    judge = Draft7Validator(schema())
    some = [one for one in records() if one["recid"] in ("328", "15010", "331")]
    every = [one for record in some for one in broken(record)]
    assert [one for one in every if is_valid(one) != judge.is_valid(one)][:3] == []
