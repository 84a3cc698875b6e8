"""What the tests of the dialects share: reading a body, judging a view, and documents in which one value is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from fairkit.dialects import dialect
from fairkit.model.base import adapter
from fairkit.model.evidence import Document
from fairkit.model.harvest import View, resolve
from fairkit.model.resource import FIELDS, Resource

__all__ = ["ANY_JSON", "WRONG", "assert_sane", "mutants", "read", "read_json"]

DEEP: Any = []
for _ in range(300):
    DEEP = [DEEP]

WRONG: tuple[Any, ...] = (
    None, "", "x", "\ud800", 0, -1, 1.5, float("nan"), float("-inf"), 10**30, -(10**400), True, [],
    [None], [[]], [1, "x", {}], {}, {"a": []},
    {"@id": 3}, {"@value": {}}, {"@list": [[[]]]}, DEEP,
)  # fmt: skip
"""Values of which at least most are of the wrong type, wherever they stand."""

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def read_json(name: str, data: Any) -> View:
    """The view of data, written as JSON, in the dialect `name`."""
    return read(name, json.dumps(data))


def read(name: str, body: str | bytes) -> View:
    """The view of a body in the dialect `name`."""
    raw = body if isinstance(body, bytes) else body.encode()
    module = dialect(name)
    return module.read(Document(representation=name, media_type=module.MEDIA_TYPE, url="there", body=raw))


_TOLD_BESIDE = {"fairkit-toml": {"distributions", "listing"}}
"""Fields that a dialect may tell though its silence on them says nothing: a look into the folder finds files."""


_PLACES_VARY = {"html", "linkset", "signposting"}
"""Dialects of which a document has only the places for which it uses the words: a page need not have meta tags."""


def assert_sane(view: View) -> None:
    """What every view keeps to, however bad its document was."""
    holds = dialect(view.representation).HOLDS
    assert view.pointers.keys() <= view.known <= holds | _TOLD_BESIDE.get(view.representation, set())
    assert view.withheld == holds - view.known or view.representation in _PLACES_VARY
    assert view.how.keys() <= view.pointers.keys()
    for name in FIELDS:
        has = getattr(view.resource, name) not in (None, (), "absent")
        assert has == (name in view.pointers), name
        assert (view.told(name) is not None) == (view.origin(name) is not None) == has
    for name, pointer in view.pointers.items():
        assert resolve(view.data, pointer) is not None, (name, pointer)
    assert adapter(Resource).validate_json(adapter(Resource).dump_json(view.resource), strict=True) == view.resource


def mutants(document: Any, *, depth: int = 5) -> Iterator[tuple[str, Any]]:
    """The document with each value in turn replaced by each wrong one, or left out; with the pointer to where."""
    for place in _places(document, depth):
        pointer = "".join(f"/{step}" for step in place)
        for wrong in WRONG:
            yield pointer, _replaced(document, place, wrong)


def _places(value: Any, depth: int) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield (step,)
        if depth > 1:
            yield from ((step, *rest) for rest in _places(inner, depth - 1))


def _replaced(value: Any, place: tuple[Any, ...], wrong: Any) -> Any:
    if not place:
        return wrong
    copy = value.copy()
    copy[place[0]] = _replaced(value[place[0]], place[1:], wrong)
    return copy
