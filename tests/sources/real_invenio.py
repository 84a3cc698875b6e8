"""What the owner of a real InvenioRDM can do there: drafts, records, tombstones."""

from __future__ import annotations

import json
from typing import Any

from fairkit.http import Request, Session
from tests.servers.invenio.real import Instance

__all__ = ["RealRepository"]


class RealRepository:
    """A running instance: its address, the resolver of its DOIs, and what its owner can do there."""

    def __init__(self, instance: Instance) -> None:
        self.url, self.resolver = instance.url, instance.resolver
        self._sessions = {
            who: Session(trusted=[self.url], credentials={self.url: f"Bearer {token}"})
            for who, token in instance.tokens.items()
        }

    def ask(self, method: str, path: str, body: Any = None, *, who: str = "owner") -> Any:
        """The JSON that a request gives; bytes are the content of a file."""
        written = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        headers = {} if body is None else {"content-type": kind}
        answer = self._sessions[who].send(Request(method, f"{self.url}/api{path}", headers, written))
        assert answer.status < 300, answer.body
        return json.loads(answer.body) if answer.body else None

    def draft(self, metadata: Any, **more: Any) -> str:
        """The name of a new draft with one file."""
        name = str(self.ask("POST", "/records", {"metadata": metadata, "files": {"enabled": True}, **more})["id"])
        files = f"/records/{name}/draft/files"
        self.ask("POST", files, [{"key": "jets.csv"}])
        self.ask("PUT", f"{files}/jets.csv/content", b"pt\n1\n")
        self.ask("POST", f"{files}/jets.csv/commit")
        return name

    def publish(self, name: str) -> str:
        """Publish a draft; its name is that of the record."""
        self.ask("POST", f"/records/{name}/draft/actions/publish")
        return name

    def delete(self, name: str, note: str) -> None:
        """Leave only a tombstone of a record."""
        told = {"note": note, "is_visible": True, "removal_reason": {"id": "test-record"}}
        self.ask("DELETE", f"/records/{name}/delete", told, who="admin")
