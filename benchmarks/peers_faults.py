"""What clients make of faults: zenodo-client and eossr, as PyPI has them, beside fairkit.

Each client deposits two files and publishes them; a run that fails is run once more, as a person or a CI would. The
server speaks the older deposit API of Zenodo and that of InvenioRDM, with the same fault in each.

Run it from the checkout: `python benchmarks/peers_faults.py`. Clients are installed into environments of their own in
`FAIRKIT_PEERS` or the user's cache; one that cannot be installed is told and left out. The exit code is 1 if fairkit
loses, doubles or leaks anything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.servers.invenio.deposits import TOKEN  # noqa: E402
from tests.servers.legacy_deposits import FAULTS, Legacy  # noqa: E402

PEERS = {"zenodo-client": "0.4.2", "eossr": "2.3.1"}
_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
_HOME = Path(os.environ.get("FAIRKIT_PEERS") or _CACHE / "fairkit-peers")
_LONGEST = 120
_SIZES = {"a.bin": 4_000_000, "b.bin": 10}

ADAPTERS = {
    "zenodo-client": """
import sys
from zenodo_client import Creator, Metadata, Zenodo
url, token, *paths = sys.argv[1:]
client = Zenodo(access_token=token)
client.base, client.api_base = url, url + "/api"
client.depositions_base = url + "/api/deposit/depositions"
who = [Creator(name="Example, Ada")]
about = Metadata(title="Toy jets", upload_type="dataset", description="Toy jets", creators=who)
client.ensure(key="toys", data=about, paths=paths)
""",
    "eossr": """
import os, sys
import eossr.api.zenodo.zenodo as module
url, token, *paths = sys.argv[1:]
module.zenodo_api_base_url = url + "/api"
client = module.ZenodoAPI(access_token=token)
name = client.create_new_deposit().json()["id"]
for path in paths:
    client.upload_file_deposit(name, os.path.basename(path), path)
about = {"title": "Toy jets", "upload_type": "dataset", "description": "Toy jets"}
about["creators"] = [{"name": "Example, Ada"}]
client.set_deposit_metadata(name, {"metadata": about})
client.publish_deposit(name)
""",
}  # fmt: skip
"""How each client is asked to deposit and publish files: the simplest way that its documentation shows."""


def main() -> int:
    """Measure, print, and tell whether fairkit kept its promise."""
    clients: dict[str, list[str]] = {}
    for name, version in PEERS.items():
        python, why = _environment(name, version)
        if python is None:
            print(f"{name} {version} cannot be installed here, and is left out: {why}")
        else:
            clients[f"{name} {version}"] = [str(python), "-c", ADAPTERS[name]]
    clients["fairkit"] = [sys.executable, "-m", "tests.publish.depositor"]
    found = {(fault, client): _tried(fault, command) for fault in FAULTS for client, command in clients.items()}
    width = max(map(len, found.values())) + 2
    print(f"\n{'':30}" + "".join(f"{client:{width}}" for client in clients))
    for fault, title in FAULTS.items():
        print(f"{title:30}" + "".join(f"{found[fault, client]:{width}}" for client in clients))
    return 0 if all(found[fault, "fairkit"].startswith("well") for fault in FAULTS) else 1


def _tried(fault: str, command: list[str]) -> str:
    """What is left after one run, and another one if that failed."""
    with tempfile.TemporaryDirectory() as work, Legacy(fault) as server:
        folder = Path(work, "set")
        folder.mkdir()
        for name, size in _SIZES.items():
            (folder / name).write_bytes((name.encode() * size)[:size])
        home = {**os.environ, "HOME": work, "PYSTOW_HOME": work, "FAIRKIT_TOKEN": TOKEN}
        words = [server.url, str(folder)] if "-m" in command else _words(server, folder)
        code, told = _run([*command, *words], home)
        runs = 1
        if code:
            runs, told = 2, told + _run([*command, *words], home)[1]
        return ", ".join(_verdict(server, told)) + f" ({runs} run{'s' if runs > 1 else ''})"


def _words(server: Legacy, folder: Path) -> list[str]:
    return [server.url, TOKEN, *(str(folder / name) for name in _SIZES)]


def _run(command: list[str], environment: Mapping[str, str]) -> tuple[int, str]:
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return 124, ""
    return done.returncode, done.stdout + done.stderr


def _verdict(server: Legacy, told: str) -> Iterator[str]:
    """What is wrong, or that all is well."""
    records = server.published()
    whole = [files for files in records if all(len(files.get(name, b"")) == size for name, size in _SIZES.items())]
    wrong = [
        f"{len(records)} records" if len(records) != 1 else "",
        f"{server.drafts()} orphan drafts" if server.drafts() else "",
        "published half a file" if len(whole) < len(records) else "",
        "token sent there" if server.strayed else "",
        "token shown" if TOKEN in told else "",
    ]
    found = [one for one in wrong if one]
    yield from found or ["well"]


def _environment(name: str, version: str) -> tuple[Path | None, str]:
    """The Python of a client's environment, which is made if it is not there yet; or none, and why."""
    folder = _HOME / f"{name}-{version}-{sys.version_info[0]}.{sys.version_info[1]}"
    python, ready = folder / "bin" / "python", folder / "ready"
    try:
        if not ready.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what an interrupted run left
            install = [str(python), "-m", "pip", "install", "-q", f"{name}=={version}", "setuptools"]
            for command in ([sys.executable, "-m", "venv", str(folder)], install):
                subprocess.run(command, check=True, capture_output=True, text=True, timeout=900)
            ready.touch()
    except (OSError, subprocess.SubprocessError) as error:
        told = getattr(error, "stderr", None) or str(error)
        return None, str(told).strip().rpartition("\n")[2]
    return python, ""


if __name__ == "__main__":
    sys.exit(main())
