"""What every test stands on: no network but the loopback, a cache of its own, and no settings of whoever runs it."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.servers.cern_open_data import Portal
    from tests.servers.invenio.real import Instance

# The machine's speed is no property of the code; in CI the examples are the same each time, elsewhere they wander.
settings.register_profile("fairkit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("fairkit")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


def _is_near(address: Any) -> bool:
    """Is it the loopback, or no internet address at all (a path of a Unix socket)?"""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


def _only_near(connect: Any) -> Any:
    def checked(self: socket.socket, address: Any, /) -> Any:
        if not _is_near(address):
            self.close()
            # No OSError, or the code under test would take it for a fault of the network.
            raise RuntimeError(f"tests may connect to the loopback only, and this one wanted {address!r}")
        return connect(self, address)

    return checked


def _only_numbers(look_up: Any) -> Any:
    def numeric(host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0) -> Any:
        near = host in (None, "", "localhost", socket.gethostname())
        return look_up(host, port, family, type, proto, flags if near else flags | socket.AI_NUMERICHOST)

    return numeric


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _only_near(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _only_near(socket.socket.connect_ex))
        # A name that is looked up leaves the machine too: here no name is known but this machine's own.
        patch.setattr(socket, "getaddrinfo", _only_numbers(socket.getaddrinfo))
        yield


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in list(os.environ):
        if name.startswith("FAIRKIT_") or name.lower() in _PROXIES:
            monkeypatch.delenv(name)
    monkeypatch.setenv("FAIRKIT_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture(autouse=True, scope="session")
def _stand_ins_are_known() -> Iterator[None]:
    """The limited child may load what tests put in the place of ours, where fairkit itself lies elsewhere."""
    from fairkit.untrusted import _process

    libraries = _process._libraries
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_process, "_libraries", lambda: [*libraries(), str(ROOT)])
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference data that lie beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the shared reference data are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def invenio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The real InvenioRDM software on loopback, one for all tests; they skip where it cannot be installed."""
    from tests.servers.invenio.real import Unavailable, running

    try:
        with running(tmp_path_factory.mktemp("invenio")) as instance:
            yield instance
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
def portal() -> Iterator[Portal]:
    """A loopback CERN Open Data over three invented records."""
    from tests.servers.cern_open_data import Portal
    from tests.servers.toys import RECORDS

    with Portal(RECORDS) as portal:
        yield portal


@pytest.fixture
def real(shared: Path) -> Iterator[Portal]:
    """A loopback CERN Open Data over the real records beside the checkout."""
    from tests.servers.cern_open_data import Portal

    folder = shared / "data" / "cern-open-data"
    with Portal.from_folders(folder / "sample", folder / "records") as portal:
        yield portal


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Callable[[Portal], None]:
    """Point fairkit's settings at a loopback portal and its DOI resolver."""

    def point(portal: Portal) -> None:
        monkeypatch.setenv("FAIRKIT_CERN_OPEN_DATA_URL", portal.url)
        monkeypatch.setenv("FAIRKIT_DOI_URL", f"{portal.url}/doi")

    return point
