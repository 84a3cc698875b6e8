"""The harvest: the merge of the views, who told what, and pointers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fairkit.model.evidence import Document, Evidence
from fairkit.model.harvest import Origin, View, merge, resolve
from fairkit.model.resource import FIELDS, Resource

EVIDENCE = Evidence(target="t", source="s")


def view(name: str, known: set[str], *, withheld: set[str] | None = None, **fields: Any) -> View:
    document = Document(representation=name, media_type="x/y", url=name, body=b"{}")
    pointers = {field: f"/{field}" for field in fields}
    faults, how = (f"{name} is odd",), {field: "extracted" for field in fields if field == "version"}
    data = dict(fields)
    told = frozenset(known | fields.keys())
    return View(document, Resource(**fields), pointers, told, frozenset(withheld or ()), how, faults, data)


FIRST = view("first", {"license"}, withheld={"splits", "formats"}, title="One", version="1")
SECOND = view("second", {"splits"}, title="Two", license="MIT")


def test_the_first_view_that_has_a_field_gives_it() -> None:
    harvest = merge(EVIDENCE, [FIRST, SECOND])
    assert harvest.resource == Resource(title="One", version="1", license="MIT")
    assert {name: owner.representation for name, owner in harvest.owners.items()} == {
        "title": "first",
        "version": "first",
        "license": "second",
    }
    assert merge(EVIDENCE, [SECOND, FIRST]).resource.title == "Two"


def test_the_kind_is_that_of_the_first_view() -> None:
    work = Resource(kind="software", title="S")
    first = View(FIRST.document, work, {"title": "/title"}, frozenset(), data={"title": "S"})
    assert merge(EVIDENCE, [first, SECOND]).resource == replace(work, license="MIT")


def test_a_field_is_withheld_only_if_no_view_speaks_of_it() -> None:
    assert merge(EVIDENCE, [FIRST]).withheld == {"splits", "formats"}
    assert merge(EVIDENCE, [FIRST, SECOND]).withheld == {"formats"}


def test_without_views_everything_is_withheld() -> None:
    harvest = merge(EVIDENCE, [], unread=("broken",))
    assert harvest.resource == Resource()
    assert harvest.withheld == frozenset(FIELDS)
    assert harvest.faults == ("broken",)
    assert (harvest.told("title"), harvest.origin("title")) == (None, None)


def test_faults_are_those_of_all_documents() -> None:
    harvest = merge(EVIDENCE, [FIRST, SECOND], unread=("third is broken",))
    assert harvest.faults == ("third is broken", "first is odd", "second is odd")
    assert harvest.representations == ("first", "second")


def test_an_origin_says_where_a_value_stands_and_how_it_got_there() -> None:
    harvest = merge(EVIDENCE, [FIRST, SECOND])
    assert harvest.origin("version") == Origin(FIRST.document, "/version", "extracted", "1")
    assert harvest.origin("license") == Origin(SECOND.document, "/license", "given", "MIT")
    assert (harvest.told("version"), harvest.told("license"), harvest.told("splits")) == ("extracted", "given", None)
    assert FIRST.origin("license") is None
    assert FIRST.representations == ("first",)


DATA = {"a": [{"b/c": 1, "~": 2}], "": 3, "0": 4}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", DATA),
        ("/a/0/b~1c", 1),
        ("/a/0/~0", 2),
        ("/", 3),
        ("/0", 4),
        ("/a/1", None),
        ("/a/-1", None),
        ("/a/²", None),
        ("/a/" + "9" * 5000, None),
        ("/a/0/b~1c/0", None),
        ("/nowhere/at/all", None),
    ],
)
def test_pointers_follow_rfc_6901(pointer: str, value: object) -> None:
    assert resolve(DATA, pointer) == value
