"""Three invented records, in the form in which CERN Open Data keeps them, and how to ask a server for them."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.servers.loopback import LoopbackServer

__all__ = ["CLUSTERS", "FOLDER", "LECTURE", "RECORDS", "TAPE", "Reply", "ask"]

FOLDER = "root://eospublic.cern.ch//eos/opendata/atlas/toys"
INDEXES = f"{FOLDER}/file-indexes"
CLUSTERS: dict[str, Any] = {
    "abstract": {"description": "<p>Toy clusters &amp; tracks</p>"},
    "accelerator": "CERN-LHC",
    "authors": [{"name": "Noether, Emmy", "orcid": "0000-0002-1825-0097"}, {"name": "Curie, Marie"}],
    "date_created": ["2021", "2023", "2022"],
    "date_published": "2024",
    "distribution": {"formats": ["root", "h5"], "number_files": 7, "size": 7_000_001},
    "doi": "10.7483/OPENDATA.ATLAS.TOYS.0001",
    "experiment": ["ATLAS"],
    "files": [
        {"uri": f"{INDEXES}/Toys_h5_file_index.json", "size": 500, "checksum": "adler32:1", "type": "index.json"},
        {"uri": f"{INDEXES}/Toys_h5_file_index.txt", "size": 200, "checksum": "adler32:2", "type": "index.txt"},
        {"uri": f"{INDEXES}/More_h5_file_index.json", "size": 1250, "checksum": "adler32:3", "type": "index.json"},
        {"uri": f"{FOLDER}/README.txt", "size": 12, "checksum": "adler32:0000000a"},
    ],
    "license": {"attribution": "GPL-3.0-only"},
    "methodology": {"description": "<p>Drawn &amp; smeared</p>\n   <p>twice</p>"},
    "publisher": "CERN Open Data Portal",
    "recid": "700",
    "title": "Toy clusters for tagging",
    "type": {"primary": "Dataset", "secondary": ["Simulated"]},
}
LECTURE: dict[str, Any] = {
    "date_published": "2025",
    "experiment": ["CMS"],
    "publisher": "Some other library",
    "recid": "701",
    "title": "A lecture on <b>tagging</b>",
    "type": {"primary": "Documentation", "secondary": ["Guide"]},
}
TAPE: dict[str, Any] = {
    **CLUSTERS,
    "recid": "atlas-160006",
    "doi": "",
    "title": "Clusters on tape",
    "distribution": {"availability": "ondemand", "formats": ["h5"]},
}
RECORDS = {record["recid"]: record for record in (TAPE, LECTURE, CLUSTERS)}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(server: LoopbackServer, target: str, *, method: str = "GET", **headers: str) -> Reply:
    """One request on a connection of its own; a header's name is written with `_` for `-`."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, target, headers=sent)
        response = connection.getresponse()
        return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()
