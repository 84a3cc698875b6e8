"""The loopback repository answers what the real software answered when it was recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fairkit.http import Session
from tests.servers.invenio import DATACITE, RDM, Repository, record

NUMBER, CONCEPT = "rqdxv-6b412", "gq0v7-9wr37"
PLACE = "http://127.0.0.1:5600"


def recorded(shared: Path, name: str, folder: str = "captures") -> Any:
    """The answer in a recording."""
    [path] = (shared / "inveniordm" / folder).glob(f"{name}-*.json")
    return json.loads(path.read_bytes())["response"]


@pytest.fixture
def real(shared: Path) -> Iterator[Repository]:
    """A repository with the record that was recorded, and with its neighbours."""
    with Repository(recorded(shared, "064")["body"]) as repository:
        repository.drafts = {"draft-00000"}
        repository.restricted = {"8cpre-thh40"}
        repository.tombstones = {"rev76-h4f76": recorded(shared, "163")["body"]["tombstone"]}
        yield repository


def asked(repository: Repository, path: str, accept: str) -> tuple[int, str, Any]:
    session = Session(trusted=[repository.url])
    answer = session.get(repository.url + path, accept=accept)
    body = answer.body.decode().replace(repository.url, PLACE)
    return answer.status, answer.headers["content-type"], json.loads(body)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("accept", "name"), [("*/*", "064"), ("application/json", "072"), ("application/ld+json", "075"), (DATACITE, "076")]
)
def test_the_record_is_answered_in_each_form(real: Repository, shared: Path, accept: str, name: str) -> None:
    status, kind, body = asked(real, f"/api/records/{NUMBER}", accept)
    told = recorded(shared, name)
    assert (status, kind) == (told["status"], told["headers"]["content-type"])
    assert body == told["body"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/records/zzzzz-zzz99", "007"),
        ("/api/records/draft-00000", "020"),
        ("/api/records/8cpre-thh40", "135"),
        ("/api/records/rev76-h4f76", "163"),
    ],
)
def test_what_is_not_public_is_refused_in_the_same_words(real: Repository, shared: Path, path: str, name: str) -> None:
    status, kind, body = asked(real, path, RDM)
    told = recorded(shared, name)
    assert (status, kind, body) == (told["status"], told["headers"]["Content-Type"], told["body"])


@pytest.mark.shared
def test_all_versions_together_lead_to_the_latest(real: Repository, shared: Path) -> None:
    assert recorded(shared, "119")["headers"]["Location"].startswith("/api/records/")
    session = Session(trusted=[real.url])
    answer = session.get(f"{real.url}/api/records/{CONCEPT}", accept=RDM)
    assert answer.url == f"{real.url}/api/records/{NUMBER}"


@pytest.mark.shared
def test_zenodo_answers_plain_json_in_the_older_shape(shared: Path) -> None:
    new = recorded(shared, "042", "captures-zenodo-legacy")["body"]
    old = recorded(shared, "041", "captures-zenodo-legacy")["body"]
    with Repository(new, zenodo=True) as repository:
        _, _, body = asked(repository, "/api/records/16", "application/json")
    body = json.loads(json.dumps(body).replace(PLACE, "http://127.0.0.1:5610"))
    beyond = {"contributors", "references", "notes", "method"}  # no record of ours has these
    assert body["metadata"] == {key: value for key, value in old["metadata"].items() if key not in beyond}
    assert body.items() <= {**old, "metadata": body["metadata"]}.items()


def test_an_unknown_media_type_is_refused() -> None:
    with Repository(record("abcde-12345", "fghjk-67890")) as repository:
        assert asked(repository, "/api/records/abcde-12345", "text/turtle")[0] == 406
