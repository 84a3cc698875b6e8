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
from fairkit.model.distribution import Checksum
from fairkit.model.provenance import Activity, Entity

from . import provenance
from .layout import below
from .surroundings import agent, commit, environment

__all__ = ["Asked", "Ran", "is_done", "run"]

_CHUNK = 1024 * 1024
_LONGEST = 4096


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
    lock, started = environment(), settings.now()
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
        used=(*used, *lock),
        generated=tuple(_entity(root, path, "output") for path in asked.outputs),
        software=_software(asked.command),
        parameters=(("command", shlex.join(asked.command)[:_LONGEST]), *commit()),
        agent=agent(asked.agent),
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
    files = [entry.path for entry in below(path) if not entry.is_dir()]  # a link to a folder is not followed
    lines = [f"{_digest(file)}  {Path(os.path.relpath(file, path)).as_posix()}\n" for file in files]
    whole = "".join(sorted(lines, key=lambda line: line[66:]))
    return hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()


def _software(command: Sequence[str]) -> tuple[Entity, ...]:
    """The program; of Python, whose version is at hand, that too."""
    program = Path(command[0]).name
    ours = shutil.which(command[0]) == sys.executable or program in ("python", "python3")
    return (Entity(name=program, version=".".join(map(str, sys.version_info[:3])) if ours else None),)
