"""What several checks read of one long list: right, and read once."""

from __future__ import annotations

from fairkit.checks._shared import Files, Related, files, related, stated
from fairkit.model.distribution import Distribution

from .judge import file, relation, variable


def test_files_are_told_in_short() -> None:
    every = (
        file("a.h5", "adler32", "sha256", url="root://eospublic.cern.ch//eos/a.h5", size=10),
        file("b.h5", "adler32", url="HTTPS://example.org/b.h5", size=0),
        file("c.h5", url="https://example.org/c.h5"),
        file("d.h5"),
    )
    assert files(every) == Files(
        addressed=3,
        schemes=["root", "https"],
        sized=2,
        size=10,
        summed=2,
        algorithms=["adler32", "sha256"],
    )


def test_no_files_are_nothing() -> None:
    assert files(()) == Files(addressed=0, schemes=[], sized=0, size=0, summed=0, algorithms=[])


def test_variables_are_counted_by_what_they_state() -> None:
    full = variable(
        "pt", description="momentum", dtype="float32", unit="GeV", role="feature", term="https://a.example/"
    )
    assert stated((full, variable("eta", unit="1"), variable("phi", unit=""), variable("m", unit="N/A"))) == {
        "description": 1,
        "dtype": 1,
        "unit": 2,
        "role": 1,
        "term": 1,
    }
    assert set(stated(()).values()) == {0}


def test_relations_are_counted_by_type_and_by_where_they_lead() -> None:
    every = (
        relation("isBasedOn", "doi:10.5281/zenodo.1"),
        relation("IsDerivedFrom", "doi:10.5281/zenodo.2"),
        relation("IsDerivedFrom", "cern-open-data:12000"),
        relation("Relates", "url:https://example.org/"),
        relation("isFondOf"),
    )
    found = related(every)
    assert found.types["IsDerivedFrom"] == 3
    assert sum(found.types.values()) == 4  # nobody knows what it is to be fond of
    assert (found.clear, found.named, found.lasting) == (3, 4, 2)


def test_no_relations_are_nothing() -> None:
    assert related(()) == Related(types={}, clear=0, named=0, lasting=0)


def test_a_list_is_read_once_while_it_is_the_last() -> None:
    one, other = (file("a.h5", size=1),), (file("a.h5", size=2),)
    first = files(one)
    assert files(one) is first
    assert files(other).size == 2
    assert files(one) == first
    assert files(one) is not first


def test_an_equal_list_is_another_list() -> None:
    """To compare thousands of files would cost more than to read them."""
    one, like = ([Distribution(name="a.h5")] for _ in range(2))
    first = files(tuple(one))
    assert files(tuple(like)) == first
    assert files(tuple(like)) is not first
