"""Where the policy of the gate stands, which one is taken, and what is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fairkit.cli import policy
from fairkit.cli.policy import Rules
from fairkit.errors import FairkitError, UnreadableDocument, UsageError
from fairkit.gate import Policy, Waiver

FULL = """
[gate]
checklist = "fair4hep"
minimum = { F = 0.8, total = 0.7 }
required = ["R1.1-licence"]
levels = ["essential", "important"]

[[gate.waivers]]
metric = "R1-units"
reason = "asked of the experiment"
until = 2027-01-31
"""


@pytest.fixture(autouse=True)
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with two folders."""
    monkeypatch.chdir(tmp_path)
    for name in ("jets", "gluons"):
        (tmp_path / name).mkdir()
    return tmp_path


def chosen(*words: str, named: str | None = None, **said: list[str]) -> Rules:
    return policy.chosen(named, words, said.get("minimum"), said.get("required"), said.get("levels"))


def test_every_key_is_read(bench: Path) -> None:
    (bench / "fairkit.toml").write_text(FULL)
    assert chosen("12102") == Rules(
        Policy(
            minimum={"F": 0.8, "total": 0.7},
            required=("R1.1-licence",),
            levels=("essential", "important"),
            waivers=(Waiver("R1-units", "asked of the experiment", date(2027, 1, 31)),),
            where="fairkit.toml",
        ),
        "fair4hep",
    )


@pytest.mark.parametrize(
    ("files", "words", "where"),
    [
        ([], "jets", None),
        (["fairkit.toml"], "jets", "fairkit.toml"),
        (["fairkit.toml", "jets/fairkit.toml"], "jets", "jets/fairkit.toml"),
        (["fairkit.toml", "jets/pyproject.toml"], "folder jets", "jets/pyproject.toml"),
        (["jets/fairkit.toml", "jets/pyproject.toml"], "jets", "jets/fairkit.toml"),
        (["pyproject.toml"], "jets gluons 12102", "pyproject.toml"),
        (["fairkit.toml", "pyproject.toml"], "", "fairkit.toml"),
        (["jets/fairkit.toml"], "12102", None),
        (["jets/fairkit.toml"], "jets ./jets", "jets/fairkit.toml"),
        (["fairkit.toml"], ".", "fairkit.toml"),
    ],
)
def test_the_nearest_policy_is_taken(bench: Path, files: list[str], words: str, where: str | None) -> None:
    for file in files:
        (bench / file).write_text("[tool.fairkit.gate]\n" if "pyproject" in file else "[gate]\n")
    assert chosen(*words.split()).policy.where == where


@pytest.mark.parametrize("words", ["jets gluons", "jets 12102", "gluons jets"])
def test_targets_of_different_policies_are_gated_one_by_one(bench: Path, words: str) -> None:
    (bench / "jets" / "fairkit.toml").write_text("[gate]\n")
    with pytest.raises(UsageError, match="the targets have different policies"):
        chosen(*words.split())
    assert chosen(*words.split(), named="jets/fairkit.toml").policy.where == "jets/fairkit.toml"


def test_a_description_without_a_policy_is_passed_over(bench: Path) -> None:
    (bench / "fairkit.toml").write_text("[gate]\nlevels = []\n")
    (bench / "jets" / "fairkit.toml").write_text("[resource]\ntitle = 'Jets'\n")
    (bench / "jets" / "pyproject.toml").write_text("[tool.other]\nfairkit = 1\n")
    assert chosen("jets").policy.where == "fairkit.toml"


def test_an_option_takes_the_place_of_its_key(bench: Path) -> None:
    (bench / "fairkit.toml").write_text(FULL)
    before = chosen().policy
    assert chosen(minimum=["A=0.1"]).policy == before._replace(minimum={"A": 0.1})
    assert chosen(required=["F2-title"]).policy == before._replace(required=("F2-title",))
    assert chosen(levels=["useful"]).policy == before._replace(levels=("useful",))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("p.toml", "[gate]\nminimun = 1", "gate.minimun: no such key; did you mean 'minimum'?"),
        ("p.toml", "[gate.minimum]\ntotla = 1", "gate.minimum.totla: no such key; did you mean 'total'?"),
        ("p.toml", "[[gate.waivers]]\nmetric = 'F1'", "gate.waivers.0.reason: Field required"),
        ("p.toml", "[gate]\nlevels = ['must']", "gate.levels.0: Input should be 'essential', 'important' or 'useful'"),
        ("p.toml", "[gates]\nlevels = []", "gates: no such key; did you mean 'gate'?"),
        ("p.toml", "gate = 1", "gate: Input should be"),
        ("p.toml", "[gate", "p.toml is not readable TOML"),
        ("pyproject.toml", "[tool.fairkit.gate]\nchecklst = 'x'", "tool.fairkit.gate.checklst: no such key; did you"),
        ("pyproject.toml", "[tool.fairkit]\nminimum = 1", "tool.fairkit.minimum: no such key"),
        ("pyproject.toml", "[gate]\nlevels = []", "pyproject.toml holds no policy"),
        ("p.toml", "[tool.fairkit.gate]\nlevels = []", "p.toml holds no policy"),
        ("p.toml", "[[gate.waivers]]\nmetric = 'F1'\nreason = ' '\nuntil = 2027-01-31", "waivers.0.reason: it has no"),
        ("p.toml", "[[gate.waivers]]\nmetric = 'F1'\nreason = 'x'\nuntil = 2027", "waivers.0.until"),
        ("p.toml", "[[gate.waivers]]\nmetric = 'F1'\nreason = 'x'\nuntil = 2027-01-31T10:00:00", "is no day"),
    ],
)
def test_what_is_wrong_is_named(bench: Path, name: str, text: str, said: str) -> None:
    (bench / name).write_text(text)
    with pytest.raises(UsageError) as caught:
        chosen(named=name)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", ["nowhere.toml", "jets"])
def test_what_cannot_be_read_is_no_policy(name: str) -> None:
    with pytest.raises(UnreadableDocument, match=f"{name} cannot be read"):
        chosen(named=name)


@pytest.mark.parametrize("name", ["fairkit.toml", "pyproject.toml"])
def test_a_broken_file_that_may_hold_a_policy_is_an_error(bench: Path, name: str) -> None:
    (bench / name).write_text("[gate")
    with pytest.raises(FairkitError, match="is not readable TOML"):
        chosen("12102")
