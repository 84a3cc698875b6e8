"""The client, and the repository in memory, held against the real software: the same calls have the same answers."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from fairkit.errors import AuthenticationError, OutcomeUnknown, Unfinished
from fairkit.http import Limits, Request, Response, Session
from fairkit.publish.files import is_duplicate
from fairkit.repositories import RemoteFile
from fairkit.repositories.invenio import Answer, Invenio
from tests.servers.invenio.deposits import BASE, TOKEN, Deposits
from tests.servers.invenio.http import Served
from tests.servers.invenio.real import Instance

WORD = "fairkit:release:0123456789abcdef"
BODY: dict[str, Any] = {
    "metadata": {
        "title": "Toy jets",
        "version": "1",
        "publication_date": "2026-11-21",
        "resource_type": {"id": "dataset"},
        "creators": [{"person_or_org": {"type": "organizational", "name": "CERN"}}],
        "publisher": "CERN",
        "identifiers": [{"scheme": "other", "identifier": WORD}],
    },
    "files": {"enabled": True},
}
NAMES = ["a.bin", "sub/b #?ä%.bin", "..", "c.bin"]


class Bytes:
    """A body that is sent piece by piece."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __len__(self) -> int:
        return len(self._body)

    def __iter__(self) -> Iterator[bytes]:
        yield self._body


class Story:
    """What happened so far at one repository: drafts and records by the name that the story gives them."""

    def __init__(self, client: Invenio) -> None:
        self.client = client
        self.names: dict[str, str] = {"nothing": "zzzzz-zzz99"}
        self.revision = 0

    def made(self, name: str, answer: Answer) -> Answer:
        if answer.ok:
            draft = self.client.as_draft(answer.data)
            self.names[name] = draft.id
            self.revision = draft.revision or 0
        return answer

    def sent(self, name: str, key: str, body: bytes = b"12345") -> Answer:
        """A file from its announcement to its commit."""
        self.client.announce(self.names[name], [key])
        self.client.send(self.names[name], key, Bytes(body))
        return self.client.commit(self.names[name], key)


Call = Callable[[Story], Any]


def mine(query: str = "") -> Call:
    """Those of the listed records that the story knows."""

    def asked(story: Story) -> set[str]:
        listed = [str(hit["id"]) for hit in story.client.mine(query)]
        return {name for name, known in story.names.items() if known in listed}

    return asked


def changed(**more: Any) -> dict[str, Any]:
    return BODY | {"metadata": BODY["metadata"] | more}


def of(method: str, name: str, *arguments: Any, **more: Any) -> Call:
    """A call of the client about a draft or record that the story knows."""
    return lambda story: getattr(story.client, method)(story.names[name], *arguments, **more)


