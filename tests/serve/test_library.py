"""What is read of the objects and when: nothing is assessed for a list, and what changed is read anew."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from werkzeug.test import Client

from fairkit.dialects import harvest
from fairkit.errors import UnreadableDocument
from fairkit.model.evidence import Evidence
from fairkit.model.harvest import Harvest
from fairkit.ocfl.storage import PREFIX, Storage
from fairkit.ocfl.writing import add, identifier, made
from fairkit.serve import library
from fairkit.serve.library import Library
from fairkit.serve.site import Site
from tests.ocfl.test_writing import held

from .conftest import BASE

TOML = '[resource]\ntitle = "Set {0}"\ndescription = "Of the {0}"\nkeywords = ["k{0}"]\n'


@pytest.fixture
def three(tmp_path: Path) -> Storage:
    """A root with three objects, made one day after the other."""
    storage = made(tmp_path / "root")
    for day, word in enumerate(("a", "b", "c"), 1):
        put(storage, word, TOML.format(word), day=day)
    return storage


def put(storage: Storage, word: str, toml: str, *, day: int, head: int = 0) -> str:
    files = held(storage.root.parent / f"{word}{day}", {"fairkit.toml": toml.encode(), "x.csv": b"x\n1\n"})
    when = f"2026-01-{day:02}T00:00:00Z"
    return add(storage, identifier(word), files, message="m", created=when, head=head).name


def titles(client: Client, query: str = "") -> list[str | None]:
    told = client.get("/api/records", query_string={"q": query}).json or {}
    return [row.get("title") for row in told["records"]]


def test_a_list_assesses_nothing(three: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a list needs no assessment")

    monkeypatch.setattr(library, "assess_all", refused)
    client = Client(Site(three, BASE))
    for path in ("/", "/?q=set", "/api/records?q=set", "/sitemap.xml", "/robots.txt"):
        assert client.get(path).status_code == 200, path
    with pytest.raises(AssertionError):
        client.get(f"/records/{identifier('a')}")


def test_the_first_page_reads_no_more_than_it_shows(three: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[str]()

    def harvested(told: Evidence) -> Harvest:
        read.append(told.target)
        return harvest(told)

    monkeypatch.setattr(library, "harvest", harvested)
    monkeypatch.setattr("fairkit.serve.site._PAGE", 2)
    client = Client(Site(three, BASE))
    assert titles(client) == ["Set c", "Set b"]
    assert len(read) == 2
    client.get("/sitemap.xml")
    assert len(read) == 2
    assert (titles(client, "of"), len(read)) == (["Set c", "Set b"], 5)
    assert (titles(client, "kb"), len(read)) == (["Set b"], 5)


def test_what_changed_is_read_anew(three: Storage) -> None:
    client, name = Client(Site(three, BASE)), identifier("a").removeprefix(PREFIX)
    assert titles(client, "set") == ["Set c", "Set b", "Set a"]
    first = client.get(f"/records/{name}/versions/1").data.decode()
    assert f'rel="canonical" href="{BASE}/records/{name}"' in first
    put(three, "a", TOML.format("new"), day=9, head=1)
    put(three, "d", TOML.format("d"), day=5)
    assert titles(client, "set") == ["Set new", "Set d", "Set c", "Set b"]
    assert titles(client, "knew") == ["Set new"]
    assert titles(client, "ka") == []
    assert (
        f'rel="canonical" href="{BASE}/records/{name}/versions/1"'
        in client.get(f"/records/{name}/versions/1").data.decode()
    )
    shutil.rmtree(three.root / identifier("a"))
    assert titles(client) == ["Set d", "Set c", "Set b"]
    assert client.get(f"/records/{name}").status_code == 404


def test_broken_metadata_are_told_in_the_list_and_the_files_can_be_had(three: Storage) -> None:
    files = held(three.root.parent / "d", {"ro-crate-metadata.json": b"{", "x.csv": b"x\n1\n"})
    name = add(three, identifier("d"), files, message="m", created="2026-01-09T00:00:00Z", head=0).name
    client = Client(Site(three, BASE))
    rows = (client.get("/api/records").json or {})["records"]
    assert (rows[0]["id"], "ro-crate-metadata.json" in rows[0]["error"], len(rows)) == (name, True, 4)
    assert f'href="{BASE}/records/{name}"' in client.get("/").data.decode()
    assert client.get(f"/records/{name}").status_code == 500
    for path in ("/", "/api/records", f"/records/{name}", "/records/nothing", f"/records/{name}/files/nothing"):
        assert str(three.root.parent) not in client.get(path).data.decode(), "where it lies is nobody's business"
    assert client.get(f"/records/{name}/files/x.csv", buffered=True).data == b"x\n1\n"
    assert titles(client, "set") == ["Set c", "Set b", "Set a"]


def test_an_object_cannot_pass_for_another(three: Storage) -> None:
    """A stranger's object says that it is another: its own page is refused, and that of the other stays."""
    evil = three.root / f"{PREFIX}evil"
    shutil.copytree(three.root / identifier("a"), evil)
    site = Site(three, BASE)
    assert site.library.entry(identifier("a")).resource.title == "Set a"
    with pytest.raises(UnreadableDocument, match="holds the object"):
        site.library.entry("evil")
    assert titles(Client(site)) == ["Set c", "Set b", "Set a"]


def test_what_is_no_text_is_refused(three: Storage) -> None:
    place = three.root / identifier("a")
    told = json.loads((place / "inventory.json").read_text())
    state = told["versions"]["v1"]["state"]
    state[next(iter(state))] = ["\ud800.csv"]
    _rewrite(place, told)
    client = Client(Site(three, BASE))
    assert client.get(f"/records/{identifier('a')}").status_code == 500
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("created", ["\ud800", "<b>", "2026-13-99 and more", "x" * 100_000, ""])
def test_a_time_may_be_anything(three: Storage, created: str) -> None:
    place = three.root / identifier("a")
    told = json.loads((place / "inventory.json").read_text())
    told["versions"]["v1"]["created"] = created
    _rewrite(place, told)
    client = Client(Site(three, BASE))
    for path in ("/", f"/records/{identifier('a')}", "/api/records", f"/records/{identifier('a')}/linkset"):
        assert client.get(path).status_code == 200, path


def test_what_is_kept_is_bounded(three: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "_MOST_FILES", 250)  # of 100 and its two files each, two are kept
    shelf = Library(three, BASE)
    for word in ("a", "b", "c"):
        shelf.assessment(shelf.entry(identifier(word)))
    assert (len(shelf._objects), len(shelf._resources)) == (2, 2)


def _rewrite(place: Path, told: object) -> None:
    import hashlib

    body = json.dumps(told).encode()
    for here in (place, *place.glob("v1")):
        if (here / "inventory.json").exists():
            (here / "inventory.json").write_bytes(body)
            (here / "inventory.json.sha512").write_text(f"{hashlib.sha512(body).hexdigest()} inventory.json\n")
    os.utime(place / "inventory.json", ns=(1, 1))
