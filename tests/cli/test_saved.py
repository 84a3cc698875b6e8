"""Saved reports, read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairkit.cli.saved import saved
from fairkit.errors import UnreadableDocument
from fairkit.report import Style, report
from tests.report.made import showcase


def test_a_saved_report_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(report("json").render([showcase()], style=Style()))
    assert saved([str(file)]) == [showcase()]


@pytest.mark.parametrize("words", [[], ["record", "12102"], ["."]])
def test_what_is_no_file_is_no_report(words: list[str]) -> None:
    assert saved(words) is None


def test_a_file_of_another_kind_is_no_report(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text('{"recid": 1}')
    assert saved([str(file)]) is None


def test_a_broken_report_is_said(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text('[{"evidence_digest": 1}]')
    with pytest.raises(UnreadableDocument, match="not a report that fairkit wrote"):
        saved([str(file)])
