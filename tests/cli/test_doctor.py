"""The installation is looked at, and each token is tried at its own repository and nowhere else."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.servers.invenio.deposits import TOKEN
from tests.servers.invenio.http import Served

from .conftest import Ran

Run = Callable[..., Ran]
ZENODOS = "FAIRKIT_ZENODO_TOKEN", "FAIRKIT_ZENODO_SANDBOX_TOKEN"


@pytest.fixture(autouse=True)
def _no_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def states(ran: Ran) -> dict[str, str]:
    told = json.loads(ran.out)
    Draft202012Validator(json.loads(resources.read_bytes("schemas", "doctor.schema.json"))).validate(told)
    assert TOKEN not in ran.out + ran.err
    return {row["what"]: row["state"] for row in told}


def test_without_tokens_all_is_well(run: Run) -> None:
    ran = run("doctor", "--json")
    assert ran.code == 0
    assert states(ran) | {"fairkit": "good", "token for Zenodo": "absent"} == states(ran)


@pytest.mark.parametrize(("token", "state", "code"), [(TOKEN, "good", 0), ("wrong", "bad", 4)])
def test_a_token_is_tried(
    run: Run, server: Served, monkeypatch: pytest.MonkeyPatch, token: str, state: str, code: int
) -> None:
    monkeypatch.setenv("FAIRKIT_INVENIO_TOKEN", token)
    ran = run("doctor", "--invenio", server.url, "--json")
    assert (ran.code, states(ran)[f"token for {server.url.partition('//')[2]}"]) == (code, state)


def test_no_token_goes_to_another_host(run: Run, server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of Zenodo would go to Zenodo, where no test comes; the one for any repository goes to none of them."""
    monkeypatch.setenv("FAIRKIT_TOKEN", "for-whatever-is-named")
    monkeypatch.delenv("FAIRKIT_INVENIO_TOKEN")
    looked_up: list[Any] = []

    def refused(host: Any, *_: Any, **__: Any) -> Any:
        looked_up.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    ran = run("doctor", "--json")
    assert (ran.code, looked_up) == (0, [])
    assert states(ran)["token for Zenodo"] == "absent"


def test_offline_nothing_is_tried(run: Run, server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ZENODOS:
        monkeypatch.setenv(name, TOKEN)
    ran = run("doctor", "--invenio", server.url, "--offline", "--json")
    assert (ran.code, server.deposits.requests) == (0, [])
    assert {state for what, state in states(ran).items() if what.startswith("token")} == {"unknown"}


def test_a_token_that_others_can_read_is_bad(run: Run, server: Served, tmp_path: Path) -> None:
    path = tmp_path / "fairkit" / "tokens" / "zenodo.org"
    path.parent.mkdir(parents=True)
    path.write_text(TOKEN)
    path.chmod(0o644)
    ran = run("doctor", "--json")
    assert (ran.code, states(ran)["token for Zenodo"]) == (2, "bad")


def test_people_get_a_line_for_each(run: Run) -> None:
    ran = run("doctor")
    assert (ran.code, "✓  fairkit" in ran.out, "–  token for Zenodo" in ran.out) == (0, True, True)
