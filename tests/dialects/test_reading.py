"""Reading leniently: values of any type, and where each of them stood."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from fairkit.dialects import dialect, harvest
from fairkit.dialects._reading import Reading, agent
from fairkit.dialects._values import text
from fairkit.errors import UnknownName
from fairkit.model.evidence import Document, Evidence
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.registry import DIALECTS

from .documents import ANY_JSON


def document(body: bytes, representation: str = "datacite") -> Document:
    return Document(representation=representation, media_type="application/json", url="there", body=body)


def test_an_agent_has_only_well_formed_identifiers_each_once() -> None:
    good, bad = (Identifier(scheme="orcid", value=f"0000-0002-1825-009{digit}") for digit in "78")
    found = agent(" Ada ", ids=(good, None, bad, good), type="person")
    assert found is not None
    assert (found.name, found.identifiers) == ("Ada", (good,))
    assert agent(None, ids=(good,)) is None


def test_the_first_value_of_a_field_stays_with_its_pointer() -> None:
    reading = Reading(document(b"{}"), {})
    reading.put("title", "", "/a")
    reading.put("title", "first", "/b", how="guessed")
    reading.put("title", "second", "/c")
    reading.each("keywords", [None, "x"], "/d", text)
    view = reading.view("dataset", holds=frozenset({"title", "keywords", "version"}), withheld=frozenset({"version"}))
    assert (view.resource.title, view.resource.keywords) == ("first", ("x",))
    assert view.pointers == {"title": "/b", "keywords": "/d/1"}
    assert (view.told("title"), view.told("keywords"), view.told("version")) == ("guessed", "given", None)
    assert view.known == {"title", "keywords"}
    assert view.withheld == {"version"}


def test_what_is_dropped_leaves_only_its_fault() -> None:
    reading = Reading(document(b"{}"), {})
    reading.put("title", 3, "/title", how="guessed")
    reading.put("byte_size", "much", "/size")
    reading.put("version", "1", "/version")
    reading.drop("title", "no text")
    reading.drop("byte_size", "no number")
    reading.drop("license", "nobody gave it")
    view = reading.view("dataset", holds=frozenset())
    assert view.resource == Resource(version="1")
    assert view.pointers == {"version": "/version"}
    assert view.how == {}
    assert view.faults == ("/title: no text", "/size: no number", "license: nobody gave it")


def test_a_view_is_of_the_kind_that_it_is_said_to_be() -> None:
    assert Reading(document(b"{}"), {}).view("model", holds=frozenset()).resource == Resource(kind="model")


def test_a_document_that_cannot_be_read_is_named_and_the_others_are_read() -> None:
    good = document(b'{"titles": [{"title": "Toy"}], "creators": []}')
    unread = (document(b"{"), document(b"{}", "klingon"), document(b"a = ", "fairkit-toml"))
    found = harvest(Evidence(target="x", source="document", documents=(*unread, good)))
    assert found.resource.title == "Toy"
    assert found.representations == ("datacite",)
    assert [fault.partition(":")[0] for fault in found.faults] == [
        "there is not readable JSON",
        "there is no dialect 'klingon'",
        "there is not readable TOML",
    ]


def test_where_nothing_can_be_read_nothing_is_known() -> None:
    found = harvest(Evidence(target="x", source="document", documents=(document(b"{"),)))
    assert (found.views, found.owners) == ((), {})
    assert "title" in found.withheld
    assert found.faults


@pytest.mark.parametrize("name", DIALECTS.names())
def test_every_dialect_keeps_to_the_protocol(name: str) -> None:
    module = dialect(name)
    assert module.TITLE
    assert "/" in module.MEDIA_TYPE
    assert module.HOLDS
    assert not module.recognises(None)


@pytest.mark.parametrize("name", DIALECTS.names())
@given(data=ANY_JSON)
def test_no_dialect_stumbles_over_what_it_is_asked_about(name: str, data: Any) -> None:
    assert dialect(name).recognises(data) in (True, False)


def test_an_unknown_dialect_is_refused() -> None:
    with pytest.raises(UnknownName, match="klingon"):
        dialect("klingon")
