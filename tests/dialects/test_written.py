"""What all dialects share that are written here: nothing breaks them, and what they hold is read back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import dialect
from fairkit.model.resource import Resource
from fairkit.registry import DIALECTS

from .documents import assert_sane
from .resources import resources
from .written import HOSTILE, RICH, again, lost, only, whole

WRITTEN = ("croissant", "datacite", "datacite-xml", "ro-crate")
LOSSES = {
    "croissant": {"creators"},  # who is neither said to be a person nor an organisation is one of them
    "ro-crate": set[str](),
    "datacite": {"relations"},  # what the work replaces is a relation there
    "datacite-xml": {"relations"},
}
FIELDS = sorted(set(dialect("croissant").HOLDS))


def test_each_is_a_dialect_that_can_be_written() -> None:
    assert [name for name in WRITTEN if not hasattr(DIALECTS.get(name), "write")] == []


@pytest.mark.parametrize("name", WRITTEN)
def test_a_rich_resource_is_read_back(name: str) -> None:
    assert lost(name, RICH).keys() == LOSSES[name]
    assert_sane(again(name, RICH))


@pytest.mark.parametrize("name", WRITTEN)
def test_a_bare_resource_has_nothing_invented(name: str) -> None:
    view = again(name, Resource())
    assert view.pointers.keys() <= {"type"}


@pytest.mark.parametrize("name", ["croissant", "ro-crate"])
@pytest.mark.parametrize(("listing", "told"), [("complete", "complete"), ("index", "index")])
def test_a_list_that_is_not_the_whole_does_not_become_it(name: str, listing: Any, told: str) -> None:
    files = RICH.distributions[:2]
    assert again(name, replace(RICH, distributions=files, listing=listing)).resource.listing == told


@pytest.mark.parametrize("name", WRITTEN)
@settings(max_examples=60)
@given(fields=st.sets(st.sampled_from(FIELDS)))
def test_any_fields_of_it_are_read_back(name: str, fields: set[str]) -> None:
    """What a field becomes does not hang on which others there are, but for pairs that mean something together."""
    together = {"listing": "distributions", "distributions": "listing", "embargo_until": "access"}
    asked = fields | {together[field] for field in fields & together.keys()}
    assert lost(name, only(asked)).keys() & fields <= LOSSES[name]


@pytest.mark.parametrize("name", WRITTEN)
@settings(max_examples=60)
@given(resource=resources())
def test_any_resource_is_written_and_stays_what_it_became(name: str, resource: Resource) -> None:
    """The first writing may tidy: spaces, unknown schemes, things said twice. What it made is then stable."""
    view = again(name, resource)
    assert_sane(view)
    assert view.faults == ()
    once = again(name, view.resource).resource
    assert again(name, once).resource == once


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("text", HOSTILE, ids=[f"{text[:12]!a}" for text in HOSTILE])
def test_hostile_texts_are_written_and_read(name: str, text: str) -> None:
    view = again(name, replace(whole(text), title=text or None))
    assert_sane(view)
    if text.strip() and text.isprintable() and "<" not in text:
        assert view.resource.title == text
