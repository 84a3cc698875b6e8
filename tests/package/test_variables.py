"""What is documented of a variable wins over its column, fills nothing in vain, and is contradicted by its file."""

from __future__ import annotations

import pytest

from fairkit.formats import Facts
from fairkit.model.variable import Table, Variable
from fairkit.package.variables import columns, merged, same_type
from fairkit.package.words import FileFacts, Finding


def file(*variables: Variable, path: str = "a.parquet", format: str = "parquet") -> FileFacts:
    return FileFacts(path=path, facts=Facts(format=format, tables=(Table(name="", columns=variables),)))


def pt(**more: object) -> Variable:
    return Variable(**{"name": "pt", "dtype": "float32", **more})  # type: ignore[arg-type]


def put_together(
    documented: list[Variable], *files: FileFacts, complete: bool = True
) -> tuple[tuple[Variable, ...], tuple[Finding, ...]]:
    return merged(documented, files, line=lambda place: ("fairkit.toml", 10 + place), complete=complete)


def test_what_is_documented_wins_and_files_fill_the_gaps() -> None:
    found, findings = put_together([Variable(name="pt", unit="GeV")], file(pt(unit="MeV", description="Its momentum")))
    assert found == (Variable(name="pt", dtype="float32", unit="GeV", description="Its momentum"),)
    assert findings == ()


@pytest.mark.parametrize(
    ("said", "column", "told"),
    [
        (pt(dtype="float64"), pt(), ["pt is said to be float64, and is float32 in the file"]),
        (pt(dtype="Float_t"), pt(), []),
        (pt(dtype="float"), pt(), []),
        (pt(dtype="vector<float>"), pt(shape=(None,)), []),
        (pt(shape=(None,)), pt(shape=(60,)), []),
        (pt(shape=(50,)), pt(shape=(60,)), ["pt is said to have the shape 50, and has 60 in the file"]),
        (pt(shape=(None, 4)), pt(shape=(None,)), ["pt is said to have the shape *×4, and has * in the file"]),
        (pt(shape=()), pt(shape=(3,)), ["pt is said to have the shape of a single value, and has 3 in the file"]),
    ],
)
def test_a_contradiction_is_found_with_its_line(said: Variable, column: Variable, told: list[str]) -> None:
    _, findings = put_together([said], file(column))
    wanted = [Finding(kind="conflict", text=text, file="fairkit.toml", line=10) for text in told]
    assert list(findings) == wanted


def test_texts_tell_no_width() -> None:
    assert put_together([pt(dtype="int32")], file(pt(dtype="int64"), format="csv"))[1] == ()


def test_a_documented_variable_in_no_file_is_found_only_where_all_files_were_read() -> None:
    [finding] = put_together([pt(), Variable(name="gone")], file(pt()))[1]
    assert finding == Finding(kind="missing", text="gone is in no file", file="fairkit.toml", line=11)
    assert put_together([pt(), Variable(name="gone")], file(pt()), complete=False)[1] == ()


def test_columns_that_nobody_describes_come_last_and_are_named() -> None:
    found, findings = put_together([Variable(name="b")], file(Variable(name="a"), Variable(name="b")))
    assert [one.name for one in found] == ["b", "a"]
    assert [one.kind for one in findings] == ["undescribed"]


def test_without_documents_nothing_is_undescribed() -> None:
    assert put_together([], file(pt())) == ((pt(),), ())


def test_files_that_differ_are_told() -> None:
    [finding] = put_together([], file(pt()), file(pt(dtype="float64"), path="b.parquet"))[1]
    assert (finding.text, finding.file) == ("pt is float64 here and float32 in a.parquet", "b.parquet")


def test_a_documented_array_takes_its_columns() -> None:
    energies = [Variable(name=f"E_{number}", dtype="float32") for number in range(3)]
    said = Variable(name="energy", unit="GeV", columns="E_{0..2}")
    found, findings = put_together([said], file(*energies))
    assert found == (Variable(name="energy", unit="GeV", columns="E_{0..2}", dtype="float32", shape=(3,)),)
    assert findings == ()


def test_a_documented_name_takes_an_array_that_was_folded() -> None:
    energies = [Variable(name=f"E_{number}", dtype="float32") for number in range(9)]
    found, findings = put_together([Variable(name="E", unit="GeV")], file(*energies))
    assert [(one.name, one.columns, one.shape) for one in found] == [("E", "E_{0..8}", (9,))]
    assert findings == ()


def test_columns_of_one_name_are_told_apart_by_their_tables() -> None:
    tables = (Table(name="jets", columns=(pt(), Variable(name="b"))), Table(name="tracks", columns=(pt(),)))
    assert [one.name for one in columns(Facts(format="root", tables=tables))] == ["jets/pt", "b", "tracks/pt"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("float32", "Float_t", True), ("float32", "double", False), ("UInt_t", "uint32", True),
        ("int", "uint32", False), ("int", "int8", True), ("std::vector<float>", "float32", True),
        ("float[10]", "float32", True), ("bool", "bool", True), ("string", "int64", False),
        ("whatever", "int64", True), (None, "int64", True),
    ],
)  # fmt: skip
def test_types_are_the_same_by_what_they_mean(one: str | None, other: str, same: bool) -> None:
    assert same_type(one, other) is same
