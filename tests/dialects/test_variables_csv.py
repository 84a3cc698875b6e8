"""variables.csv: each column lands in its field, spreadsheets' ways are taken, what is wrong is named with its row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects import variables_csv
from fairkit.errors import UnreadableDocument
from fairkit.model.locate import locate
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable

from .documents import assert_sane, read

FULL = """\
name,type,unit,description,role,group,shape,padding,missing,range_min,range_max,term,count,columns,classes
pt,float32,GeV,"momentum, transverse",feature,jet,-1 5,0,-999,20,,https://example.org/pt,n_jets,,
label,int8,1,flavour,label,jet,,,,0,2,,,"label_{0..2}",0=light; 1=b
"""
PT = Variable(
    name="pt", dtype="float32", unit="GeV", description="momentum, transverse", role="feature", group="jet",
    shape=(None, 5), padding="0", missing="-999", range=(20, None), term="https://example.org/pt", count="n_jets",
)  # fmt: skip
LABEL = Variable(
    name="label", dtype="int8", unit="1", description="flavour", role="label", group="jet", range=(0, 2),
    columns="label_{0..2}", classes=(("0", "light"), ("1", "b")),
)  # fmt: skip


def test_every_column_lands_in_its_field() -> None:
    view = read("variables-csv", FULL)
    assert_sane(view)
    assert (view.resource.variables, view.faults) == ((PT, LABEL), ())
    assert view.pointers == {"variables": ""}


def test_what_is_written_is_read_again() -> None:
    written = variables_csv.write(Resource(variables=(PT, LABEL)))
    assert written.decode() == FULL.replace('"label_{0..2}"', "label_{0..2}")
    assert read("variables-csv", written).resource.variables == (PT, LABEL)


@pytest.mark.parametrize(
    "body",
    [
        "name;unit;range_min\npt;GeV;0,5\n",
        "\ufeffname,unit,range_min\r\npt,GeV,0.5\r\n",
        "Name\tUNIT\tRange_Min\npt\tGeV\t0.5\n\t\t\n",
        '\n"name", "unit", range_min\npt, GeV ,0.5\n\n',
        "name,unit,range_min,\npt,GeV,0.5,\n",
    ],
)
def test_what_spreadsheets_make_of_it_is_read(body: str) -> None:
    view = read("variables-csv", body)
    assert view.resource.variables == (Variable(name="pt", unit="GeV", range=(0.5, None)),)
    assert view.faults == ()


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("name,units\npt,GeV", [": no such column 'units'; did you mean 'unit'?"]),
        ("name,unit,unit\npt,GeV,GeV", [": the column 'unit' stands there twice"]),
        ("name,hue\npt,red", [": no such column 'hue'"]),
        ("name,unit\n,GeV\npt,GeV", ["/0/name: Field required"]),
        ("name,shape\npt,wide", ["/0: shape: 'wide' is no list of lengths as in '-1 5'"]),
        ("name,range_max\npt,much", ["/0: range_max: 'much' is no number"]),
        ("name,range_min\npt,nan", ["/0/range/0: nan is no bound; write inf or -inf where there is none"]),
        ("name,classes\npt,light", ["/0: classes: 'light' is no list as in '0=light; 1=b'"]),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_read(body: str, faults: list[str]) -> None:
    view = read("variables-csv", body)
    assert_sane(view)
    assert list(view.faults) == faults
    assert [variable.name for variable in view.resource.variables] == ["pt"]


@pytest.mark.parametrize("body", ["", "\n", "unit,type\nGeV,f4\n", 'name,unit\n"pt,GeV', b"name\n\0\xff"])
def test_what_is_no_table_of_variables_is_refused(body: str | bytes) -> None:
    if body == b"name\n\0\xff":
        assert read("variables-csv", body).resource.variables[0].name.endswith("\ufffd")
        return
    with pytest.raises(UnreadableDocument):
        read("variables-csv", body)


@pytest.mark.parametrize(
    ("body", "ours"),
    [(b"name,unit\n", True), (b"\xef\xbb\xbfName;Type\n", True), (b"name\npt\n", True), (b"name,age\nAda,36\n", False),
     (b"pt,eta\n", False), (b"", False)],
)  # fmt: skip
def test_only_our_table_is_claimed(body: bytes, ours: bool) -> None:
    assert variables_csv.claims(body) is ours


def test_a_row_has_a_line() -> None:
    body = 'name,description\npt,"two\nlines"\n\neta,x\n'
    assert [locate(body, pointer, form="csv") for pointer in ("", "/0", "/1/unit", "/2", "/x")] == [1, 2, 5, None, None]


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


CELLS = st.lists(TEXT | st.sampled_from(variables_csv.COLUMNS), max_size=5)


@given(st.lists(CELLS, max_size=5), st.sampled_from(",;\t"))
def test_any_table_is_read(rows: list[list[str]], sign: str) -> None:
    view = read("variables-csv", variables_csv.separated([["name", *variables_csv.COLUMNS[1:4]], *rows], sign))
    assert_sane(view)


WORD = TEXT.map(str.strip).filter(bool)
ROWS = st.builds(
    Variable,
    name=WORD, dtype=st.none() | WORD, unit=st.none() | WORD, description=st.none() | WORD,
    shape=st.none() | st.lists(st.none() | st.integers(0, 9), min_size=1, max_size=3).map(tuple),
    range=st.none() | st.tuples(st.none() | st.floats(-9, 9), st.floats(-9, 9)),
)  # fmt: skip


@given(st.lists(ROWS, min_size=1, max_size=4).map(tuple))
def test_any_variables_are_read_as_they_were_written(variables: tuple[Variable, ...]) -> None:
    view = read("variables-csv", variables_csv.write(Resource(variables=variables)))
    assert (view.resource.variables, view.faults) == (variables, ())
