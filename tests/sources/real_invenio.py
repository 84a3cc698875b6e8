"""The real InvenioRDM on loopback, where its software is installed: `RDM_VENV` names an environment that has it.

    python3.11 -m venv ENV && ENV/bin/pip install -r ../shared/inveniordm/requirements.txt
    RDM_VENV=ENV python -m pytest -m invenio

The first start takes a minute or two; its state is kept inside of that environment, and later ones take some seconds.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fairkit.http import Request, Session

__all__ = ["RealRepository", "Unavailable", "running"]

_SECONDS = 300


class Unavailable(Exception):  # noqa: N818 - a reason to skip, and no error
    """Why the software cannot be started here."""


class RealRepository:
    """A running instance: its address, the resolver of its DOIs, and what its owner can do there."""

    def __init__(self, port: int, tokens: dict[str, str]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.resolver = f"http://127.0.0.1:{port + 2}"
        self._sessions = {
            who: Session(trusted=[self.url], credentials={self.url: f"Bearer {token}"}) for who, token in tokens.items()
        }

    def ask(self, method: str, path: str, body: Any = None, *, who: str = "owner") -> Any:
        """The JSON that a request gives; bytes are the content of a file."""
        written = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        headers = {} if body is None else {"content-type": kind}
        answer = self._sessions[who].send(Request(method, f"{self.url}/api{path}", headers, written))
        assert answer.status < 300, answer.body
        return json.loads(answer.body) if answer.body else None

    def draft(self, metadata: Any, **more: Any) -> str:
        """The name of a new draft with one file."""
        name = str(self.ask("POST", "/records", {"metadata": metadata, "files": {"enabled": True}, **more})["id"])
        files = f"/records/{name}/draft/files"
        self.ask("POST", files, [{"key": "jets.csv"}])
        self.ask("PUT", f"{files}/jets.csv/content", b"pt\n1\n")
        self.ask("POST", f"{files}/jets.csv/commit")
        return name

    def publish(self, name: str) -> str:
        """Publish a draft; its name is that of the record."""
        self.ask("POST", f"/records/{name}/draft/actions/publish")
        return name

    def delete(self, name: str, note: str) -> None:
        """Leave only a tombstone of a record."""
        told = {"note": note, "is_visible": True, "removal_reason": {"id": "test-record"}}
        self.ask("DELETE", f"/records/{name}/delete", told, who="admin")


@contextmanager
def running(folder: Path) -> Iterator[RealRepository]:
    """An instance by the scripts in `folder`, stopped in the end.

    Raises:
        Unavailable: if it cannot be started.
    """
    venv = Path(os.environ.get("RDM_VENV", ""))
    if not os.environ.get("RDM_VENV") or not (venv / "bin" / "python").exists():
        raise Unavailable("RDM_VENV names no environment with InvenioRDM (see tests/sources/real_invenio.py)")
    state, port = venv / "fairkit-state", _free_ports()
    settings = {**os.environ, "RDM_UI": "1", "RDM_PORT": str(port), "RDM_VENV": str(venv.resolve())}
    try:
        started = subprocess.run(
            [folder / "up.sh", state], env=settings, capture_output=True, text=True, timeout=_SECONDS
        )
        if started.returncode:
            raise Unavailable(f"InvenioRDM does not start: {started.stderr[-500:]}")
        yield RealRepository(port, json.loads((state / "tokens.json").read_bytes())["tokens"])
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Unavailable(f"InvenioRDM does not start: {fault}") from None
    finally:
        subprocess.run([folder / "down.sh", state], env=settings, capture_output=True, timeout=_SECONDS, check=False)


def _free_ports() -> int:
    """The first of three ports in a row that nobody has: the server, its search and its registry of DOIs."""
    for first in range(5800, 6000, 3):
        if all(_is_free(first + offset) for offset in range(3)):
            return first
    raise Unavailable("no three ports in a row are free")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
