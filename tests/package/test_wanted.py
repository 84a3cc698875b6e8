"""Which files of a record are fetched, from where, and under which names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fairkit import settings
from fairkit.errors import NotFound, UnreadableDocument, UsageError
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.distribution import Distribution
from fairkit.model.resource import Resource
from fairkit.model.variable import Split
from fairkit.package._wanted import address, chosen
from fairkit.sources import Target, Wants
from tests.servers.cern_open_data import Portal

EOS = "root://eospublic.cern.ch//eos/opendata/cms"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (f"{EOS}/x.root", "https://opendata.cern.ch/eos/opendata/cms/x.root"),
        (
            "root://eospublic.cern.ch:1094//eos/opendata/lhcb/x.root",
            "https://opendata.cern.ch/eos/opendata/lhcb/x.root",
        ),
        ("https://zenodo.org/api/records/1/files/x/content", "https://zenodo.org/api/records/1/files/x/content"),
        ("root://eospublic.cern.ch//eos/user/x.root", None),
        ("root://elsewhere.example//eos/opendata/x.root", None),
        ("root://eospublic.cern.ch.example//eos/opendata/x.root", None),
        ("file:///etc/passwd", None),
        ("s3://bucket/x", None),
        ("x.root", None),
    ],
)
def test_addresses_are_those_of_the_web(url: str, found: str | None) -> None:
    assert address(url) == found


def test_another_portal_serves_its_own_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRKIT_CERN_OPEN_DATA_URL", "http://127.0.0.1:8000/api")
    assert address(f"{EOS}/x.root") == "http://127.0.0.1:8000/eos/opendata/cms/x.root"


def resource(*urls: str, splits: tuple[Split, ...] = ()) -> Resource:
    """A record whose files are called like the ends of their addresses."""
    files = tuple(Distribution(name=url.rpartition("/")[2], content_url=url) for url in urls)
    return Resource(distributions=files, splits=splits)


@pytest.mark.parametrize(
    ("urls", "names"),
    [
        ([f"{EOS}/a/x", f"{EOS}/b/y"], ["x", "y"]),
        ([f"{EOS}/a/x", f"{EOS}/b/x"], ["a/x", "b/x"]),
        ([f"{EOS}/a/x", f"{EOS}/a/b/x", f"{EOS}/a/y"], ["x", "b/x", "y"]),
        (["https://one.example/a/x", "https://two.example/b/x"], ["a/x", "b/x"]),
        (["https://one.example/a%2Fb/x", "https://one.example/c/x"], ["a/b/x", "c/x"]),
    ],
)
def test_names_tell_files_apart(urls: list[str], names: list[str]) -> None:
    assert [file.name for file in chosen(resource(*urls))] == names


@pytest.mark.parametrize(
    "urls",
    [
        [f"{EOS}/a/x", f"{EOS}/a/x"],
        [f"{EOS}/a/X", f"{EOS}/b/x"],
        ["https://one.example/a/x", "https://two.example/a/x"],
        ["https://one.example/%2e%2e/x", "https://one.example/b/x"],
        ["https://one.example/..%2f..%2fx"],
    ],
)
def test_files_that_would_take_anothers_place_are_refused(urls: list[str]) -> None:
    with pytest.raises((UnreadableDocument, UsageError)):
        chosen(resource(*urls) if len(urls) > 1 else resource("https://one.example/x", *urls, "https://two.example/x"))


def test_a_split_names_its_files() -> None:
    told = resource(f"{EOS}/one.h5", f"{EOS}/two.h5", splits=(Split(name="test", files=("two*",)),))
    assert [file.name for file in chosen(told, split="test")] == ["two.h5"]
    with pytest.raises(NotFound, match="'train'"):
        chosen(told, split="train")


def test_every_file_of_12102_has_an_address_and_a_name(real: Portal, visit: Callable[[Portal], None]) -> None:
    visit(real)
    from fairkit.dialects import harvest

    session = Session(trusted=settings.trusted())
    [report] = Gatherer(session).gather(
        Target("12102", "record"), Wants(frozenset(), frozenset({"distributions", "splits"}))
    )
    session.close()
    told = harvest(report.evidence).resource
    every = chosen(told)
    assert len({file.name for file in every}) == len(every) == len(told.distributions) == 182
    assert all(file.url.startswith(f"{real.url}/eos/opendata/cms/") for file in every)
    assert all(file.checksums and file.byte_size for file in every)
