"""The truth table of the gate: what is assessed, by which policy, against which baseline, and how it ends."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.conftest import Ran
from tests.conftest import ROOT

Run = Callable[..., Ran]

TODAY = "1795219200"
"""2026-11-21, in seconds."""
POOR = {"recid": "7", "type": {"primary": "Dataset"}, "experiment": ["CMS"]}
"""A record with next to nothing in it: its essential metrics fail."""
WAIVED = '[[gate.waivers]]\nmetric = "{}"\nreason = "asked of the experiment"\nuntil = {}'
STRICT = '[gate]\nrequired = ["F2-title", "R1.1-licence"]\n'


class Scenario(NamedTuple):
    """A call of the gate; `policy` is what p.toml holds, `baseline` what b.json does."""

    name: str
    words: str
    code: int
    said: str
    policy: str | None = None
    baseline: Any = None


def past(target: str, checklist: str = "fairkit", **statuses: str) -> list[dict[str, Any]]:
    """A baseline of one target; `F2_title` stands for F2-title."""
    rows = [{"metric": name.replace("_", "-"), "status": status} for name, status in statuses.items()]
    return [{"target": target, "checklist": {"id": checklist, "version": "1.0"}, "results": rows}]


TABLE = [
    # without a policy
    Scenario("all essential metrics pass", "rich", 0, "rich may pass"),
    Scenario("an essential metric fails", "poor.json", 1, "F2-title: fail"),
    Scenario("one of two is blocked", "rich poor.json", 1, "poor.json is BLOCKED"),
    Scenario("the showcase is not the record", "record 12102 --offline", 3, "never judges the showcase"),
    Scenario("the network is down", "record 328", 3, "nothing could be read"),
    Scenario("no such file", "nowhere.json", 2, "nothing recognises 'nowhere.json'"),
    # scores: an interval
    Scenario("the low end is high enough", "poor.json --minimum total=0.1", 0, "may pass"),
    Scenario("the high end is too low", "poor.json --minimum total=0.9", 1, "total: 0."),
    Scenario("the minimum lies in between", "poor.json --minimum A=0.3", 3, "? A: 0."),
    Scenario("a decided block beats unknown", "poor.json --minimum A=0.3,R=1", 1, "✗ R: 0."),
    Scenario("a minimum that is none", "rich --minimum total=80%", 2, "is no minimum"),
    # policy files
    Scenario("a policy asks less", "poor.json --policy p.toml", 0, "policy p.toml", "[gate]\nlevels = []"),
    Scenario("a policy asks for a level", "rich --policy p.toml", 1, "✗ I1-link", '[gate]\nlevels = ["important"]'),
    Scenario("an option wins", "poor.json --policy p.toml --require F2-type", 0, "may pass", STRICT),
    Scenario("a policy names a checklist", "rich --policy p.toml", 1, "checklist fair4hep",
             '[gate]\nchecklist = "fair4hep"\nlevels = ["important", "essential"]\nminimum = { total = 1 }'),
    Scenario("a misspelt key", "rich --policy p.toml", 2, "did you mean 'minimum'", "[gate]\nminimun = { F = 0.5 }"),
    Scenario("a score beyond 1", "rich --policy p.toml", 2, "gate.minimum.F", "[gate]\nminimum = { F = 80 }"),
    Scenario("no table", "rich --policy p.toml", 2, "p.toml holds no policy", '[resource]\ntitle = "Toy"'),
    Scenario("no file", "rich --policy p.toml", 2, "p.toml cannot be read"),
    Scenario("an unknown metric", "rich --policy p.toml", 2, "'F2-titel'", '[gate]\nrequired = ["F2-titel"]'),
    # waivers
    Scenario("a shortfall is waived", "poor.json --policy p.toml", 0, "waived until 2026-11-21",
             '[gate]\nrequired = ["F2-title"]\n' + WAIVED.format("F2-title", "2026-11-21")),
    Scenario("what is unknown is waived", "poor.json --policy p.toml", 0, "~ A1-page: unknown",
             '[gate]\nrequired = ["A1-page"]\n' + WAIVED.format("A1-page", "2027-01-31")),
    Scenario("others still block", "poor.json --policy p.toml", 1, "✗ R1.1-licence",
             STRICT + WAIVED.format("F2-title", "2027-01-31")),
    Scenario("waivers change no score", "poor.json --policy p.toml", 1, "waivers change no score",
             "[gate]\nminimum = { F = 1 }\n" + WAIVED.format("F2-title", "2027-01-31")),
    Scenario("a waiver has expired", "rich --policy p.toml", 2, "expired on 2026-11-20",
             WAIVED.format("F2-title", "2026-11-20")),
    Scenario("a waiver of nothing", "rich --policy p.toml", 2, "there is no metric 'F9'",
             WAIVED.format("F9", "2027-01-31")),
    Scenario("a waiver without a reason", "rich --policy p.toml", 2, "waivers.0.reason",
             '[[gate.waivers]]\nmetric = "F2-title"\nuntil = 2027-01-31'),
    Scenario("a waiver for ever", "rich --policy p.toml", 2, "waivers.0.until",
             '[[gate.waivers]]\nmetric = "F2-title"\nreason = "because"\nuntil = "ever"'),
    # baselines
    Scenario("nothing fell back", "poor.json --minimum total=0 --baseline b.json", 0, "may pass",
             baseline=past("poor.json", F2_title="fail", F2_type="pass")),
    Scenario("a metric fell back", "poor.json --minimum total=0 --baseline b.json", 1, "it passed in the baseline",
             baseline=past("poor.json", F2_language="pass")),
    Scenario("nobody can tell", "poor.json --minimum total=0 --baseline b.json", 3, "? A1-page: unknown",
             baseline=past("poor.json", A1_page="pass")),
    Scenario("a regression is waived", "poor.json --policy p.toml --baseline b.json", 0, "~ F2-title",
             "[gate]\nlevels = []\n" + WAIVED.format("F2-title", "2027-01-31"), past("poor.json", F2_title="pass")),
    Scenario("a metric is new, another is gone", "rich --baseline b.json", 0, "no longer asked: F0-gone",
             baseline=past("./rich", F0_gone="pass")),
    Scenario("a target is new", "rich poor.json --minimum total=0 --baseline b.json", 0, "new: the baseline",
             baseline=past("rich", F2_title="pass")),
    Scenario("a baseline of another target", "rich --baseline b.json", 2, "is a baseline of gluons by fairkit",
             baseline=past("gluons", F2_title="pass")),
    Scenario("a baseline of another checklist", "rich -c fair4hep --baseline b.json", 2, "not of rich by fair4hep",
             baseline=past("rich", F2_title="pass")),
    Scenario("a baseline that is no report", "rich --baseline b.json", 2, "is no baseline", baseline={"F2": "pass"}),
    Scenario("no baseline yet", "rich --baseline b.json", 2, "Write it once with --update-baseline"),
    Scenario("the first baseline", "rich --baseline b.json --update-baseline", 0, "may pass"),
    Scenario("what fell back is accepted", "poor.json --minimum total=0 --baseline b.json --update-baseline", 0,
             "may pass", baseline=past("poor.json", F2_title="pass")),
]  # fmt: skip


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a folder that passes, a record that does not, and a portal that is down."""
    (tmp_path / "rich").mkdir()
    for name in ("fairkit.toml", "train.root", "test.root"):
        shutil.copy(ROOT / "examples" / "jets" / name, tmp_path / "rich")
    (tmp_path / "poor.json").write_text(json.dumps(POOR))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    for service in ("CERN_OPEN_DATA", "DOI"):
        monkeypatch.setenv(f"FAIRKIT_{service}_URL", "http://127.0.0.1:9")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("scenario", TABLE, ids=lambda scenario: scenario.name)
def test_the_gate_ends_as_the_table_says(run: Run, bench: Path, scenario: Scenario) -> None:
    if scenario.policy is not None:
        (bench / "p.toml").write_text(scenario.policy)
    if scenario.baseline is not None:
        (bench / "b.json").write_text(json.dumps(scenario.baseline))
    ran = run("gate", *scenario.words.split())
    assert (ran.code, scenario.said in ran.out + ran.err) == (scenario.code, True), f"{ran.out}\n{ran.err}"
    assert (ran.out == "") is (scenario.code == 2), "an error gives no verdict, and all else gives one"


def test_every_code_of_the_gate_is_in_the_table() -> None:
    assert len(TABLE) >= 30
    assert {scenario.code for scenario in TABLE} == {0, 1, 2, 3}
