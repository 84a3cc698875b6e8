"""One release against a repository in memory: run it, break it, run it again, and look at what is left."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fairkit.errors import FairkitError
from fairkit.http import Session
from fairkit.publish.apply import Deposit, Result, Way, mark
from fairkit.publish.journal import HOME, opened
from fairkit.publish.sending import LocalFile
from fairkit.repositories.invenio import Invenio
from tests.servers.faults import Fault, Faulty, Killed
from tests.servers.invenio.deposits import BASE, TOKEN, Deposits

__all__ = ["Bench", "Release"]


class Release:
    """What is to be deposited: a title and the files of a folder, whose documents name the DOI."""

    def __init__(self, root: Path, *, version: str = "1", title: str | None = None) -> None:
        self.root, self.version = root, version
        data = sorted(path for path in root.rglob("*.bin"))
        told = version + "".join(f"{path.name}{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in data)
        self.release = hashlib.sha256(told.encode()).hexdigest()
        self.title = title or f"Toy jets {self.release[:12]}"
        """By default one of its own: what is called alike is taken for versions of one work."""

    @property
    def called(self) -> str:
        return f"{self.title}, version {self.version}"

    def body(self, doi: str | None) -> Mapping[str, Any]:
        one = mark(self.release)
        metadata = {
            "title": self.title,
            "version": self.version,
            "publication_date": "2026-11-21",
            "publisher": "CERN",
            "resource_type": {"id": "dataset"},
            "creators": [{"person_or_org": {"type": "organizational", "name": "CERN"}}],
            "identifiers": [{"scheme": one.scheme, "identifier": one.value}],
        }
        return {"metadata": metadata, "files": {"enabled": True}}

    def files(self, doi: str | None) -> Sequence[LocalFile]:
        (self.root / "about.json").write_text(f'{{"doi": "{doi}"}}')
        every = [path for path in sorted(self.root.rglob("*")) if path.is_file() and HOME not in path.parts]
        return [_local(self.root, path) for path in every]


def _local(root: Path, path: Path) -> LocalFile:
    body = path.read_bytes()
    return LocalFile(path.relative_to(root).as_posix(), str(path), len(body), hashlib.sha256(body).hexdigest())


class Bench:
    """A folder, a repository, and runs of fairkit between them."""

    def __init__(self, root: Path, *, hidden: int = 0) -> None:
        self.root = root / "set"
        self.server = Deposits(hidden=hidden)
        self.seen: list[tuple[str, str]] = []
        self.naps: list[float] = []
        (self.root / "sub").mkdir(parents=True)
        (self.root / "a.bin").write_bytes(b"a" * 3000)
        (self.root / "sub" / "b #?ä.bin").write_bytes(bytes(range(256)) * 4)

    def run(self, *faults: Fault, version: str = "1", title: str = "Toy jets", **how: Any) -> Result:
        """One run of a process."""
        transport = Faulty(self.server, faults)
        way = Way(**{"publish": True, **how})
        session = Session(
            transport=transport,
            credentials={BASE: f"Bearer {TOKEN}"},
            sleep=self.naps.append,
            retries=3,
            trusted=[BASE],
        )
        repository = Invenio(BASE, session, pause=self.naps.append)
        try:
            with opened(self.root, BASE) as journal:
                release = Release(self.root, version=version, title=title)
                return Deposit(repository, journal, release, pause=self.naps.append).run(way)
        finally:
            self.seen += transport.seen

    def survive(self, *faults: Fault, runs: int = 4, lose_journal: bool = False, **how: Any) -> int:
        """Run until it ends well; the faults befall the first run. How many runs it took."""
        for number in range(1, runs + 1):
            try:
                self.run(*(faults if number == 1 else ()), **how)
            except (FairkitError, Killed):
                if lose_journal:
                    shutil.rmtree(self.root / HOME, ignore_errors=True)
                continue
            return number
        raise AssertionError(f"it did not end well in {runs} runs")

    def check(self, *, published: bool = True, records: int = 1) -> None:
        """Nothing lost, nothing doubled, no orphan, no token elsewhere."""
        works = self.server.records if published else self.server.drafts
        assert len(works) == records, f"{len(works)} instead of {records}"
        assert not (self.server.drafts if published else self.server.records), "there is one too many"
        work = works[-1]
        about = {"about.json": f'{{"doi": "{work.doi}"}}'.encode()}
        data = {p.relative_to(self.root).as_posix(): p.read_bytes() for p in self.root.rglob("*.bin")}
        assert work.holds() == data | about
        assert all(file.committed for file in work.files.values())
        leaks = [url for url, token in self.seen if token and not url.startswith(f"{BASE}/")]
        assert not leaks, f"the token went to {leaks}"
        assert not any(TOKEN in url for url, _ in self.seen)
        written = b"".join(path.read_bytes() for path in (self.root / HOME).glob("*") if path.is_file())
        assert TOKEN.encode() not in written
