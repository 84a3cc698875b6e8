"""Where a survey finds its targets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fairkit.errors import FairkitError, UnknownName, UsageError
from fairkit.http import Session
from fairkit.settings import trusted
from fairkit.sources import Target
from fairkit.survey import in_folder, in_list, of_query
from fairkit.survey.listing import of_line
from tests.package.made import deep
from tests.servers.cern_open_data import Portal


def test_the_documents_of_a_folder_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.json", "a.jsonld", "INDEX.json", ".hidden.json", "notes.txt", "in/c.json", ".git/d.json"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("{}")
    assert in_folder(str(tmp_path)) == [
        Target(f"{tmp_path}/{name}", "file") for name in ("a.jsonld", "b.json", "in/c.json")
    ]


def test_a_document_may_lie_deeper_than_python_can_call(tmp_path: Path) -> None:
    with deep(tmp_path, 1500, "a.json") as path:
        assert in_folder(str(tmp_path)) == [Target(f"{tmp_path}/{path}", "file")]


@pytest.mark.parametrize("make", [lambda folder: folder / "none", lambda folder: folder])
def test_a_folder_without_documents_is_refused(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    with pytest.raises(UsageError, match=r"no folder|no document"):
        in_folder(str(make(tmp_path)))


@pytest.mark.parametrize(
    ("line", "targets"),
    [
        ("12102", [Target("12102")]),
        ("  record 12102 \n", [Target("12102", "record")]),
        ("a file with blanks.json", [Target("a file with blanks.json")]),
        ("file a b.json", [Target("a b.json", "file")]),
        ("# a remark", []),
        ("", []),
    ],
)
def test_a_line_is_a_target(line: str, targets: list[Target]) -> None:
    assert of_line(line) == targets


def test_a_list_is_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("12102\n\n# more\nrecord 328\n")
    assert list(in_list(str(file))) == [Target("12102"), Target("328", "record")]
    with pytest.raises(UsageError, match="cannot be read"):
        list(in_list(str(tmp_path / "none.txt")))


def test_a_query_pages_through_all_that_the_portal_finds(
    portal: Portal, visit: Callable[[Portal], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(portal)
    monkeypatch.setattr("fairkit.survey.listing._PAGE", 2)
    with Session(trusted=trusted()) as opened:
        found = list(of_query("cernopendata:q=", opened))
    assert sorted(target.word for target in found) == sorted(str(record["recid"]) for record in portal.records.values())
    assert {target.keyword for target in found} == {"record"}


def test_records_on_tape_are_asked_for_and_files_are_not(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    list(of_query("cernopendata:keyword=datascience", Session(trusted=trusted())))
    asked = str(portal.log[-1])
    assert "ondemand=true" in asked
    assert "skip_files=1" in asked
    assert "keywords=datascience" in asked


@pytest.mark.parametrize(
    ("query", "error"), [("datascience", UsageError), ("zenodoo:q=jets", UnknownName), (":", UnknownName)]
)
def test_a_query_of_another_form_is_refused(query: str, error: type[FairkitError]) -> None:
    with pytest.raises(error):
        list(of_query(query, Session(offline=True)))


def test_a_search_that_answers_nonsense_is_told(
    portal: Portal, visit: Callable[[Portal], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(portal)
    monkeypatch.setattr(portal, "answer", lambda request: portal.page(request, "none"))
    with pytest.raises(FairkitError, match="no list of records"):
        list(of_query("cernopendata:q=x", Session(trusted=trusted())))
