"""A Hugging Face Hub on loopback: what its API tells of models and datasets, their cards and their pages.

Unknown repositories are 401, as they are at the Hub to whoever has no account: it does not tell them from private ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.servers.loopback import Answer, LoopbackServer, Request

__all__ = ["Hub"]

_API = re.compile(r"/api/(models|datasets)/(.+)")
_CARD = re.compile(r"/(?:(datasets)/)?(.+)/raw/main/README\.md")
_PAGE = re.compile(r"/(?:(datasets)/)?(.+)")


class Hub(LoopbackServer):
    """Serves `models` and `datasets` by their names; `cards` by their paths; `renamed` names lead to new ones."""

    def __init__(self, models: Mapping[str, Any], datasets: Mapping[str, Any], cards: Mapping[str, str]) -> None:
        super().__init__()
        self.found = {"models": dict(models), "datasets": dict(datasets)}
        self.cards = dict(cards)
        self.renamed: dict[str, str] = {}

    def answer(self, request: Request) -> Answer:
        parts = urlsplit(request.target)
        path = unquote(parts.path)
        if asked := _API.fullmatch(path):
            return self.api(asked[1], asked[2], with_sizes="blobs=true" in parts.query)
        if asked := _CARD.fullmatch(path):
            card = self.cards.get(path.removesuffix("/raw/main/README.md").removeprefix("/"))
            return _text(404, "Entry not found") if card is None else _text(200, card)
        asked = _PAGE.fullmatch(path)
        known = asked is not None and asked[2] in self.found[asked[1] or "models"]
        return Answer(200 if known else 404, b"<!DOCTYPE html><title>Hub</title>", {"content-type": "text/html"})

    def api(self, of: str, name: str, *, with_sizes: bool) -> Answer:
        if name in self.renamed:
            return Answer(307, b"", {"location": f"/api/{of}/{self.renamed[name]}?blobs=true"})
        told = self.found[of].get(name)
        if told is None:
            return _json(401, {"error": "Invalid username or password."})
        if not with_sizes:
            told = {**told, "siblings": [{"rfilename": row["rfilename"]} for row in told["siblings"]]}
        return _json(200, told)


def _json(status: int, body: Any) -> Answer:
    return Answer(status, json.dumps(body).encode(), {"content-type": "application/json; charset=utf-8"})


def _text(status: int, body: str) -> Answer:
    return Answer(status, body.encode(), {"content-type": "text/plain; charset=utf-8"})
