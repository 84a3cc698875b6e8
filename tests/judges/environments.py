"""Judges whose requirements clash with ours: each lives in a virtual environment of its own, made once and kept.

A judge is two files here: `<name>.txt`, its pinned requirements, and `<name>.py` with `verdict(document, *arguments)`,
which returns what JSON can say. Environments lie outside the checkout, in `FAIRKIT_JUDGES` or the user's cache, under
the digest of their requirements. Only making one needs a registry; judges themselves run offline.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

__all__ = ["ask"]

HERE = Path(__file__).parent
_ENVIRONMENT = dict(os.environ)  # as it was before the tests took settings and proxies away
_CACHE = Path(_ENVIRONMENT.get("XDG_CACHE_HOME") or Path.home() / ".cache")
_HOME = Path(_ENVIRONMENT.get("FAIRKIT_JUDGES") or _CACHE / "fairkit-judges")
_TO_MAKE = 900
_TO_JUDGE = 300


def ask(name: str, document: bytes, *arguments: str) -> Any:
    """The verdict of the judge `name` on a document; the test is skipped where the judge cannot be installed."""
    python, why = _environment(name)
    if python is None:
        pytest.skip(f"the judge {name} cannot be installed: {why}")
    command = [str(python), "-P", "-B", str(HERE / "_run.py"), str(HERE / f"{name}.py"), *arguments]
    done = subprocess.run(command, input=document, capture_output=True, timeout=_TO_JUDGE, check=False)
    assert done.returncode == 0, f"the judge {name} broke down:\n{done.stderr.decode(errors='replace')[-4000:]}"
    return json.loads(done.stdout)


@cache
def _environment(name: str) -> tuple[Path | None, str]:
    """The Python of a judge's environment, which is made if it is not there yet; or none, and why."""
    wanted = HERE / f"{name}.txt"
    key = hashlib.sha256(wanted.read_bytes() + sys.version.encode()).hexdigest()[:16]
    folder = _HOME / f"{name}-{key}"
    python, ready = folder / "bin" / "python", folder / "ready"
    try:
        with _alone(folder.with_suffix(".lock")):
            if not ready.exists():
                _make(folder, wanted)
                ready.touch()
    except (OSError, subprocess.SubprocessError) as error:
        told = getattr(error, "stderr", None) or str(error)
        return None, told.strip().rpartition("\n")[2]
    return python, ""


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Nobody else makes this environment at the same time."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _make(folder: Path, wanted: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # what an interrupted run left
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "-r", str(wanted)],
    ):
        subprocess.run(command, env=_ENVIRONMENT, check=True, capture_output=True, text=True, timeout=_TO_MAKE)
