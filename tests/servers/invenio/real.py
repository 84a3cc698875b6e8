"""The real InvenioRDM software on loopback: no container, no message queue, no search engine, no web assets.

Its environment is made once by pip from `software/requirements.txt` and kept outside the checkout, in
`FAIRKIT_INVENIO` or the user's cache, under the digest of those requirements (about two minutes, 760 MB). A fresh
instance (tables, vocabularies, users with tokens) is made once as well; each start takes a copy of it, in about six
seconds. Search and the registry of DOIs are small stand-ins (`software/search_stub.py`, `software/datacite_stub.py`);
records, drafts, files, permissions and exports are the real code.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

__all__ = ["Instance", "Unavailable", "running"]

SOFTWARE = Path(__file__).with_name("software")
_ENVIRONMENT = dict(os.environ)  # as it was before the tests took settings and proxies away
_CACHE = Path(_ENVIRONMENT.get("XDG_CACHE_HOME") or Path.home() / ".cache")
_HOME = Path(_ENVIRONMENT.get("FAIRKIT_INVENIO") or _CACHE / "fairkit-invenio")
_RDM = "application/vnd.inveniordm.v1+json, application/json;q=0.5"
_TO_MAKE = 1800
_TO_START = 120.0


class Unavailable(Exception):  # noqa: N818 - a reason to skip, and no error
    """Why the software cannot be started here."""


class Instance(NamedTuple):
    """A running one: the base URL of its pages, the resolver of its DOIs, tokens by user, and its folder."""

    url: str
    resolver: str
    tokens: Mapping[str, str]
    folder: Path
    server: subprocess.Popen[bytes]
    registry: subprocess.Popen[bytes]
    """The registry of DOIs."""
    start: Callable[[], subprocess.Popen[bytes]]
    """Starts another server in place of one that was stopped."""

    @property
    def dois(self) -> dict[str, dict[str, object]]:
        """What the registry of DOIs holds, by DOI in lower case."""
        path = self.folder / "dois.json"
        found: dict[str, dict[str, object]] = json.loads(path.read_bytes()) if path.exists() else {}
        return found

    def asked(self, method: str, path: str, body: object = None, *, who: str = "owner") -> Any:
        """What it answers to somebody else than fairkit: a person at the browser, a curator."""
        written = None if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {self.tokens[who]}", "content-type": "application/json", "accept": _RDM}
        request = urllib.request.Request(f"{self.url}/api{path}", written, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def community(self, name: str) -> str:
        """The identifier of a new community, where everything is reviewed, and not by the owner of the deposits."""
        access = {"visibility": "public", "member_policy": "open", "record_policy": "open", "review_policy": "closed"}
        body = {"slug": name, "access": access, "metadata": {"title": name}}
        made = self.asked("POST", "/communities", body, who="admin")
        return str(made["id"])


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Instance]:
    """A fresh instance in `folder`, with landing pages, stopped in the end; `settings` join its environment.

    Raises:
        Unavailable: if it cannot be installed or started.
    """
    try:
        python, fresh = _made()
        with ExitStack() as opened:
            instance = _started(python, fresh, folder, settings, opened)
            yield instance
    except (OSError, subprocess.SubprocessError) as fault:
        told = getattr(fault, "stderr", None) or str(fault)
        text = told.decode(errors="replace") if isinstance(told, bytes) else str(told)
        raise Unavailable(f"InvenioRDM cannot be run here: {text.strip()[-500:]}") from None


def _made() -> tuple[Path, Path]:
    """The Python of the environment and the fresh instance, which are made if they are not there yet."""
    parts = sorted(path for path in SOFTWARE.iterdir() if path.is_file())
    wanted = SOFTWARE / "requirements.txt"
    key = hashlib.sha256(wanted.read_bytes() + sys.version.encode()).hexdigest()[:16]
    content = hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()[:16]
    venv, fresh = _HOME / f"environment-{key}", _HOME / f"fresh-{content}"
    python = venv / "bin" / "python"
    with _alone(_HOME / "lock"):
        if not (venv / "ready").exists():
            shutil.rmtree(venv, ignore_errors=True)  # what an interrupted run left
            _run([sys.executable, "-m", "venv", str(venv)])
            _run([str(python), "-m", "pip", "install", "-q", "-r", str(wanted)])
            (venv / "ready").touch()
        if not (fresh / "ready").exists():
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
            _initialise(python, fresh)
            (fresh / "ready").touch()
    return python, fresh


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Nobody else makes the environment at the same time."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _run(command: list[str], **more: str) -> None:
    subprocess.run(command, env={**_ENVIRONMENT, **more}, check=True, capture_output=True, text=True, timeout=_TO_MAKE)


def _initialise(python: Path, fresh: Path) -> None:
    """Tables, indices, users, tokens and vocabularies of a fresh instance, with what its search knows."""
    with ExitStack() as opened:
        ports = _ports()
        settings = _settings(fresh, ports)
        _stand_ins(python, fresh, ports, settings, opened)
        _run([str(python), str(SOFTWARE / "init_rdm.py")], **settings)
        with urllib.request.urlopen(f"http://127.0.0.1:{ports[1]}/_stub/dump") as dump:
            (fresh / "search.json").write_bytes(dump.read())
    (fresh / "dois.json").unlink(missing_ok=True)


def _started(python: Path, fresh: Path, folder: Path, settings: Mapping[str, str], opened: ExitStack) -> Instance:
    shutil.copytree(fresh, folder, dirs_exist_ok=True)
    _moved(folder / "rdm.db", fresh, folder)
    ports = _ports()
    every = {**_settings(folder, ports), "RDM_UI": "1", **settings}
    stand_ins = _stand_ins(python, folder, ports, every, opened)

    def start() -> subprocess.Popen[bytes]:
        process = _process([python, SOFTWARE / "serve.py"], folder / "server.log", every, opened)
        _wait(process, ports[0], folder / "server.log")
        return process

    url, resolver = (f"http://127.0.0.1:{port}" for port in (ports[0], ports[2]))
    tokens = json.loads((folder / "tokens.json").read_bytes())["tokens"]
    return Instance(url, resolver, tokens, folder, start(), stand_ins["datacite_stub"], start)


def _moved(database: Path, fresh: Path, folder: Path) -> None:
    """The place where files are kept is written in the database: it is where the copy is now."""
    import sqlite3

    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE files_location SET uri = replace(uri, ?, ?)", (str(fresh), str(folder)))


def _stand_ins(
    python: Path, folder: Path, ports: tuple[int, int, int], settings: Mapping[str, str], opened: ExitStack
) -> dict[str, subprocess.Popen[bytes]]:
    """What stands for the search engine and the registry of DOIs, by name."""
    started: dict[str, subprocess.Popen[bytes]] = {}
    for name, port, state in (("search_stub", ports[1], "search.json"), ("datacite_stub", ports[2], "dois.json")):
        command: list[Path | str] = [python, SOFTWARE / f"{name}.py", str(port), folder / state]
        started[name] = _process(command, folder / f"{name}.log", settings, opened)
        _wait(started[name], port, folder / f"{name}.log")
    return started


def _settings(folder: Path, ports: tuple[int, int, int]) -> dict[str, str]:
    shutil.copyfile(SOFTWARE / "invenio.cfg", folder / "invenio.cfg")
    names = ("RDM_PORT", "RDM_SEARCH_PORT", "RDM_DATACITE_PORT")
    places = {"INVENIO_INSTANCE_PATH": str(folder), "PYTHONPATH": str(SOFTWARE), "PYTHONWARNINGS": "ignore"}
    return {**places, **{name: str(port) for name, port in zip(names, ports, strict=True)}}


def _process(
    command: list[Path | str], log: Path, settings: Mapping[str, str], opened: ExitStack
) -> subprocess.Popen[bytes]:
    out: IO[bytes] = opened.enter_context(log.open("ab"))
    process = subprocess.Popen(
        [str(word) for word in command],
        env={**_ENVIRONMENT, **settings},
        stdout=out,
        stderr=out,
        stdin=subprocess.DEVNULL,
    )
    opened.callback(_stop, process)
    return process


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until somebody listens there.

    Raises:
        Unavailable: if the process ends, or takes too long.
    """
    end = time.monotonic() + _TO_START
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        if _is_taken(port):
            return
        time.sleep(0.05)
    raise Unavailable(f"{process.args!r} does not answer: {log.read_text(errors='replace')[-500:]}")


def _ports() -> tuple[int, int, int]:
    """Three ports that nobody has now."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(3)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        first, second, third = (one.getsockname()[1] for one in sockets)
    return first, second, third


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
