"""The gatherer: no URL twice, the world's faults recorded, replay equal to the live run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.base import adapter
from fairkit.model.evidence import Evidence
from fairkit.settings import trusted
from fairkit.sources import Gathered, Glance, Plan, Target, Wants
from tests.http.web import Told
from tests.servers.cern_open_data import Portal

ALL = Wants(frozenset({"landing_page", "identifier", "registry"}), frozenset({"distributions"}))


def test_no_url_is_asked_for_twice(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    told: list[str] = []
    gatherer = Gatherer(Session(trusted=trusted()), tell=told.append)
    [first] = gatherer.gather(Target("700"), ALL)
    [second] = gatherer.gather(Target("recid:700"), ALL)
    assert len(told) == len(portal.log) == 4
    assert first.evidence.digest == second.evidence.digest


def test_a_session_is_opened_at_the_first_fetch_and_once(
    portal: Portal, visit: Callable[[Portal], None], tmp_path: Path
) -> None:
    visit(portal)
    opened: list[Session] = []

    def open_session() -> Session:
        opened.append(Session(trusted=trusted()))
        return opened[-1]

    gatherer = Gatherer(open_session)
    assert opened == []
    file = tmp_path / "record.json"
    file.write_text('{"recid": "7", "type": {"primary": "Dataset"}, "experiment": ["CMS"]}')
    [saved] = gatherer.gather(Target(str(file)), ALL._replace(online=False))
    assert saved.evidence.documents
    assert opened == []
    [first] = gatherer.gather(Target("700"), ALL)
    gatherer.gather(Target("701"), ALL)
    assert len(opened) == 1
    with_a_session = Gatherer(Session(trusted=trusted())).gather(Target("700"), ALL)
    assert [first.evidence.digest] == [report.evidence.digest for report in with_a_session]


def test_the_digest_does_not_know_the_time(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    seconds = iter(range(10**6, 10**6 + 100))
    clocks = [lambda: 1.0e9, lambda: float(next(seconds))]
    digests = set()
    for clock in clocks:
        [report] = Gatherer(Session(trusted=trusted(), clock=clock)).gather(Target("700"), ALL)
        digests.add(report.evidence.digest)
    assert len(digests) == 1


def test_without_trust_a_loopback_portal_is_refused_and_recorded(
    portal: Portal, visit: Callable[[Portal], None]
) -> None:
    visit(portal)
    [report] = Gatherer(Session(sleep=lambda _: None)).gather(Target("700"), ALL)
    assert report.evidence.documents == ()
    assert portal.log == []
    assert all(o.error for o in report.evidence.observations)


def test_a_token_in_a_redirect_stays_out_of_the_evidence(portal: Portal, visit: Callable[[Portal], None]) -> None:
    visit(portal)
    moved = {"Location": f"{portal.url}/record/700?access_token=s3cr3t"}
    portal.fail("/record/700", status=302, headers=moved)
    [report] = Gatherer(Session(trusted=trusted())).gather(Target("700"), ALL)
    assert "s3cr3t" in str(portal.log)
    assert "s3cr3t" not in adapter(Evidence).dump_json(report.evidence).decode()


def test_a_glance_tells_size_and_type_without_the_body_and_only_once() -> None:
    url = "https://example.org/jets.h5"
    web = Told({url: (200, {"content-length": "12", "content-type": "application/x-hdf5; version=1"})})

    def plan() -> Plan:
        first = yield Glance(url)
        second = yield Glance(url)
        assert first is second
        return [Gathered(f"{first.status} {first.media_type} {first.size}", "live", ())]

    [report] = Gatherer(Session(transport=web)).follow("web", plan())
    assert report.evidence.target == "200 application/x-hdf5 12"
    assert [request.method for request in web.received] == ["HEAD"]


@pytest.mark.parametrize("stated", ["", "-1", "1" * 30, "²", "many"])
def test_a_length_that_is_none_is_not_believed(stated: str) -> None:
    web = Told({"https://example.org/x": (200, {"content-length": stated})})

    def plan() -> Plan:
        answer = yield Glance("https://example.org/x")
        return [Gathered(str(answer.size), "live", ())]

    [report] = Gatherer(Session(transport=web)).follow("web", plan())
    assert report.evidence.target == "None"
