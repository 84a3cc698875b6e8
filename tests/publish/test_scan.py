"""What nobody wants to publish is found in a corpus of seeded files, and nothing is found where there is nothing.

The secrets are made by chance here, so that no file of the repository holds what looks like one.
"""

from __future__ import annotations

import base64
import json
import random
import shutil
import string
import struct
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit import resources
from fairkit.publish.preflight import problems
from fairkit.publish.problem import Problem
from fairkit.publish.release import Release
from fairkit.publish.scan import scan, secrets
from fairkit.publish.sending import LocalFile
from tests.conftest import ROOT

from .test_preflight import TOML, ZENODO, Made

CHANCE = random.Random(5)  # noqa: S311 - nothing is kept secret with it
LETTERS = string.ascii_letters + string.digits


def made(count: int, of: str = LETTERS) -> str:
    return "".join(CHANCE.choices(of, k=count))


def jwt() -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "JWT"}, {"sub": "1", "name": "Ada"})]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (*parts, made(32).encode()))


def photo(order: str = "<", *, gps: bool = True) -> bytes:
    """A JPEG with one Exif block, and GPS data in it."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    first = struct.pack(f"{order}HHHIII", 1, 0x8825 if gps else 0x0110, 4, 1, 26, 0)
    second = struct.pack(f"{order}HHHIII", 1, 1, 2, 2, 0x4E000000, 0)
    exif = b"Exif\0\0" + head + first + second
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xda\0\0"


def key(kind: str) -> str:
    dashes = "-" * 5
    return f"{dashes}BEGIN {kind}{dashes}\n{made(64)}\n{dashes}END {kind}{dashes}\n"


def cell(*lines: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": list(lines)}], "nbformat": 4})


class Seed(NamedTuple):
    code: str
    name: str
    body: bytes | str


SECRETS = [
    Seed("secret", "aws.py", f'key_id = "AKIA{made(16, string.ascii_uppercase + string.digits)}"\n'),
    Seed("secret", "aws.sh", f"export AWS_SECRET_ACCESS_KEY='{made(40)}'\n"),
    Seed("secret", "github.txt", f"token ghp_{made(36)}\n"),
    Seed("secret", "github2.yml", f"token: github_pat_{made(22)}_{made(59)}\n"),
    Seed("secret", "gitlab.toml", f'token = "glpat-{made(20)}"\n'),
    Seed("secret", "hub.ipynb", cell(f"login('hf_{made(34, string.ascii_letters)}')")),
    Seed("secret", "google.json", json.dumps({"key": f"AIza{made(35)}"})),
    Seed("secret", "open.py", f"sk-{made(20)}T3BlbkFJ{made(20)}\n"),
    Seed("secret", "claude.py", f"client('sk-ant-api03-{made(40)}')\n"),
    Seed("secret", "pypi.cfg", f"password: pypi-AgEIcHlwaS5vcmc{made(80)}\n"),
    Seed("secret", "npm.md", f"npm_{made(36)}\n"),
    Seed("secret", "slack.py", f"xoxb-{made(12, string.digits)}-{made(24)}\n"),
    Seed("secret", "hook.py", f"https://hooks.slack.com/services/T{made(8)}/B{made(8)}/{made(24)}\n"),
    Seed("secret", "stripe.js", f"sk_live_{made(24)}\n"),
    Seed("secret", "sendgrid.py", f"SG.{made(22)}.{made(43)}\n"),
    Seed("secret", "mailchimp.py", f"{made(32, 'abcdef0123456789')}-us12\n"),
    Seed("secret", "docker.txt", f"dckr_pat_{made(27)}\n"),
    Seed("secret", "telegram.py", f"bot{made(9, '123456789')}:{made(35)}\n"),
    Seed("secret", "azure.conf", f"AccountKey={made(86)}==\n"),
    Seed("secret", "jwt.txt", f"Cookie: {jwt()}\n"),
    Seed("secret", "rsa.txt", key("RSA PRIVATE KEY")),
    Seed("secret", "key.pem", key("PRIVATE KEY")),
    Seed("secret", "locked.pem", key("ENCRYPTED PRIVATE KEY")),
    Seed("secret", "ssh.txt", key("OPENSSH PRIVATE KEY")),
    Seed("secret", "pgp.asc", key("PGP PRIVATE KEY BLOCK")),
    Seed("secret", "db.ini", f"url = postgres://ada:{made(12)}@db.example.org/jets\n"),
    Seed("secret", "curl.sh", f'curl -H "Authorization: Bearer {made(60)}" https://repository.example\n'),
    Seed("secret", "zenodo.sh", f"curl https://zenodo.org/api/deposit?access_token={made(60)}\n"),
    Seed("secret", "wide.txt", f"ghp_{made(36)}\n".encode("utf-16")),
    Seed("secret", "late.csv", "1,2,3\n" * 100_000 + f"ghp_{made(36)}\n"),
    Seed("password", "settings.py", f'DB_PASSWORD = "{made(10)}7!"\n'),
    Seed("password", "settings.yml", f"api_key: {made(31)}9\n"),
    Seed("password", "run.sh", f"export ZENODO_TOKEN={made(59)}4\n"),
    Seed("password", "config.json", json.dumps({"client_secret": f"{made(20)}3"})),
    Seed("secret-file", ".env", "A=1\n"),
    Seed("secret-file", "deploy/.env.production", "A=1\n"),
    Seed("secret-file", ".netrc", "machine a\n"),
    Seed("secret-file", "keys/id_rsa", "x"),
    Seed("secret-file", "keys/id_ed25519", "x"),
    Seed("secret-file", "keys/cert.p12", b"\0\1"),
    Seed("secret-file", ".pypirc", "[pypi]\n"),
    Seed("secret-file", ".git-credentials", "x"),
]
PERSONAL = [
    Seed("email-list", "people.csv", "name,e-mail\nAda,ada@a.example\nBo,bo@b.example\n"),
    Seed("email-list", "mails.txt", "\n".join(f"person{number}@lab.example" for number in range(9))),
    Seed("email-list", "mails.ipynb", cell(*(f"p{number}@lab.example" for number in range(9)))),
    Seed("email-list", "list.json", json.dumps([f"a.b{number}@cern.example" for number in range(6)])),
    Seed("phone", "phones.csv", "name;phone\nAda;022 767\n"),
    Seed("phone", "phones.txt", "+41 22 767 6111\n+41 22 767 6112\n+49 (30) 1234 5678\n"),
    Seed("home-path", "log.txt", "reading /home/ada/jets/train.h5\n"),
    Seed("home-path", "mac.txt", "reading /Users/ada.example/jets/train.h5\n"),
    Seed("home-path", "dos.txt", "reading C:\\Users\\ada\\jets\\train.h5\n"),
    Seed("home-path", "path.ipynb", cell('open("/home/ada/jets.h5")')),
    Seed("home-path", "dos.ipynb", cell('open("C:\\Users\\ada\\jets.h5")')),
    Seed("photo-place", "photo.jpg", photo()),
    Seed("photo-place", "photo.jpeg", photo(">")),
    Seed("stray-file", "sub/.DS_Store", b"\0"),
    Seed("stray-file", "Thumbs.db", b"\0"),
    Seed("stray-file", ".git/config", "[core]\n"),
    Seed("stray-file", ".ipynb_checkpoints/a.ipynb", "{}"),
    Seed("stray-file", "notes.txt~", "x"),
]
HARMLESS = [
    Seed("", "checksums.txt", "".join(f"{made(64, 'abcdef0123456789')}  file{number}\n" for number in range(50))),
    Seed("", "data.csv", "a,b\n" + "".join(f"{CHANCE.random()},{CHANCE.gauss(0, 1):+.9e}\n" for _ in range(2000))),
    Seed("", "signs.txt", "+1 -2 +3 4\n+1.5 +2.5 +3.5\n+12 +34 +56\n"),
    Seed("", "people.txt", "0000-0002-1825-0097\n0000-0001-5109-3700\n0000-0003-1419-2405\n0000-0002-0000-0001\n"),
    Seed("", "README.md", "Write to ada@a.example. Set FAIRKIT_TOKEN=... or password = os.environ['PASSWORD'].\n"),
    Seed("", "doc.md", "https://user:password@data.example.org and postgres://USER:$PASSWORD@db.example.org\n"),
    Seed("", "aws.md", "AKIAIOSFODNN7EXAMPLE\n"),
    Seed("", "model.py", "tokens = tokenizer(text)\npad_token = '<pad>'\nsecret = None\npassword: str = ''\n"),
    Seed("", "run.sh", "cd /home/user/jets && ls /Users/Shared/x https://x.example/home/page/\n"),
    Seed("", "photo.jpg", photo(gps=False)),
    Seed("", "embedded.ipynb", cell(base64.b64encode(CHANCE.randbytes(50_000)).decode())),
    Seed("", "weights.bin", CHANCE.randbytes(50_000)),
    Seed("", "certificate.pem", "-----BEGIN CERTIFICATE-----\n" + made(64) + "\n"),
    Seed("", ".env.example", "TOKEN=\n"),
]


def written(root: Path, seed: Seed) -> LocalFile:
    path = root / seed.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seed.body.encode() if isinstance(seed.body, str) else seed.body)
    return LocalFile(seed.name, str(path), path.stat().st_size, "")


def found(root: Path, seed: Seed) -> list[Problem]:
    return list(scan([written(root, seed)]))


def test_nearly_all_of_the_seeded_files_are_found(tmp_path: Path) -> None:
    seeds = SECRETS + PERSONAL
    missed = [seed.name for seed in seeds if seed.code not in {one.code for one in found(tmp_path / seed.code, seed)}]
    assert len(seeds) >= 60
    assert len(missed) <= 0.05 * len(seeds), missed


@pytest.mark.parametrize("seed", HARMLESS, ids=lambda seed: seed.name)
def test_nothing_is_found_where_there_is_nothing(tmp_path: Path, seed: Seed) -> None:
    assert found(tmp_path, seed) == []


def test_nothing_is_found_in_the_examples(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets")
    release = Release(str(tmp_path / "jets"))
    assert list(scan(release.contents())) == []


def test_nothing_is_found_in_the_package_of_the_showcase(tmp_path: Path) -> None:
    shutil.copytree(resources.folder("showcase") / "12102", tmp_path / "12102")
    assert list(scan(Release(str(tmp_path / "12102")).contents())) == []


def test_nothing_is_found_in_the_records_of_a_real_portal(shared: Path) -> None:
    root = shared / "data" / "cern-open-data"
    every = [path for path in root.rglob("*") if path.is_file()]
    files = [LocalFile(path.name, str(path), path.stat().st_size, "") for path in every]
    assert [one for one in scan(files) if one.code != "stray-file"] == []


def test_a_secret_blocks_and_is_not_shown(tmp_path: Path) -> None:
    secret = f"ghp_{made(36)}"
    [one] = found(tmp_path, Seed("", "a/notes.txt", f"\n\nit is {secret}\n"))
    assert (one.code, one.blocks, one.place) == ("secret", True, "a/notes.txt:3")
    assert secret not in str(one)


@pytest.mark.parametrize("seed", PERSONAL, ids=lambda seed: seed.name)
def test_what_a_person_has_to_judge_is_a_note(tmp_path: Path, seed: Seed) -> None:
    assert not any(one.blocks for one in found(tmp_path, seed))


ALLOW = '\n[[publish.allow]]\nfile = "*.txt"\ncode = "{}"\nreason = "{}"\n'


@pytest.mark.parametrize(
    ("code", "reason", "blocks"),
    [("secret", "it was revoked in May", False), ("password", "it is none", True), ("secret", " ", True)],
)
def test_what_was_looked_at_may_stay_with_a_reason(tmp_path: Path, code: str, reason: str, blocks: bool) -> None:
    file = written(tmp_path, Seed("", "a.txt", f"ghp_{made(36)}"))
    (tmp_path / "fairkit.toml").write_text(TOML + ALLOW.format(code, reason))
    release = Made(root=str(tmp_path), files=(LocalFile("a.csv", str(tmp_path / "a.csv"), 5, "0" * 64), file))
    [one] = [one for one in problems(release, ZENODO) if one.code == "secret"]
    assert one.blocks is blocks
    assert blocks or one.remedy == f"It is allowed: {reason}"
    assert any(one.code == "toml-wrong" for one in problems(release, ZENODO)) is (not reason.strip())


def test_without_the_library_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "complete", lambda: False)
    assert [one.code for one in found(tmp_path, Seed("", "a.csv", "1,2\n"))] == ["scan-partly"]


@given(st.binary(max_size=300))
def test_no_bytes_break_it(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    root = tmp_path_factory.mktemp("set")
    for begin in (b"", b"\xff\xd8", b"\xff\xfe", photo()[:30]):
        found(root, Seed("", "a", begin + body))
