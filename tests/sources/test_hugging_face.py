"""The Hugging Face Hub as a source: names, URLs, cards, and repositories that it does not show."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from fairkit import sources
from fairkit.errors import AuthenticationError, NotFound, UnknownTarget
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.evidence import Evidence
from fairkit.settings import trusted
from fairkit.sources import Target, Wants, hugging_face
from tests.dialects.test_hf_card import DATASET, TEXT, card
from tests.dialects.test_hugging_face import OF_DATASET, OF_MODEL
from tests.servers.hugging_face import Hub

ALL = Wants(frozenset({"landing_page", "identifier", "registry"}), frozenset({"distributions", "title"}))
BARE = Wants(frozenset(), frozenset({"title"}))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A Hub with a model that has no card, and a dataset that has one."""
    cards = {"datasets/toy/jets": card(DATASET, TEXT)}
    without_doi = {**OF_DATASET, "tags": []}
    with Hub({"toy/tagger": OF_MODEL}, {"toy/jets": without_doi}, cards) as hub:
        monkeypatch.setenv("FAIRKIT_HUGGING_FACE_URL", hub.url)
        monkeypatch.setenv("FAIRKIT_DOI_URL", f"{hub.url}/doi")
        yield hub


def gather(target: Target, wants: Wants = ALL) -> Evidence:
    [report] = Gatherer(Session(trusted=trusted(), sleep=lambda _: None)).gather(target, wants)
    return report.evidence


def representations(evidence: Evidence) -> list[str]:
    return [document.representation for document in evidence.documents]


@pytest.mark.parametrize(
    "words",
    [
        "hf toy/tagger",
        "hf gpt2",
        "https://huggingface.co/toy/tagger",
        "https://huggingface.co/toy/tagger/tree/main?x=1",
        "url https://hf.co/datasets/squad",
        "https://huggingface.co/datasets/toy/jets/blob/main/data/train.parquet",
        "https://huggingface.co/api/datasets/toy/jets",
    ],
)
def test_a_repository_is_known_by_its_name_and_its_url(words: str) -> None:
    [target] = sources.targets(words.split())
    assert sources.find(target)[0] == "hugging-face"


@pytest.mark.parametrize(
    "word",
    [
        "https://huggingface.co/",
        "https://huggingface.co/toy",
        "https://huggingface.co/docs/hub",
        "https://huggingface.co/spaces/toy/show",
        "https://huggingface.co/toy/tagger/discussions/1",
        "https://example.org/toy/tagger",
        "toy/tagger",
        "http://[",
    ],
)
def test_other_pages_and_bare_names_are_left_to_others(word: str) -> None:
    assert not hugging_face.matches(Target(word))


@pytest.mark.parametrize("word", ["a b", "a/b/c", "spaces/a/b", "../x", "-x", "https://example.org/a/b"])
def test_a_word_that_is_no_name_is_refused_with_what_it_should_look_like(word: str) -> None:
    with pytest.raises(UnknownTarget, match="is no name of a model or a dataset") as caught:
        gather(Target(word, "hf"))
    assert "hf datasets/" in caught.value.remedy


def test_a_dataset_is_read_from_the_hub_and_from_its_card(hub: Hub) -> None:
    evidence = gather(Target("datasets/toy/jets", "hf"))
    assert representations(evidence)[:2] == ["hugging-face", "hf-card"]
    found = {one.name: one.value for one in evidence.observations}
    assert str(found["landing_page"]).startswith("200 text/html")
    assert (found["identifier"], found["registry"]) == ("none", "none")
    assert len(hub.log) == 3
    [file] = json.loads(evidence.documents[0].body)["siblings"]
    assert file == OF_DATASET["siblings"][0]


def test_a_model_without_a_card_is_read_from_the_hub_alone(hub: Hub) -> None:
    evidence = gather(Target("https://huggingface.co/toy/tagger"))
    assert "hf-card" not in representations(evidence)
    assert len(hub.log) == 4  # it has a DOI, for which its registry is asked
    assert hub.log[-1][1] == "/doi/10.57967/hf/1234"


def test_a_readme_without_front_matter_is_no_card(hub: Hub) -> None:
    hub.cards["toy/tagger"] = "# Only words\n"
    assert "hf-card" not in representations(gather(Target("toy/tagger", "hf")))


def test_a_page_that_nobody_asks_about_is_not_fetched(hub: Hub) -> None:
    evidence = gather(Target("datasets/toy/jets", "hf"), BARE)
    assert representations(evidence) == ["hugging-face", "hf-card"]
    assert len(hub.log) == 2


def test_a_bare_name_is_a_dataset_where_there_is_no_such_model(hub: Hub) -> None:
    evidence = gather(Target("toy/jets", "hf"), BARE)
    assert "/api/datasets/toy/jets" in evidence.documents[0].url
    assert representations(evidence) == ["hugging-face", "hf-card"]


def test_a_name_that_was_changed_leads_to_the_new_one(hub: Hub) -> None:
    hub.renamed["tagger"] = "toy/tagger"
    hub.cards["toy/tagger"] = card({"license": "mit"})
    assert representations(gather(Target("tagger", "hf"), BARE)) == ["hugging-face", "hf-card"]


def test_the_hub_does_not_tell_private_repositories_from_those_that_do_not_exist(hub: Hub) -> None:
    with pytest.raises(NotFound, match=r"shows no model toy/none, nor a dataset \(401 from ") as caught:
        gather(Target("toy/none", "hf"))
    assert "private" in caught.value.remedy
    with pytest.raises(NotFound, match="shows no dataset toy/none"):
        gather(Target("datasets/toy/none", "hf"))


def test_a_repository_that_is_not_for_everybody_wants_a_login(hub: Hub) -> None:
    hub.fail("/api/models/", status=403, times=9)
    with pytest.raises(AuthenticationError, match="to everybody"):
        gather(Target("toy/tagger", "hf"))


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (503, b"", "503"),
        (500, b"", "status 500"),
        (200, b"{}", "without a model"),
        (200, b"<html>", "without a model"),
    ],
)
def test_an_answer_that_is_not_the_repository_says_nothing_about_it(
    hub: Hub, status: int, body: bytes, why: str
) -> None:
    hub.fail("/api/models/", status=status, times=99, body=body, headers={"Retry-After": "0"})
    evidence = gather(Target("models/toy/tagger", "hf"))
    lost = evidence.observation("document:hugging-face")
    assert evidence.documents == ()
    assert lost is not None
    assert why in str(lost.error)


def test_a_card_out_of_reach_is_recorded(hub: Hub) -> None:
    hub.fail("/datasets/toy/jets/raw/", status=503, times=99, headers={"Retry-After": "0"})
    evidence = gather(Target("datasets/toy/jets", "hf"))
    assert "hf-card" not in representations(evidence)
    lost = evidence.observation("document:hf-card")
    assert lost is not None
    assert lost.error


def test_what_is_read_is_what_the_hub_and_the_card_tell(hub: Hub) -> None:
    from fairkit.dialects import harvest

    resource = harvest(gather(Target("datasets/toy/jets", "hf"))).resource
    assert (resource.kind, resource.license, resource.access) == ("dataset", "CC-BY-4.0", "open")
    assert resource.usage == "classify jets draw them"
