"""Running a command so that its step is known: what went in, what came out, with which software, by whom and when."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from fairkit import settings
from fairkit.errors import NotFound, UsageError
from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum
from fairkit.model.provenance import Activity, Entity

from . import provenance

__all__ = ["Asked", "Ran", "is_done", "run"]

_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pixi.lock", "conda-lock.yml", "environment.yml", "requirements.txt")
"""Files that say which software an environment has, the exact ones first."""
_CHUNK = 1024 * 1024
_LONGEST = 4096
_GIT_SECONDS = 20.0
_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-optional-locks")
"""A repository can name programs that git runs when it is asked: none of them is wanted here."""


class Asked(NamedTuple):
    """What is to be run: the `command`, and the files that it reads and makes, seen from the working directory."""

    command: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    name: str = "run"
    agent: str | None = None
    description: str | None = None


class Ran(NamedTuple):
    """What came of it: the code with which the command ended, and its step, if it was written into the journal."""

    code: int
    activity: Activity | None


def run(root: str, asked: Asked, *, call: Callable[[Sequence[str]], int] | None = None) -> Ran:
    """Run a command, and write its step into the journal of the folder `root` if it ended with 0.

    Raises:
        NotFound: if an input or the program is not there; nothing was run.
        UsageError: if the folder is none, an input changed while the command ran, or an output was not made.
    """
    if not Path(root).is_dir():
        raise NotFound(f"{root} is not a folder", value=root, remedy="Name the folder whose files are made.")
    provenance.read(root)  # a journal that is broken is told before hours of work, not after
    used = tuple(_entity(root, path, "input") for path in asked.inputs)
    if shutil.which(asked.command[0]) is None:
        what = f"there is no program {asked.command[0]!r}"
        raise NotFound(what, value=asked.command[0], remedy="Write the command after --, as in a shell.")
    environment, started = _environment(), settings.now()
    code = (call or _call)(asked.command)
    if code != 0:
        return Ran(code, None)
    changed = [path for path, before in zip(asked.inputs, used, strict=True) if _entity(root, path, "input") != before]
    if changed:
        what = f"{changed[0]} changed while the command ran, so nobody can tell what the outputs were made of"
        raise UsageError(what, value=changed, remedy="Name as --input only what the command reads.")
    activity = Activity(
        name=asked.name,
        description=asked.description,
        used=(*used, *environment),
        generated=tuple(_entity(root, path, "output") for path in asked.outputs),
        software=_software(asked.command),
        parameters=(("command", shlex.join(asked.command)[:_LONGEST]), *_commit()),
        agent=_agent(asked.agent),
        started=started,
        ended=settings.now(),
    )
    provenance.append(root, activity)
    return Ran(0, activity)


def is_done(root: str, asked: Asked) -> bool:
    """Whether the journal has this very step: the same command on the same inputs, with outputs that are still so.

    Raises:
        UnreadableDocument: if the journal is broken.
    """
    command = ("command", shlex.join(asked.command)[:_LONGEST])
    steps = [step for step in provenance.read(root) if command in step.parameters]
    if not steps or not asked.outputs:
        return False
    try:
        used = {_entity(root, path, "input") for path in asked.inputs}
        made = {_entity(root, path, "output") for path in asked.outputs}
    except (NotFound, UsageError):
        return False
    return any(used <= {*step.used} and made <= {*step.generated} for step in steps)


def _call(command: Sequence[str]) -> int:
    """Run a command on the terminal of whoever asked; one that a signal ended has 128 and its number, as in a shell."""
    code = subprocess.run(command, check=False).returncode  # noqa: S603 - it is the user's own command
    return code if code >= 0 else 128 - code


def _entity(root: str, path: str, what: str) -> Entity:
    """A file with the digest of its bytes, or a folder with the one over its files; named as seen from `root`."""
    try:
        digest = _digest_of_folder(path) if os.path.isdir(path) else _digest(path)
    except OSError as error:
        if what == "input":
            raise NotFound(f"the input {path} cannot be read: {error.strerror}", value=path) from None
        remedy = "Name as --output what the command makes."
        raise UsageError(f"the output {path} was not made: {error.strerror}", value=path, remedy=remedy) from None
    name = Path(os.path.relpath(path, root)).as_posix()
    return Entity(name=name, checksums=(Checksum(algorithm="sha256", value=digest),))


def _digest(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _digest_of_folder(path: str) -> str:
    """One digest over the lines of a manifest: digest, two blanks, path; sorted by path."""
    lines = []
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in names:
            file = os.path.join(folder, name)
            lines.append(f"{_digest(file)}  {Path(os.path.relpath(file, path)).as_posix()}\n")
    whole = "".join(sorted(lines, key=lambda line: line[66:]))
    return hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()


def _software(command: Sequence[str]) -> tuple[Entity, ...]:
    """The program; of Python, whose version is at hand, that too."""
    program = Path(command[0]).name
    ours = shutil.which(command[0]) == sys.executable or program in ("python", "python3")
    return (Entity(name=program, version=".".join(map(str, sys.version_info[:3])) if ours else None),)


def _environment() -> tuple[Entity, ...]:
    """The lock file of the working directory; else the list of what this Python has installed, with its digest."""
    lock = next((name for name in _LOCKS if os.path.isfile(name)), None)
    if lock is not None:
        return (Entity(name=lock, checksums=(Checksum(algorithm="sha256", value=_digest(lock)),)),)
    from importlib.metadata import distributions

    installed = sorted({f"{each.name}=={each.version}" for each in distributions() if each.name})
    digest = hashlib.sha256("\n".join(installed).encode()).hexdigest()
    name = f"{len(installed)} installed Python packages"
    return (Entity(name=name, checksums=(Checksum(algorithm="sha256", value=digest),)),)


def _commit() -> tuple[tuple[str, str], ...]:
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


def _agent(named: str | None) -> Agent | None:
    """Who runs it: whom the user names, else whom git would name."""
    name = named or _git("config", "user.name")
    return Agent(name=name, type="person") if name else None
