"""Lists of features in every form that people write; what is none is named, however hostile."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Channel
from fairkit.model.evidence import Document
from fairkit.package.feature_lists import Features, features, own_lists, read


def told(name: str, body: str | bytes) -> list[Features]:
    content = body if isinstance(body, bytes) else body.encode()
    return list(read(Document(representation="features", media_type="text/plain", url=name, body=content))[0])


@pytest.mark.parametrize(
    ("name", "body", "lists"),
    [
        ("f.yaml", "jet: [pt, eta]", {"jet": ("pt", "eta")}),
        ("f.json", '{"jet": ["pt", "eta"]}', {"jet": ("pt", "eta")}),
        ("f.json", '["pt", "eta"]', {"f": ("pt", "eta")}),
        ("f.toml", 'jet = ["pt", "eta"]', {"jet": ("pt", "eta")}),
        ("f.toml", '[features]\njet = ["pt", "eta"]\nsv = ["m"]', {"jet": ("pt", "eta"), "sv": ("m",)}),
        ("f.toml", '[inputs.jet]\nvars = [["pt", 1, 2], "eta"]', {"jet": ("pt", "eta")}),
        ("F.TOML", "\ufeffjet = ['pt']", {"jet": ("pt",)}),
        ("f.csv", "pt\neta\n", {"f": ("pt", "eta")}),
        ("f.txt", "# in order\npt\n\n eta \n", {"f": ("pt", "eta")}),
        ("f.csv", "name\npt\neta", {"f": ("pt", "eta")}),
        ("f.csv", "unit,Feature\nGeV,pt\n1,eta\n", {"f": ("pt", "eta")}),
        ("f.tsv", "name\tunit\npt\tGeV\neta", {"f": ("pt", "eta")}),
        ("f.csv", 'name;text\r\n"a;b";"x\r\ny"\r\n', {"f": ("a;b",)}),
        ("f.csv", "input,name\njet,pt\nsv,m\njet,eta\n", {"jet": ("pt", "eta"), "sv": ("m",)}),
        ("c.csv", "input,index,variable\njet,1,eta\njet,0,pt\n", {"jet": ("pt", "eta")}),
        ("f.csv", "\ufeffname\npt\n".encode(), {"f": ("pt",)}),
    ],
)
def test_every_form_is_read(name: str, body: str | bytes, lists: dict[str, tuple[str, ...]]) -> None:
    assert {one.name: one.names for one in told(name, body)} == lists


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("f.yaml", "", "no lists"),
        ("f.yaml", "x: 1", "no lists"),
        ("f.yaml", "inputs: {}", "no lists"),
        ("f.yaml", "inputs: {jet: 1}", "no lists"),
        ("f.json", "[[1], 2]", "no lists"),
        ("f.toml", "x = [", "not readable TOML"),
        ("f.toml", b"\xff", "not readable TOML"),
        ("f.toml", "x = " + "[" * 5000, "not readable TOML"),
        ("f.toml", "x = 0x" + "f" * 20_000, "not readable TOML"),
        ("f.json", "[" * 100_000, "not readable"),
        ("f.csv", "", "no lists"),
        ("f.csv", "unit,title\nGeV,x\n", "no column 'name' or 'feature': its first line is unit, title"),
        ("f.csv", '"a', "not readable CSV"),
        ("f.csv", "x" * 200_000, "not readable CSV"),
        ("c.csv", "input,index,variable\njet,x,pt\n", "invalid literal"),
    ],
)
def test_what_lists_nothing_is_named(name: str, body: str | bytes, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=why):
        told(name, body)


def test_no_number_of_a_stranger_is_too_much() -> None:
    lists, _ = features({"features_1": ["pt"], "nobj_1": "9" * 5000})
    assert lists == (Features("features_1", ("pt",)),)
    row = ["pt", 10**400, "5e-324", "nan"]
    lists, _ = features({"inputs": {"x": {"length": "9" * 5000, "vars": [row, ["eta", 1, "5e-324"]]}}})
    assert lists == (Features("x", ("pt", "eta"), None, {"pt": {}, "eta": {"shift": 1.0}}),)


def test_what_was_bound_before_is_a_list_with_all_that_is_done() -> None:
    [one] = told("c.csv", "input,index,variable,shift\njet,0,pt,2\n")
    assert one == Features("jet", ("pt",), None, {"pt": {"shift": 2.0}})
    assert Channel(input="jet", index=0, variable="pt", shift=2.0).shift == one.steps["pt"]["shift"]


@given(st.text(), st.text())
def test_no_metadata_break_it(key: str, value: str) -> None:
    assert all(one.names for one in own_lists([(key, value), ("features", value)]))


@given(st.sampled_from(["f.csv", "f.toml", "f.yaml", "f.txt"]), st.binary(max_size=60))
def test_no_bytes_break_it(name: str, body: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        assert told(name, body)
