"""The loopback portal speaks as the portal does: records, search, pages, DOIs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.servers.cern_open_data import DATACITE_JSON, JSON_LD, Portal
from tests.servers.toys import CLUSTERS, LECTURE, RECORDS, TAPE, ask


def search(portal: Portal, **parameters: str) -> tuple[list[str], int]:
    """The recids on the page asked for, and how many records there are."""
    hits = ask(portal, f"/api/records/?{urlencode(parameters)}").json["hits"]
    return [hit["id"] for hit in hits["hits"]], hits["total"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("700", "700"),
        ("atlas-700", "700"),
        ("cms-701", "701"),
        ("cms-700", None),
        ("atlas-160006", "atlas-160006"),
        ("160006", None),
        ("702", None),
        ("atlas-", None),
    ],
)
def test_a_record_has_its_number_and_its_alias(portal: Portal, asked: str, found: str | None) -> None:
    answer = ask(portal, f"/api/records/{asked}")
    if found is None:
        assert (answer.status, answer.json) == (404, {"status": 404, "message": "PID does not exist."})
    else:
        assert (answer.status, answer.json["id"]) == (200, found)


def test_a_withdrawn_record_leaves_no_tombstone(portal: Portal) -> None:
    portal.withdraw("700")
    assert ask(portal, "/api/records/700").json == ask(portal, "/api/records/never-there").json


@pytest.mark.parametrize("sent", ["{tag}", "W/{tag}", '"other", {tag}', "*"])
def test_a_known_answer_is_not_sent_again(portal: Portal, sent: str) -> None:
    tag = ask(portal, "/api/records/700").headers["etag"]
    answer = ask(portal, "/api/records/700", If_None_Match=sent.format(tag=tag))
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)


def test_another_tag_brings_the_answer(portal: Portal) -> None:
    assert ask(portal, "/api/records/700", If_None_Match='"other"').status == 200


@pytest.mark.parametrize(
    "target",
    ["/api/records/700", "/api/records/9", "/record/700", "/api/records/?q=", "/doi/10.7483/none", "/nowhere"],
)
def test_every_answer_speaks_of_the_rate(portal: Portal, target: str) -> None:
    headers = ask(portal, target).headers
    assert headers["retry-after"] == "60"
    assert {"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"} <= set(headers)


@pytest.mark.parametrize(
    "target", ["/api/records/700", "/api/records/?q=toy", "/record/700", "/record/700/export/jsonld"]
)
def test_the_same_question_has_the_same_answer(target: str) -> None:
    replies = []
    for _ in range(2):
        with Portal(RECORDS) as portal:
            replies += [ask(portal, target), ask(portal, target)]
    assert all(reply == replies[0] for reply in replies)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(portal: Portal, method: str) -> None:
    assert ask(portal, "/api/records/700", method=method).status == 403


def test_a_head_has_no_body(portal: Portal) -> None:
    answer = ask(portal, "/api/records/700", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["content-length"]) == len(ask(portal, "/api/records/700").body)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/ld+json", JSON_LD),
        ("application/ld+json, application/json;q=0.5", JSON_LD),
        ("application/json, application/ld+json;q=0.5", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
def test_the_form_is_negotiated(portal: Portal, accept: str, media_type: str) -> None:
    assert ask(portal, "/api/records/700", Accept=accept).headers["content-type"] == media_type


@pytest.mark.parametrize("doi", ["10.7483/OPENDATA.ATLAS.TOYS.0001", "10.7483/opendata.atlas.toys.0001"])
def test_a_doi_leads_to_the_page_or_to_metadata(portal: Portal, doi: str) -> None:
    answer = ask(portal, f"/doi/{doi}", Accept="text/html")
    assert (answer.status, answer.headers["location"]) == (302, f"{portal.url}/record/700")
    answer = ask(portal, f"/doi/{quote(doi, safe='')}", Accept=f"{DATACITE_JSON}, */*;q=0.1")
    assert (answer.status, answer.headers["content-type"]) == (200, DATACITE_JSON)


@pytest.mark.parametrize("doi", ["10.7483/OPENDATA.NONE", ""])
def test_an_unknown_doi_is_not_found(portal: Portal, doi: str) -> None:
    assert ask(portal, f"/doi/{doi}", Accept=DATACITE_JSON).status == 404


@pytest.mark.parametrize(("recid", "licence"), [("700", "GPL-3.0-only"), ("701", "CC0-1.0")])
def test_a_page_shows_cc0_where_there_is_no_licence(portal: Portal, recid: str, licence: str) -> None:
    assert f"Licence: {licence}" in ask(portal, f"/record/{recid}").text


def test_a_page_carries_the_json_ld(portal: Portal) -> None:
    page = ask(portal, "/record/700")
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1>Toy clusters for tagging</h1>" in page.text
    assert "10.7483/OPENDATA.ATLAS.TOYS.0001" in page.text
    embedded = re.search("<script type='application/ld\\+json'>(.*?)</script>", page.text, re.DOTALL)
    assert embedded is not None
    assert json.loads(embedded[1]) == ask(portal, "/api/records/700", Accept=JSON_LD).json


@pytest.mark.parametrize(
    ("target", "same_as"),
    [
        ("/record/700/export/json", "/api/records/700"),
        ("/record/700/export/jsonld", "/record/atlas-700/export/jsonld"),
    ],
)
def test_a_record_is_exported(portal: Portal, target: str, same_as: str) -> None:
    assert ask(portal, target).json == ask(portal, same_as).json


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/record/9",
        "/record/700/export/datacite",
        "/record/700/export/schemaorg",
        "/record/9/export/json",
        "/record/700/file_index/None_file_index.json",
        "/record/9/file_index/Toys_h5_file_index.json",
        "/api/docs/x",
    ],
)
def test_other_pages_do_not_exist(portal: Portal, target: str) -> None:
    assert ask(portal, target).status == 404


def test_an_index_is_a_list_of_files_or_of_their_uris(portal: Portal) -> None:
    listing = ask(portal, "/record/atlas-700/file_index/Toys_h5_file_index.json").json
    assert [set(member) for member in listing] == [{"uri", "size", "checksum", "filename"}] * 2
    lines = ask(portal, "/record/700/file_index/Toys_h5_file_index.txt").text.splitlines()
    assert lines == [member["uri"] for member in listing]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["700", "701"]),
        ("TAGGING", ["700", "701"]),
        ("tagging toy", ["700"]),
        ('"toy clusters"', ["700"]),
        ("nothing", []),
        ("recid:700", ["700"]),
        ('recid:"atlas-700"', ["700"]),
        ("recid:9", []),
        ("recid:atlas-160006", []),
        ('doi:"10.7483/OPENDATA.ATLAS.TOYS.0001"', ["700"]),
        ('doi:"10.7483/opendata.atlas.toys.0001"', []),
    ],
)
def test_a_search_finds(portal: Portal, query: str, found: list[str]) -> None:
    assert search(portal, q=query) == (found, len(found))


def test_records_on_tape_are_found_only_when_asked_for(portal: Portal) -> None:
    assert search(portal, q="tape") == ([], 0)
    assert search(portal, q="tape", ondemand="true") == (["atlas-160006"], 1)


def test_a_search_has_pages_and_ignores_what_it_does_not_know(portal: Portal) -> None:
    assert search(portal, page="1", size="1", colour="red") == (["700"], 2)
    assert search(portal, page="2", size="1") == (["701"], 2)
    assert search(portal, page="3", size="1") == ([], 2)


def test_files_can_be_left_out(portal: Portal) -> None:
    slim = ask(portal, "/api/records?q=recid:700&skip_files=1").json["hits"]["hits"][0]
    full = ask(portal, "/api/records/?q=recid:700").json["hits"]["hits"][0]
    assert full == ask(portal, "/api/records/700").json
    assert set(full["metadata"]) - set(slim["metadata"]) == {"files", "_files", "_file_indices"}


@pytest.mark.parametrize(
    ("page", "size", "status"), [(100, 100, 200), (101, 100, 400), (1, 10_001, 400), (0, 10, 400), ("x", 10, 400)]
)
def test_a_search_ends_at_ten_thousand(portal: Portal, page: int | str, size: int, status: int) -> None:
    assert ask(portal, f"/api/records/?page={page}&size={size}").status == status


def test_records_come_from_folders(tmp_path: Path) -> None:
    (tmp_path / "INDEX.json").write_text(json.dumps([{"recid": "9", "why": "a list of what lies here"}]))
    (tmp_path / "one.json").write_text(json.dumps(CLUSTERS))
    (tmp_path / "two.json").write_text(json.dumps([LECTURE, TAPE]))
    with Portal.from_folders(tmp_path) as portal:
        assert list(portal.records) == ["700", "701", "atlas-160006"]


def test_the_portal_runs_by_hand(tmp_path: Path) -> None:
    (tmp_path / "700.json").write_text(json.dumps(CLUSTERS))
    command = [sys.executable, "-m", "tests.servers.cern_open_data", "--records", str(tmp_path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            with urllib.request.urlopen(f"{url}/api/records/700", timeout=10) as response:
                assert json.load(response)["id"] == "700"
            with pytest.raises(urllib.error.HTTPError, match="404") as caught:
                urllib.request.urlopen(f"{url}/api/records/701", timeout=10)
            caught.value.close()
        finally:
            process.terminate()