CALLS: list[tuple[str, Call]] = [
    ("create", lambda story: story.made("one", story.client.create(BODY))),
    ("create with an unknown type", lambda s: s.client.create(changed(resource_type={"id": "nosuch"}))),
    ("create with an unknown licence", lambda s: s.client.create(changed(rights=[{"id": "nosuch"}]))),
    ("create without a title", lambda s: s.made("untitled", s.client.create(changed(title="")))),
    ("create without anything", lambda s: s.made("empty", s.client.create({"metadata": {}}))),
    ("create with a short title", lambda s: s.made("short", s.client.create(changed(title="x")))),
    ("draft", of("draft", "one")),
    ("draft that is not there", of("draft", "nothing")),
    ("record that is a draft", of("record", "one")),
    ("record that is not there", of("record", "nothing")),
    ("record named by dots", lambda s: s.client.record("..")),
    ("update", lambda s: s.made("one", s.client.update(s.names["one"], BODY, revision=s.revision))),
    ("update of a stale revision", lambda s: s.client.update(s.names["one"], BODY, revision=max(s.revision - 1, 1))),
    ("update of no revision", of("update", "one", BODY)),
    ("update to an unknown type", of("update", "one", changed(resource_type={"id": "nosuch"}))),
    ("update without creators", of("update", "empty", changed(creators=[]))),
    ("update with a past embargo", of("update", "empty", BODY | {
        "access": {"record": "public", "files": "restricted", "embargo": {"active": True, "until": "2020-01-01"}},
    })),
    ("update of a draft that is not there", of("update", "nothing", BODY)),
    ("reserve", of("reserve_doi", "one")),
    ("reserve again", of("reserve_doi", "one")),
    ("update after the DOI", of("update", "one", BODY)),
    ("the DOI stays", of("draft", "one")),
    ("publish without files", of("publish", "one")),
    ("files of an empty draft", of("files", "one")),
    ("announce", of("announce", "one", NAMES)),
    ("announce again", of("announce", "one", NAMES[:1])),
    ("announce again beside a new one", of("announce", "one", ["new.bin", NAMES[0]])),
    ("announce one twice", of("announce", "one", ["twice.bin", "twice.bin"])),
    ("announce too many", of("announce", "one", [f"{number}.bin" for number in range(101)])),
    ("announced files", of("files", "one")),
    ("commit without content", of("commit", "one", NAMES[0])),
    ("content", of("send", "one", NAMES[0], Bytes(b"first"))),
    ("content again", of("send", "one", NAMES[0], Bytes(b"12345678"))),
    ("a file before its commit", of("file", "one", NAMES[0])),
    ("publish with a pending file", of("publish", "one")),
    ("commit", of("commit", "one", NAMES[0])),
    ("commit again", of("commit", "one", NAMES[0])),
    ("a file after its commit", of("file", "one", NAMES[0])),
    ("content of a strange name", of("send", "one", NAMES[1], Bytes(b"strange"))),
    ("commit of a strange name", of("commit", "one", NAMES[1])),
    ("content of dots", of("send", "one", NAMES[2], Bytes(b"dots"))),
    ("remove dots", of("remove", "one", NAMES[2])),
    ("content after the commit", of("send", "one", NAMES[0], Bytes(b"12345678"))),
    ("a file that content after the commit deleted", of("file", "one", NAMES[0])),
    ("content of a name that was not announced", of("send", "one", "other.bin", Bytes(b"x"))),
    ("commit of a name that was not announced", of("commit", "one", "other.bin")),
    ("remove", of("remove", "one", NAMES[3])),
    ("remove again", of("remove", "one", NAMES[3])),
    ("announce what was deleted", of("announce", "one", [NAMES[0]])),
    ("content once more", of("send", "one", NAMES[0], Bytes(b"12345678"))),
    ("commit once more", of("commit", "one", NAMES[0])),
    ("files", of("files", "one")),
    ("versions of a draft", of("new_version", "one")),
    ("publish without a title", lambda s: (s.sent("untitled", "a.bin"), s.client.publish(s.names["untitled"]))[1]),
    ("publish", of("publish", "one")),
    ("publish again", of("publish", "one")),
    ("record", of("record", "one")),
    ("draft of a record", of("draft", "one")),
    ("files of a record", of("files", "one", published=True)),
    ("files of the draft of a record", of("files", "one")),
    ("announce in a record", of("announce", "one", ["late.bin"])),
    ("content in a record", of("send", "one", NAMES[0], Bytes(b"12345678"))),
    ("reserve for a record", of("reserve_doi", "one")),
    ("discard a record", of("discard", "one")),
    ("versions", lambda s: s.made("two", s.client.new_version(s.names["one"]))),
    ("versions again", lambda s: s.made("two again", s.client.new_version(s.names["one"]))),
    ("files of a new version", of("files", "two")),
    ("update of a new version", of("update", "two", changed(version="2"))),
    ("publish of a new version without files", of("publish", "two")),
    ("publish of a new version", lambda s: (s.sent("two", "a.bin"), s.client.publish(s.names["two"]))[1]),
    ("record of a new version", of("record", "two")),
    ("edit", of("edit", "two")),
    ("draft of an edit", of("draft", "two")),
    ("discard an edit", of("discard", "two")),
    ("record after an edit", of("record", "two")),
    ("mine", mine()),
    ("mine with the mark", mine(f'"{WORD}"')),
    ("mine with another mark", mine('"fairkit:release:fedcba9876543210"')),
    ("discard", of("discard", "short")),
    ("discard again", of("discard", "short")),
    ("draft after discarding", of("draft", "short")),
    ("community that is not there", lambda s: s.client.community("nosuch")),
    ("review by a community that is not there", of("ask_review", "empty", "nosuch")),
    ("submit no review", of("submit_review", "empty")),
    ("community", lambda s: s.client.community(s.names["toys"])),
    ("review", lambda s: s.client.ask_review(s.names["untitled"], s.names["toys"])),
    ("review once more", lambda s: s.client.ask_review(s.names["untitled"], s.names["toys"])),
    ("submit a review of what is not complete", of("submit_review", "untitled")),
    ("update of what is to be reviewed", of("update", "untitled", BODY)),
    ("publish what is to be reviewed", of("publish", "untitled")),
    ("submit a review", of("submit_review", "untitled")),
    ("submit a review again", of("submit_review", "untitled")),
    ("review of what is under review", lambda s: s.client.ask_review(s.names["untitled"], s.names["toys"])),
    ("draft under review", of("draft", "untitled")),
    ("update under review", of("update", "untitled", BODY)),
    ("discard under review", of("discard", "untitled")),
    ("publish under review", of("publish", "untitled")),
    ("mine after all", mine()),
]  # fmt: skip
"""In their order, for each stands on those before it."""


