"""What is wrong in a fairkit.toml is named with its place, and the tables are read without it."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from fairkit.dialects._toml_faults import checked
from fairkit.dialects._toml_tables import FairkitToml


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("[resource]\ntitel = 'x'", "resource.titel: no such key; did you mean 'title'?"),
        ("[resorce]", "resorce: no such key; did you mean 'resource'?"),
        ("title = 'x'", "title: no such key; it belongs into [resource]"),
        ("qqq = 1", "qqq: no such key"),
        ("'' = 1", ": no such key"),
        ("[[variables]]\nname = 'pt'\nunits = 'GeV'", "variables.0.units: no such key; did you mean 'unit'?"),
        ("[[variables]]\nunit = 'GeV'", "variables.0.name: Field required"),
        ("[[variables]]\nname = 'pt'\npadding = [1]", "variables.0.padding: Input should be a valid string"),
        ("[resource]\nkeywords = 'jets'", "resource.keywords: Input should be a valid tuple, not 'jets'"),
        ("[resource]\ntitle = 3", "resource.title: Input should be a valid string, not '3'"),
        ("[data]\nentries = -1", "data.entries: Input should be greater than or equal to 0, not '-1'"),
        ("[data]\nentries = 0xFFFFFFFFFFFFFFFFFF", "data.entries: Input should be less than or equal to"),
        ("[resource]\ndoi = 'soon'", "resource.doi: 'soon' is no well-formed DOI"),
        (
            "[[creators]]\nname = 'A'\norcid = '0000-0002-1825-0098'",
            "creators.0.orcid: '0000-0002-1825-0098' is no well",
        ),
        ("[resource]\nidentifiers = ['what']", "resource.identifiers.0: 'what' is no identifier that is known"),
        ("[[variables]]\nname = 'pt'\nrange = [nan, 1]", "variables.0.range.0: nan is no bound"),
        (
            "[[provenance.steps]]\nname = 'a'\nsoftware = [{ name = 'x', versio = '1' }]",
            "provenance.steps.0.software.0.versio: no such key; did you mean 'version'?",
        ),
        ("[publisher]\nror = '01ggx4157'", "publisher.name: Field required"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_read(lines: str, fault: str) -> None:
    data = "[usage]\nhow = 'read it'\n"
    tables, [found] = checked(tomllib.loads(f"{data}\n{lines}" if lines[0] == "[" else f"{lines}\n{data}"))
    assert found.startswith(fault)
    assert tables.usage.how == "read it"


@pytest.mark.parametrize("data", [{}, {"resource": {"title": "Toy jets"}}, {"creators": [{"name": "Ada"}]}])
def test_where_nothing_is_wrong_there_is_no_fault(data: dict[str, Any]) -> None:
    assert checked(data) == (FairkitToml.model_validate(data), [])


def test_every_fault_is_named_once_in_the_order_of_the_tables() -> None:
    data = {"resource": {"titel": "x", "keywords": "jets"}, "data": {"entries": -1, "files": 2}, "extra": 1}
    tables, faults = checked(data)
    assert [fault.partition(":")[0] for fault in faults] == [
        "resource.keywords", "resource.titel", "data.entries", "extra",
    ]  # fmt: skip
    assert (tables.resource.keywords, tables.data.entries, tables.data.files) == ((), None, 2)


def test_a_row_that_lacks_what_it_must_have_is_left_out_whole() -> None:
    tables, faults = checked({"creators": [{"name": "Ada"}, {"type": "person"}, {"name": 3}, {"name": "Bob"}]})
    assert [creator.name for creator in tables.creators] == ["Ada", "Bob"]
    assert [fault.partition(":")[0] for fault in faults] == ["creators.1.name", "creators.2.name"]


def test_what_is_left_out_brings_no_fault_of_its_own() -> None:
    """A row without its wrong name lacks a name, which nobody is told."""
    assert len(checked({"variables": [{"name": 3}]})[1]) == 1


def test_a_long_value_is_quoted_in_short() -> None:
    _, [fault] = checked({"resource": {"keywords": "x" * 1000}})
    assert fault.count("x") == 60


def test_the_data_stay_as_they_are() -> None:
    data = {"resource": {"titel": "x", "title": "Toy"}, "variables": [{"name": "a"}, {"name": 3}]}
    checked(data)
    assert data == {"resource": {"titel": "x", "title": "Toy"}, "variables": [{"name": "a"}, {"name": 3}]}


@pytest.mark.parametrize("wrong", [None, "x", 3, [], [1], {"title": {}}, {"": {"": {}}}])
@pytest.mark.parametrize("table", FairkitToml.model_fields)
def test_a_wrong_table_leaves_the_others(table: str, wrong: Any) -> None:
    other = "usage" if table != "usage" else "access"
    tables, faults = checked({other: {}, table: wrong})
    assert isinstance(tables, FairkitToml)
    assert all(fault.startswith(table) for fault in faults)
