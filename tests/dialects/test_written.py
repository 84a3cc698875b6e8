"""What all dialects share that are written here: nothing breaks them, and what they hold is read back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import dialect, fits, form, reads
from fairkit.errors import UnreadableDocument
from fairkit.model.resource import Kind, Resource
from fairkit.registry import DIALECTS

from .documents import assert_sane
from .of_models import MODEL
from .resources import resources
from .written import HOSTILE, RICH, again, lost, only, whole

READ = ("croissant", "datacite", "datacite-xml", "fair4ml", "hf-card", "ro-crate")
WRITTEN = (*READ, "cyclonedx")
MODELS = frozenset({"cyclonedx", "fair4ml", "hf-card"})
"""Those that are made for models."""
LOSSES = {
    "croissant": {"creators"},  # who is neither said to be a person nor an organisation is one of them
    "ro-crate": set[str](),
    "datacite": {"relations"},  # what the work replaces is a relation there
    "datacite-xml": {"relations"},
    "fair4ml": set[str](),
    "hf-card": {  # the keys of a model's card; what is said of tables and of sizes is for cards of data
        "access_conditions", "byte_size", "data_uses", "entry_count", "relations", "requirements", "splits", "subjects",
        "variables",
    },
}  # fmt: skip
TOO_MUCH = 100_000
"""Letters of one text that stands several times in the front matter of a card: no more is read than people write."""
FIELDS = sorted({*dialect("croissant").HOLDS, *MODEL})


def of_kind(name: str, resource: Resource) -> Resource:
    """The resource as a model, where the dialect is made for such."""
    return replace(resource, kind="model") if name in MODELS else resource


def test_each_is_a_dialect_that_can_be_written() -> None:
    assert [name for name in WRITTEN if not hasattr(DIALECTS.get(name), "write")] == []
    assert [name for name in WRITTEN if reads(name)] == list(READ)


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("kind", ["dataset", "model"])
def test_a_rich_resource_is_read_back(name: str, kind: Kind) -> None:
    resource = of_kind(name, replace(RICH, kind=kind))
    data = set[str]() if fits(name, kind) else {"relations"}  # the data of a model are other works there
    assert lost(name, resource).keys() == LOSSES[name] | data
    assert_sane(again(name, resource))


@pytest.mark.parametrize("name", READ)
def test_a_bare_resource_has_nothing_invented(name: str) -> None:
    view = again(name, of_kind(name, Resource()))
    assert view.pointers.keys() <= {"type"}


@pytest.mark.parametrize("name", ["croissant", "fair4ml", "ro-crate"])
@pytest.mark.parametrize(("listing", "told"), [("complete", "complete"), ("index", "index")])
def test_a_list_that_is_not_the_whole_does_not_become_it(name: str, listing: Any, told: str) -> None:
    files = RICH.distributions[:2]
    assert again(name, replace(RICH, distributions=files, listing=listing)).resource.listing == told


@pytest.mark.parametrize("name", READ)
@settings(max_examples=60)
@given(fields=st.sets(st.sampled_from(FIELDS)))
def test_any_fields_of_it_are_read_back(name: str, fields: set[str]) -> None:
    """What a field becomes does not hang on which others there are, but for pairs that mean something together."""
    together = {"listing": "distributions", "distributions": "listing", "embargo_until": "access", "tasks": "results"}
    asked = fields | {together[field] for field in fields & together.keys()}
    assert lost(name, of_kind(name, only(asked))).keys() & fields <= LOSSES[name]


@pytest.mark.parametrize("name", READ)
@settings(max_examples=60)
@given(resource=resources())
def test_any_resource_is_written_and_stays_what_it_became(name: str, resource: Resource) -> None:
    """The first writing may tidy: spaces, unknown schemes, things said twice. What it made is then stable."""
    view = again(name, of_kind(name, resource))
    assert_sane(view)
    assert view.faults == ()
    once = again(name, view.resource).resource
    assert again(name, once).resource == once


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("text", HOSTILE, ids=[f"{text[:12]!a}" for text in HOSTILE])
def test_hostile_texts_are_written_and_read(name: str, text: str) -> None:
    resource = of_kind(name, replace(whole(text), title=text or None))
    if name == "hf-card" and len(text) > TOO_MUCH:
        with pytest.raises(UnreadableDocument, match="characters of YAML"):
            again(name, resource)
        return
    view = again(name, resource)
    assert_sane(view)
    if text.strip() and text.isprintable() and "<" not in text:
        assert view.resource.title == text


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("text", HOSTILE, ids=[f"{text[:12]!a}" for text in HOSTILE])
def test_hostile_texts_are_written_the_same_again(name: str, text: str) -> None:
    resource = of_kind(name, whole(text))
    assert form(name).write(resource) == form(name).write(resource)
    assert form(name).write(resource).decode()
