"""Hugging Face: a model or a dataset by its name on the Hub, or by its URL.

At most four requests: what the Hub's API tells, the card, the page if it is wanted, and what the registry of its DOI
holds, if it has one. A bare name is a model's; if there is no such model, the dataset of that name.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from fairkit import settings
from fairkit.dialects import hf_card, hugging_face, parsed
from fairkit.errors import AuthenticationError, NotFound, UnknownTarget
from fairkit.model.evidence import Document, Observation

from . import _content, _exports, _landing, _online
from ._plan import Answer, Ask, Fetch, Gathered, Plan, Target, Wants

__all__ = ["EXAMPLES", "KEYWORDS", "TITLE", "matches", "plan"]

TITLE = "Models and datasets on the Hugging Face Hub"
KEYWORDS = ("hf",)
EXAMPLES = (
    "hf google-bert/bert-base-uncased",
    "hf datasets/rajpurkar/squad",
    "https://huggingface.co/datasets/rajpurkar/squad",
)

_PART = r"[A-Za-z0-9][\w.-]{0,95}"
_NAME = re.compile(rf"(?:(models|datasets)/)?({_PART}(?:/{_PART})?)/?", re.ASCII)
_PATH = re.compile(
    rf"/(?:api/)?(?:(models|datasets)/)?({_PART}(?:/{_PART})?)(?:/(?:tree|blob|resolve|raw)/.*)?/?", re.ASCII
)
_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})
# First parts of the Hub's own addresses, which are no owners of models.
_NO_OWNERS = frozenset({
    "api", "blog", "buckets", "chat", "collections", "datasets", "docs", "enterprise", "jobs", "join", "kernels",
    "languages", "learn", "login", "models", "new", "organizations", "papers", "posts", "pricing", "search",
    "settings", "spaces", "tasks",
})  # fmt: skip


class _Repository(NamedTuple):
    """A repository on the Hub: `models` or `datasets`, and its name; a word may leave open which."""

    of: str
    name: str
    certain: bool = True

    def api(self, base: str) -> str:
        return f"{base}/api/{self.of}/{quote(self.name)}"

    def page(self, base: str) -> str:
        return f"{base}/{quote(self.name)}" if self.of == "models" else f"{base}/datasets/{quote(self.name)}"


def matches(target: Target) -> bool:
    """Whether the target was said to be on the Hub, or is the URL of a model or a dataset there."""
    return target.keyword in KEYWORDS or (target.keyword in (None, "url") and _of_url(target.word) is not None)


def _of_url(word: str) -> _Repository | None:
    try:
        parts = urlsplit(word.strip())
    except ValueError:  # no URL, as "http://["
        return None
    ours = parts.netloc == urlsplit(settings.base_url("hugging-face")).netloc or parts.hostname in _HOSTS
    path = _PATH.fullmatch(parts.path)
    if parts.scheme not in ("http", "https") or not ours or path is None:
        return None
    of, name = path[1] or "models", path[2]
    owner, slash, _ = name.partition("/")
    if path[1] is None and (not slash or owner in _NO_OWNERS):  # a page of the Hub, or of a user
        return None
    return _Repository(of, name)


def _repository(target: Target) -> _Repository:
    found = _of_url(target.word)
    named = None if found else _NAME.fullmatch(target.word.strip().removeprefix("hf://"))
    if named:
        found = _Repository(named[1] or "models", named[2], certain=named[1] is not None)
    if found is None:
        what = f"{target.word!r} is no name of a model or a dataset on the Hugging Face Hub"
        remedy = f"It looks like:  {EXAMPLES[0]}  ·  {EXAMPLES[1]}"
        raise UnknownTarget(what, value=target.word, remedy=remedy)
    return found


def plan(target: Target, wants: Wants) -> Plan:
    """Gather what the Hub tells.

    Raises:
        UnknownTarget: if the word is no name on the Hub.
        NotFound: if the Hub shows no such repository; it does not tell private ones from those that do not exist.
        AuthenticationError: if it says that the repository is not for everybody.
    """
    base, asked = settings.base_url("hugging-face"), _repository(target)
    answer = yield Fetch(f"{asked.api(base)}?blobs=true", hugging_face.MEDIA_TYPE)
    if answer.status in (401, 404) and not asked.certain:
        other = asked._replace(of="datasets")
        second = yield Fetch(f"{other.api(base)}?blobs=true", hugging_face.MEDIA_TYPE)
        asked, answer = (other, second) if second.ok else (asked, answer)
    error = answer.error or _fault(asked, answer)
    if error is not None:
        tried = [Observation(name=name, error=error) for name in ("document:hugging-face", *sorted(wants.observations))]
        return [Gathered(str(target), "live", (), tuple(tried), (error,))]
    return [(yield from _gathered(target, wants, asked, answer))]


def _fault(asked: _Repository, answer: Answer) -> str | None:
    """Why an answer says nothing about the repository; raises if it says that there is none to be had."""
    where = f"{answer.status} from {answer.url}"
    kind = asked.of.removesuffix("s")
    if answer.status in (401, 404):
        either = "" if asked.certain else ", nor a dataset"
        what = f"the Hugging Face Hub shows no {kind} {asked.name}{either} ({where})"
        remedy = "It does not exist, or is private. A dataset is named as in:  hf datasets/OWNER/NAME"
        raise NotFound(what, value=asked.name, remedy=remedy)
    if answer.status == 403:
        what = f"the Hugging Face Hub does not show the {kind} {asked.name} to everybody ({where})"
        raise AuthenticationError(what, value=asked.name, remedy="fairkit reads what is public.")
    if not answer.ok:
        return f"{answer.url} answered with status {answer.status}"
    try:
        known = hugging_face.recognises(parsed(answer.body))
    except (ValueError, RecursionError):
        known = False
    return None if known else f"{answer.url} answered without a {kind}"


def _gathered(target: Target, wants: Wants, asked: _Repository, answer: Answer) -> Generator[Ask, Answer, Gathered]:
    """What the Hub tells about a repository that it has; redirected names have a new one in the answer."""
    base = settings.base_url("hugging-face")
    own = asked._replace(name=str(parsed(answer.body)["id"]))
    native = Document(representation="hugging-face", media_type=answer.media_type, url=answer.url, body=answer.body)
    documents, observations = [native], list[Observation]()
    address = f"{own.page(base)}/raw/main/README.md"
    card = yield Fetch(address, "text/plain, text/markdown;q=0.9")
    if card.ok and hf_card.claims(card.body):
        documents.append(Document(representation="hf-card", media_type=hf_card.MEDIA_TYPE, url=address, body=card.body))
    elif card.error is not None:
        observations.append(Observation(name="document:hf-card", source=address, error=card.error))
    page = Answer(error="not tried")
    if "landing_page" in wants.observations:
        page = yield Fetch(own.page(base), _landing.HTML)
        page = page._replace(url=page.url or own.page(base))
        observations.append(_landing.observation(page))
    doi = _online.doi([native])
    observations += yield from _online.registry(doi, documents)
    landing = _landing.read(page)
    documents += [*landing.jsonld, *landing.html]
    observations += yield from _exports.tried(documents, page, wants)
    observations += yield from _content.tried(documents, wants)
    return Gathered(str(target), "live", tuple(documents), tuple(observations), landing.notes)
