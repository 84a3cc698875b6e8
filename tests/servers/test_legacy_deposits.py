"""The server that plays faults for clients of others: each fault befalls, and a client that looks copes with it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

from .invenio.deposits import TOKEN
from .legacy_deposits import FAULTS, Legacy

BASE = "/api/deposit/depositions"


def ask(method: str, url: str, body: bytes | None = None) -> tuple[int, Any]:
    request = urllib.request.Request(f"{url}?access_token={TOKEN}", body, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, None


@pytest.mark.parametrize(
    ("fault", "created", "stored", "published"),
    [
        ("none", 201, b"1234", 202),
        ("create-504", 504, b"1234", 202),
        ("half-file", 201, b"12", 202),
        ("publish-504", 201, b"1234", 504),
        ("elsewhere", 201, b"1234", 202),
    ],
)
def test_each_fault_befalls_its_step(fault: str, created: int, stored: bytes, published: int) -> None:
    with Legacy(fault) as server:
        assert ask("POST", server.url + BASE, b"{}")[0] == created
        [one] = ask("GET", server.url + BASE)[1]
        host = server.elsewhere if fault == "elsewhere" else server.url
        assert one["links"]["bucket"] == f"{host}/api/files/{one['id']}"
        status, told = ask("PUT", f"{one['links']['bucket']}/a.bin", b"1234")
        assert (status, told["checksum"]) == (201, f"md5:{hashlib.md5(stored).hexdigest()}")  # noqa: S324
        assert ask("POST", f"{server.url}{BASE}/{one['id']}/actions/publish")[0] == published
        assert server.published() == [{"a.bin": stored}]
        assert bool(server.strayed) == (fault == "elsewhere")


@pytest.mark.parametrize("fault", FAULTS)
def test_fairkit_as_a_process_copes_with_each(fault: str, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"1234")
    with Legacy(fault) as server:
        command = [sys.executable, "-m", "tests.publish.depositor", server.url, str(tmp_path)]
        environment = {**os.environ, "FAIRKIT_TOKEN": TOKEN}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        [files] = server.published()
        assert (files["a.bin"], server.drafts(), server.strayed) == (b"1234", 0, [])
        assert TOKEN not in done.stdout + done.stderr
