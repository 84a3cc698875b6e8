"""The edge: errors become messages and exit codes."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from fairkit.cli import edge
from fairkit.errors import AuthenticationError, FairkitError, NotFound, Unreachable


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound("x"), 2),
        (Unreachable("x"), 3),
        (AuthenticationError("x"), 4),
        (FairkitError("x"), 70),
        (KeyboardInterrupt(), 130),
        (ZeroDivisionError("x"), 70),
        (OSError(errno.ENAMETOOLONG, "File name too long", "x" * 300), 2),
        (OSError(errno.EIO, "Input/output error", "x"), 70),
    ],
)
def test_an_error_becomes_its_exit_code(error: BaseException, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    @edge.guarded
    def command() -> int:
        raise error

    with pytest.raises(SystemExit) as ended:
        command()
    assert ended.value.code == code
    assert capsys.readouterr().out == ""


def test_our_bug_comes_with_what_a_report_needs(capsys: pytest.CaptureFixture[str]) -> None:
    @edge.guarded
    def command() -> int:
        raise ZeroDivisionError("by nothing")

    with pytest.raises(SystemExit):
        command()
    told = capsys.readouterr().err
    assert "this is our bug" in told
    assert "by nothing" in told
    assert "Python" in told


@pytest.mark.parametrize(
    ("codes", "worst"), [([], 0), ([0, 0], 0), ([0, 3], 3), ([1, 3], 3), ([3, 2, 0], 2), ([70, 2], 70), ([1, 0], 1)]
)
def test_the_worst_code_of_a_batch_wins(codes: list[int], worst: int) -> None:
    assert edge.worst(codes) == worst


def test_control_characters_of_strangers_are_shown_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    edge.complain(NotFound("no \x1b[31mred\x1b[0m record\x07", remedy="look\u202e again"))
    told = capsys.readouterr().err
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "\\x1b[31mred" in told


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    edge.write(b"1", str(file))
    edge.write(b"2", str(file))
    assert file.read_bytes() == b"2"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