def told(story: Story, call: Call) -> Any:
    """The parts of an answer that fairkit reads, without what each repository names in its own way."""
    try:
        answer = call(story)
    except (OutcomeUnknown, AuthenticationError) as fault:
        return type(fault).__name__
    if not isinstance(answer, Answer):
        return answer
    fields = sorted({field for field, _ in answer.errors})
    data = answer.data
    if not answer.ok:
        return answer.status, fields, is_duplicate(answer)
    if isinstance(data, dict) and "entries" in data:
        return answer.status, fields, sorted(map(_unnumbered, story.client.as_files(data).values()))
    if isinstance(data, dict) and "key" in data:
        files = story.client.as_files({"entries": [data]})
        return answer.status, fields, {key: _unnumbered(file) for key, file in files.items()}
    if isinstance(data, dict) and "is_draft" in data:
        return answer.status, fields, _of_draft(story, data)
    return answer.status, fields, data is None


def _unnumbered(file: RemoteFile) -> RemoteFile:
    """A file without what each repository numbers in its own way."""
    return file._replace(serial=None)


def _of_draft(story: Story, data: dict[str, Any]) -> tuple[Any, ...]:
    draft = story.client.as_draft(data)
    named = next((name for name, known in story.names.items() if known == draft.id), None)
    version = data["metadata"].get("version")
    return (
        named,
        draft.published,
        draft.doi is None,
        draft.concept is None,
        draft.revision is None,
        version,
        draft.review,
    )


@pytest.fixture(scope="module")
def both(invenio: Instance) -> dict[str, tuple[Any, Any]]:
    """What the real software answers to each call, and what the one in memory does."""
    token = invenio.tokens["owner"]
    with Session(credentials={invenio.url: f"Bearer {token}"}, trusted=[invenio.url]) as session:
        real = Story(Invenio(invenio.url, session, pause=lambda _: None))
        real.names["toys"] = invenio.community("toys")
        answered = {name: told(real, call) for name, call in CALLS}
    session = Session(transport=Deposits(), credentials={BASE: f"Bearer {TOKEN}"}, trusted=[BASE])
    played = Story(Invenio(BASE, session, pause=lambda _: None))
    played.names["toys"] = "toys"
    return {name: (answered[name], told(played, call)) for name, call in CALLS}


@pytest.mark.invenio
@pytest.mark.parametrize("name", [name for name, _ in CALLS])
def test_the_repository_in_memory_answers_as_the_real_one(both: dict[str, tuple[Any, Any]], name: str) -> None:
    real, played = both[name]
    assert played == real


def _broken_off(base: str, token: str) -> Any:
    """What is told of a file whose bytes broke off in the middle, and whether it is still there."""
    with Session(credentials={base: f"Bearer {token}"}, trusted=[base]) as session:
        client = Invenio(base, session, pause=lambda _: None)
        name = client.as_draft(client.create(BODY).data).id
        client.announce(name, ["a.bin"])
        parts = urlsplit(base)
        connection = HTTPConnection(str(parts.hostname), parts.port, timeout=60)
        with closing(connection):
            connection.putrequest("PUT", f"/api/records/{name}/draft/files/a.bin/content")
            headers = {"authorization": f"Bearer {token}", "content-type": "application/octet-stream"}
            for header, value in {**headers, "content-length": "1000"}.items():
                connection.putheader(header, value)
            connection.endheaders(b"4" * 400)
            connection.sock.shutdown(socket.SHUT_WR)
            answer = connection.getresponse()
            told = json.loads(answer.read())
        return answer.status, told.get("errors"), client.file(name, "a.bin").status


@pytest.mark.invenio
def test_a_file_that_broke_off_is_deleted(invenio: Instance) -> None:
    real = _broken_off(invenio.url, invenio.tokens["owner"])
    with Served() as served:
        assert _broken_off(served.url, TOKEN) == real == (200, "File upload transfer failed.", 404)


class Limited:
    """A transport whose server has had enough requests, once; it keeps no count of its own."""

    def __init__(self, asked: str) -> None:
        self._asked: str | None = asked

    def send(self, request: Request, limits: Limits) -> Response:
        asked, self._asked = self._asked, None
        status, headers = (201, {}) if asked is None else (429, {"retry-after": asked})
        return Response(status, request.url, headers, b'{"id": "a"}', "2026-11-21T00:00:00+00:00")


def _created(asked: str) -> list[float]:
    """How long a client waits that is asked to."""
    naps: list[float] = []
    with Session(transport=Limited(asked), trusted=[BASE]) as session:
        assert Invenio(BASE, session, pause=naps.append).create(BODY).ok
    return naps


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        ("7", 7, 7),
        (format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True), 0, 60),
        ("soon", 1, 1),
        ("", 1, 1),
    ],
)
def test_a_rate_limit_is_kept_to(asked: str, least: float, most: float) -> None:
    [nap] = _created(asked)
    assert least <= nap <= most


def test_nobody_waits_for_an_hour() -> None:
    with pytest.raises(Unfinished, match="3600 s"):
        _created("3600")
