"""What a step of the provenance tells of where it was run: the software that is installed, the commit, and by whom."""

from __future__ import annotations

import hashlib
import os
import subprocess

from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum
from fairkit.model.provenance import Entity

__all__ = ["agent", "commit", "environment"]

_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pixi.lock", "conda-lock.yml", "environment.yml", "requirements.txt")
"""Files that say which software an environment has, the exact ones first."""
_GIT_SECONDS = 20.0
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-optional-locks")
"""A repository can name programs that git runs when it is asked: none of them is wanted here."""


def environment() -> tuple[Entity, ...]:
    """The lock file of the working directory; else the list of what this Python has installed, with its digest."""
    lock = next((name for name in _LOCKS if os.path.isfile(name)), None)
    if lock is not None:
        return (Entity(name=lock, checksums=(Checksum(algorithm="sha256", value=_digest(lock)),)),)
    from importlib.metadata import distributions

    installed = sorted({f"{each.name}=={each.version}" for each in distributions() if each.name})
    digest = hashlib.sha256("\n".join(installed).encode()).hexdigest()
    name = f"{len(installed)} installed Python packages"
    return (Entity(name=name, checksums=(Checksum(algorithm="sha256", value=digest),)),)


def commit() -> tuple[tuple[str, str], ...]:
    """The commit of the working directory, and whether files that it tracks were changed."""
    head = _git("rev-parse", "HEAD")
    if head is None:
        return ()
    changed = _git("status", "--porcelain", "--untracked-files=no", "--ignore-submodules")
    return (("commit", head), *((("uncommitted changes", "yes"),) if changed else ()))


def _git(*words: str) -> str | None:
    try:
        ran = subprocess.run([*_GIT, *words], capture_output=True, text=True, check=False, timeout=_GIT_SECONDS)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return None
    return ran.stdout.strip() if ran.returncode == 0 else None


def agent(named: str | None) -> Agent | None:
    """Who runs it: whom the user names, else whom git would name."""
    name = named or _git("config", "user.name")
    return Agent(name=name, type="person") if name else None


def _digest(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
