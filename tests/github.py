"""A small runner of GitHub's jobs: it runs the `run:` steps of a workflow and of our action, as GitHub would.

It knows what our files use: expressions that name a value or compare two, `always()`, the files that steps write their
outputs, summaries, environment and paths to, and workflow commands. Actions of others are noted and not run.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from .conftest import ROOT

__all__ = ["ACTION", "Job", "Ran", "expressions", "outputs"]

ACTION = "fairkit/fairkit@"
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_COMPARED = re.compile(r"(?P<left>\S+)\s*(?P<how>==|!=)\s*(?P<right>\S+|'.*')")
_COMMAND = re.compile(r"::(?P<name>[\w-]+)(?: (?P<properties>[^:]*))?::(?P<value>.*)")
_FILES = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH")


class Ran(NamedTuple):
    """A step that ran: its exit code, what it printed, its summary, and the commands in what it printed."""

    code: int
    log: str
    summary: str
    commands: list[tuple[str, str]]


class Used(NamedTuple):
    """An action of others, and what it was given."""

    action: str
    given: dict[str, str]


class Job:
    """One job in a checkout. A step that fails fails the job, and the later ones run only `always()`."""

    def __init__(self, checkout: Path, temp: Path, environment: Mapping[str, str]) -> None:
        self.checkout = checkout
        self.temp = temp
        self.environment = dict(environment)
        self.failed = False
        self.ran: list[Ran] = []
        self.used: list[Used] = []

    def run(self, steps: Sequence[dict[str, Any]], inputs: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Run steps; their outputs, by the ids of the steps."""
        known: dict[str, Any] = {
            "inputs": dict(inputs or {}),
            "github": {"action_path": str(ROOT)},
            "runner": {"temp": str(self.temp)},
            "steps": {},
        }
        for step in steps:
            if self._wanted(str(step.get("if", "")), known):
                known["steps"][step.get("id")] = {"outputs": self._step(step, known)}
        done: dict[str, Any] = known["steps"]
        return done

    def _step(self, step: dict[str, Any], known: dict[str, Any]) -> dict[str, str]:
        given = {key: resolved(str(value), known) for key, value in step.get("with", {}).items()}
        if "run" in step:
            return self._script(step, known)
        if step["uses"].startswith(ACTION):
            return self.act(given)
        self.used.append(Used(step["uses"], given))
        return {}

    def act(self, given: Mapping[str, str]) -> dict[str, str]:
        """Run our action; its outputs."""
        action = yaml.safe_load((ROOT / "action.yml").read_bytes())
        assert given.keys() <= action["inputs"].keys()
        inputs = {key: str(one.get("default", "")) for key, one in action["inputs"].items()} | dict(given)
        steps = self.run(action["runs"]["steps"], inputs)
        return {key: resolved(one["value"], {"steps": steps}) for key, one in action["outputs"].items()}

    def _wanted(self, condition: str, known: dict[str, Any]) -> bool:
        parts = [part.strip() for part in condition.split("&&") if part.strip()]
        if "always()" not in parts and self.failed:
            return False
        return all(part == "always()" or _holds(part, known) for part in parts)

    def _script(self, step: dict[str, Any], known: dict[str, Any]) -> dict[str, str]:
        files = {name: self.temp / f"{name}-{len(self.ran)}" for name in _FILES}
        for file in files.values():
            file.touch()
        script = self.temp / f"script-{len(self.ran)}.sh"
        script.write_text(step["run"])
        own = {key: resolved(str(value), known) for key, value in step.get("env", {}).items()}
        told = {"GITHUB_ACTIONS": "true", "CI": "true", "RUNNER_TEMP": str(self.temp)}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.checkout,
            env=self.environment | told | own | {name: str(file) for name, file in files.items()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        self.failed = self.failed or done.returncode != 0
        self.environment |= outputs(files["GITHUB_ENV"].read_text())
        paths = files["GITHUB_PATH"].read_text().splitlines()
        self.environment["PATH"] = os.pathsep.join([*paths, self.environment["PATH"]])
        summary = files["GITHUB_STEP_SUMMARY"].read_text()
        self.ran.append(Ran(done.returncode, done.stdout, summary, commands(done.stdout)))
        return outputs(files["GITHUB_OUTPUT"].read_text())


def expressions(text: str) -> list[str]:
    """The expressions in a text."""
    return _EXPRESSION.findall(text)


def resolved(text: str, known: Mapping[str, Any]) -> str:
    """A text with its expressions replaced by their values."""
    return _EXPRESSION.sub(lambda found: _value(found[1], known), text)


def _value(name: str, known: Mapping[str, Any]) -> str:
    if name.startswith("'"):
        return name.strip("'")
    value: Any = known
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return name if name in ("true", "false") else "" if value is None else str(value)


def _holds(condition: str, known: Mapping[str, Any]) -> bool:
    found = _COMPARED.fullmatch(condition)
    assert found, f"the runner does not know what {condition!r} means"
    return (_value(found["left"], known) == _value(found["right"], known)) is (found["how"] == "==")


def outputs(written: str) -> dict[str, str]:
    """The values in a file of outputs: `name=value`, or `name<<END`, the lines of the value, and END."""
    found: dict[str, str] = {}
    lines = iter(written.splitlines())
    for line in lines:
        name, several, end = line.partition("<<")
        if several and "=" not in name:
            value = list(iter(lambda: next(lines), end))
            found[name] = "\n".join(value)
        else:
            name, _, found[name] = line.partition("=")
    return found


def commands(log: str) -> list[tuple[str, str]]:
    """The workflow commands in a log, each with its name and value; none between stop-commands and its token."""
    found: list[tuple[str, str]] = []
    token: str | None = None
    for line in log.splitlines():
        command = _COMMAND.fullmatch(line.strip())
        if token is not None:
            token = None if command and command["name"] == token else token
            continue
        if command and command["name"] == "stop-commands":
            token = command["value"]
        elif command:
            found.append((command["name"], command["value"]))
    return found
