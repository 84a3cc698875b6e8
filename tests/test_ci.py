"""The pieces for continuous integration do what they say: the action, the workflow, GitLab's template, pre-commit."""

from __future__ import annotations

import json
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import ROOT
from .github import ACTION, Job, expressions

ACTION_FILE: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_bytes())
WORKFLOW: dict[str, Any] = yaml.safe_load((ROOT / "examples" / "ci" / "github.yml").read_bytes())
GITLAB: dict[str, Any] = yaml.safe_load((ROOT / "examples" / "ci" / "gitlab.yml").read_bytes())
[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_bytes())
STEPS = [*ACTION_FILE["runs"]["steps"], *(step for job in WORKFLOW["jobs"].values() for step in job["steps"])]

POOR = {"recid": "7", "type": {"primary": "Dataset"}, "experiment": ["CMS"]}
HOSTILE = "x\n::error::owned\n::set-output name=verdict::pass\n##[error]owned %0A::warning::owned"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the examples and a poor record, where `fairkit` is a command."""
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "examples", checkout / "examples")
    (checkout / "poor.json").write_text(json.dumps(POOR))
    for name, words in {"fairkit": f'"{sys.executable}" -m fairkit', "pip": ":"}.items():
        command = tmp_path / "bin" / name
        command.parent.mkdir(exist_ok=True)
        command.write_text(f'#!/bin/sh\nexec {words} "$@"\n' if name == "fairkit" else "#!/bin/sh\n")
        command.chmod(0o755)
    return checkout


@pytest.fixture
def environment(checkout: Path) -> dict[str, str]:
    """What the shell of a job knows: our commands, and no service that could be reached."""
    nowhere = {f"FAIRKIT_{name}_URL": "http://127.0.0.1:9" for name in ("CERN_OPEN_DATA", "DOI")}
    path = f"{checkout.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return dict(os.environ) | nowhere | {"PATH": path, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def job(checkout: Path, environment: dict[str, str]) -> Job:
    temp = checkout.parent / "temp"
    temp.mkdir()
    return Job(checkout, temp, environment)


Act = Callable[..., dict[str, str]]


@pytest.fixture
def act(job: Job) -> Act:
    """Run the action with what is given; its outputs."""
    return lambda **given: job.act({"install": "false"} | {key.replace("_", "-"): v for key, v in given.items()})


@pytest.mark.parametrize("step", [step for step in STEPS if "run" in step], ids=lambda step: step["name"])
def test_no_expression_stands_in_a_script(step: dict[str, Any]) -> None:
    assert expressions(step["run"]) == []


@pytest.mark.parametrize("step", [step for step in STEPS if "uses" in step], ids=lambda step: step["uses"])
def test_actions_of_others_are_pinned_by_commit(step: dict[str, Any]) -> None:
    assert step["uses"].startswith(ACTION) or re.search(r"@[0-9a-f]{40}$", step["uses"])


def test_the_workflow_may_do_no_more_than_it_needs() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert {job: one["permissions"] for job, one in WORKFLOW["jobs"].items()} == {
        "gate": {"contents": "read", "security-events": "write"}
    }


@pytest.mark.parametrize(
    ("given", "verdict", "code"),
    [
        ({"target": "examples/jets"}, "pass", 0),
        ({"target": "poor.json"}, "block", 1),
        ({"target": "record 12102"}, "unknown", 3),
        ({"target": "nowhere.json"}, "error", 2),
        ({"target": "examples/jets", "checklist": "klingon"}, "error", 2),
        ({"target": "examples/jets\npoor.json"}, "block", 1),
        ({"target": "poor.json", "minimum": "total=0.1"}, "pass", 0),
        ({"target": "examples/jets", "levels": "essential,important"}, "block", 1),
        ({"target": "poor.json", "require": "F2-type I1-readable"}, "pass", 0),
    ],
)
def test_the_action_ends_as_the_gate_does_and_leaves_everything(
    act: Act, job: Job, given: dict[str, str], verdict: str, code: int
) -> None:
    outputs = act(**given, offline="true")
    [ran] = job.ran
    assert (outputs["verdict"], outputs["exit-code"], ran.code, job.failed) == (verdict, str(code), code, code != 0)
    assert ran.summary.startswith(f"## fairkit gate: {verdict}\n")
    assert Path(outputs["folder"]).is_dir()
    made = [Path(outputs[name]).is_file() for name in ("report", "sarif", "verdicts") if outputs[name]]
    assert made == ([] if verdict == "error" else [True] * 3)


def test_a_gate_that_blocks_has_told_why(act: Act, job: Job) -> None:
    outputs = act(target="poor.json", offline="true")
    [ran] = job.ran
    [assessment] = json.loads(Path(outputs["report"]).read_bytes())
    assert json.loads(Path(outputs["sarif"]).read_bytes())["version"] == "2.1.0"
    assert float(outputs["score"]) == assessment["scores"]["total"]["low"]
    assert "    poor.json is BLOCKED" in ran.summary
    levels = [name for name, _ in ran.commands if name in ("error", "warning", "notice")]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    assert max(levels.count(level) for level in set(levels)) == 10


@pytest.mark.parametrize(
    ("target", "fail_on", "code"),
    [
        ("poor.json", "never", 0),
        ("poor.json", "unknown", 0),
        ("poor.json", "block,unknown", 1),
        ("record 12102", "block", 0),
        ("nowhere.json", "never", 2),
        ("examples/jets", "blocked", 2),
        ("examples/jets", " ", 2),
    ],
)
def test_the_job_fails_on_what_it_is_told_to_and_on_errors(
    act: Act, job: Job, target: str, fail_on: str, code: int
) -> None:
    act(target=target, fail_on=fail_on, offline="true")
    assert job.ran[0].code == code


@pytest.mark.parametrize("value", ["$(touch owned)", '"; touch owned; "', "`touch owned`", "*", "\n$(touch owned)\n"])
def test_no_input_is_code(act: Act, job: Job, checkout: Path, value: str) -> None:
    act(**{name.replace("-", "_"): value for name in ACTION_FILE["inputs"] if name not in ("install", "fail-on")})
    job.failed = False
    act(target="examples/jets", fail_on=value)
    assert [ran.code for ran in job.ran] == [2, 2]
    assert not list(checkout.rglob("owned*"))


@pytest.mark.parametrize("name", ["target", "checklist", "require", "levels", "reports"])
def test_no_input_is_an_option(act: Act, job: Job, checkout: Path, name: str) -> None:
    act(**({"target": "examples/jets", "offline": "true"} | {name: "--output=owned"}))
    assert job.ran[0].code == 2
    assert not list(checkout.rglob("owned*"))


def test_what_strangers_write_commands_nothing(act: Act, job: Job, checkout: Path) -> None:
    (checkout / "poor.json").write_text(json.dumps(POOR | {"title": HOSTILE, "abstract": {"description": HOSTILE}}))
    outputs = act(target=f"poor.json\n{HOSTILE}", offline="true")
    [ran] = job.ran
    assert outputs["verdict"] == "error"
    assert {name for name, _ in ran.commands} <= {"error", "warning", "notice"}
    assert [value for _, value in ran.commands if value == "owned"] == []


def test_a_summary_stays_small(act: Act, job: Job, checkout: Path) -> None:
    command = checkout.parent / "bin" / "fairkit"
    command.write_text(
        "#!/bin/sh\nfor word; do case $word in markdown=*) yes 'µ and more' | head -c 999999 >${word#*=};; esac; done\n"
        "yes 'x is BLOCKED' | head -c 999999\nexit 1\n"
    )
    act(target="poor.json")
    [ran] = job.ran
    assert 200_000 < len(ran.summary.encode()) < 256_000
    assert ran.summary.endswith("hold the rest.*\n")


def test_more_reports_are_written_where_they_are_wanted(act: Act, checkout: Path) -> None:
    outputs = act(target="poor.json", offline="true", reports="junit, html", folder="out")
    assert outputs["folder"] == "out"
    assert {file.name for file in (checkout / "out").iterdir()} >= {"fairkit-report.junit.xml", "fairkit-report.html"}


@pytest.mark.parametrize(("policy", "failed"), [("", False), ("[gate]\nminimum = { total = 1 }\n", True)])
def test_the_workflow_uploads_whatever_the_verdict(job: Job, checkout: Path, policy: str, failed: bool) -> None:
    if policy:
        (checkout / "examples" / "ci" / "policy.toml").write_text(policy)
    steps = WORKFLOW["jobs"]["gate"]["steps"]
    job.run([step | {"with": step.get("with", {}) | {"install": "false"}} if _ours(step) else step for step in steps])
    uploaded = {used.action.partition("@")[0]: used.given for used in job.used}
    assert (job.failed, list(uploaded)) == (
        failed,
        ["actions/checkout", "github/codeql-action/upload-sarif", "actions/upload-artifact"],
    )
    assert Path(uploaded["github/codeql-action/upload-sarif"]["sarif_file"]).is_file()
    assert job.ran[-1].log.startswith(f"verdict {'block' if failed else 'pass'}, of which 0.")


def _ours(step: dict[str, Any]) -> bool:
    return str(step.get("uses", "")).startswith(ACTION)


@pytest.mark.parametrize(("target", "code"), [("examples/jets", 0), ("poor.json", 1), ("record 12102", 3)])
def test_the_template_of_gitlab_leaves_its_artifacts(
    checkout: Path, environment: dict[str, str], target: str, code: int
) -> None:
    own = {key: str(value) for key, value in GITLAB["variables"].items()} | {"FAIRKIT_TARGET": target}
    script = "\n".join(GITLAB["fairkit"]["script"]).replace("--report", "--offline --report", 1)
    if " " in target:
        script = script.replace('"$FAIRKIT_TARGET"', "$FAIRKIT_TARGET")
    done = subprocess.run(["sh", "-ec", script], cwd=checkout, env=environment | own, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    artifacts = GITLAB["fairkit"]["artifacts"]
    assert artifacts["when"] == "always"
    assert all((checkout / name).is_file() for name in [*artifacts["paths"], *artifacts["reports"].values()])
    assert GITLAB["fairkit"]["allow_failure"] == {"exit_codes": [3]}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("fairkit.toml", True),
        ("data/fairkit.toml", True),
        ("CITATION.cff", True),
        ("record.jsonld", True),
        ("src/main.py", False),
        ("notfairkit.toml", False),
    ],
)
def test_the_hook_runs_when_metadata_change(name: str, wanted: bool) -> None:
    assert bool(re.search(HOOK["files"], name)) is wanted


def test_the_hook_holds_a_commit_back_without_network_in_less_than_two_seconds(
    checkout: Path, environment: dict[str, str]
) -> None:
    words = [*shlex.split(HOOK["entry"]), *HOOK["args"]]
    assert "--offline" in words
    folder = checkout / "examples" / "jets"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    good = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (good.returncode, good.stdout.partition("\n")[0]) == (0, ". may pass (checklist fairkit)"), good.stderr
    # The time on the processor: what else the machine does is no property of the hook.
    assert (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime) < 2
    (folder / "fairkit.toml").write_text('[resource]\ntitle = "Jets"\n')
    (folder / "CITATION.cff").unlink()
    assert subprocess.run(words, cwd=folder, env=environment, capture_output=True).returncode == 1
