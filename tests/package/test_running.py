"""Running a command: what is written down of it, and when nothing is."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from fairkit.errors import NotFound, UnreadableDocument, UsageError
from fairkit.package import provenance
from fairkit.package.running import Asked, is_done, run
from tests.package.made import deep

HELLO = hashlib.sha256(b"hello").hexdigest()


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text("hello")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def copied(*, into: str = "b.txt", name: str = "run") -> Asked:
    code = f"import shutil; shutil.copy('a.txt', {into!r})"
    return Asked((sys.executable, "-c", code), ("a.txt",), ("b.txt",), name, "Example, Ada", "Copied it")


def test_a_step_has_its_files_with_digests_its_command_agent_and_times(
    bench: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    ran = run(".", copied(name="selection"))
    [step] = provenance.read(bench)
    assert (ran.code, ran.activity) == (0, step)
    assert (step.name, step.description, step.started) == ("selection", "Copied it", "1970-01-01T00:00:00Z")
    assert (step.used[0].name, step.used[0].checksums[0].value) == ("a.txt", HELLO)
    assert (step.generated[0].name, step.generated[0].checksums[0].value) == ("b.txt", HELLO)
    assert dict(step.parameters)["command"].startswith(sys.executable)
    assert step.agent
    assert step.agent.name == "Example, Ada"
    assert step.software[0].version == ".".join(map(str, sys.version_info[:3]))


def test_the_environment_is_its_lock_file_or_what_is_installed(bench: Path) -> None:
    run(".", copied())
    (bench / "requirements.txt").write_text("numpy==2.4.6\n")
    run(".", copied())
    [without, locked] = [step.used[-1] for step in provenance.read(bench)]
    assert without.name.endswith("installed Python packages")
    assert (locked.name, len(locked.checksums[0].value)) == ("requirements.txt", 64)


def test_the_commit_is_written_down_and_whether_it_is_all(bench: Path) -> None:
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for words in (["init", "-q"], ["add", "a.txt"], ["commit", "-qm", "A"]):
        subprocess.run([*git, *words], check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    run(".", copied())
    (bench / "a.txt").write_text("other")
    run(".", copied())
    clean, dirty = (dict(step.parameters) for step in provenance.read(bench))
    assert (clean["commit"], "uncommitted changes" in clean) == (head, False)
    assert (dirty["commit"], dirty["uncommitted changes"]) == (head, "yes")


def test_a_hostile_repository_runs_nothing(bench: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "config", "core.fsmonitor", f"touch {bench / 'owned'}; false"], check=True)
    run(".", copied())
    assert not (bench / "owned").exists()


def test_a_folder_has_one_digest_over_its_files(bench: Path) -> None:
    (bench / "in").mkdir()
    (bench / "in" / "x").write_text("1")
    asked = copied()._replace(inputs=("a.txt", "in"))
    run(".", asked)
    (bench / "in" / "y").write_text("2")
    run(".", asked)
    first, second = (step.used[1].checksums for step in provenance.read(bench))
    assert first != second


def test_a_folder_may_be_deeper_than_python_can_call(bench: Path) -> None:
    with deep(bench / "in", 1500):
        run(".", copied()._replace(inputs=("a.txt", "in")))
    [step] = provenance.read(bench)
    assert step.used[1].checksums


@pytest.mark.parametrize(
    ("asked", "error", "why"),
    [
        (copied()._replace(inputs=("none.txt",)), NotFound, "input none.txt cannot be read"),
        (copied()._replace(command=("no-such-program",)), NotFound, "no program 'no-such-program'"),
        (copied()._replace(outputs=("c.txt",)), UsageError, "output c.txt was not made"),
        (copied(into="a2.txt")._replace(outputs=("a2.txt", "b.txt")), UsageError, "output b.txt was not made"),
        (
            Asked((sys.executable, "-c", "open('a.txt', 'a').write('!')"), ("a.txt",), ("a.txt",)),
            UsageError,
            "a.txt changed while the command ran",
        ),
    ],
)
def test_what_cannot_be_told_is_not_written_down(bench: Path, asked: Asked, error: type[Exception], why: str) -> None:
    with pytest.raises(error, match=why):
        run(".", asked)
    assert provenance.read(bench) == ()


def test_a_command_that_fails_leaves_nothing(bench: Path) -> None:
    assert run(".", Asked((sys.executable, "-c", "raise SystemExit(7)"))) == (7, None)
    killed = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert run(".", Asked((sys.executable, "-c", killed))).code == 128 + 15
    assert provenance.read(bench) == ()


def test_a_broken_journal_is_told_before_the_command_runs(bench: Path) -> None:
    (bench / provenance.JOURNAL).write_text("no")
    with pytest.raises(UnreadableDocument):
        run(".", copied())
    assert not (bench / "b.txt").exists()


def test_a_step_is_done_while_its_inputs_and_outputs_are_as_it_left_them(bench: Path) -> None:
    assert not is_done(".", copied())
    run(".", copied())
    assert is_done(".", copied())
    assert not is_done(".", copied()._replace(command=("true",)))
    (bench / "b.txt").write_text("changed")
    assert not is_done(".", copied())
    (bench / "b.txt").unlink()
    assert not is_done(".", copied())
