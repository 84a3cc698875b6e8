"""Numbers, sizes and bars of verbs that go through many bytes."""

from __future__ import annotations

import sys

import pytest

from fairkit.cli.bytes_shown import harmless, number, shown, size
from fairkit.errors import UsageError
from fairkit.package.progress import SILENT


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (76_820, "76.8 kB"),
        (2.5e9, "2.5 GB"),
        (3e15, "3,000.0 TB"),
    ],
)
def test_sizes_are_read_by_people(count: float, told: str) -> None:
    assert size(count) == told


@pytest.mark.parametrize(("written", "found"), [(None, None), ("1", 1), ("16", 16)])
def test_numbers_are_read(written: str | None, found: int | None) -> None:
    assert number(written, "--jobs", example=4, most=16) == found


@pytest.mark.parametrize("written", ["", "0", "-1", "17", "1.5", "four", "9" * 50])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="--jobs"):
        number(written, "--jobs", example=4, most=16)


def test_what_a_terminal_would_obey_is_shown() -> None:
    assert harmless("a\x1b[31mb\n") == "a\ufffd[31mb\ufffd"


@pytest.mark.parametrize(
    ("terminal", "quiet", "silent"), [(False, False, True), (True, True, True), (True, False, False)]
)
def test_a_bar_is_drawn_where_somebody_looks(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, quiet: bool, silent: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal, raising=False)
    with shown(quiet=quiet) as progress:
        progress.begin(10)
        progress.advance(10)
        assert (progress is SILENT) is silent
