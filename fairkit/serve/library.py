"""What the objects of a local repository hold, as it is shown: read once for each version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from threading import Lock
from typing import NamedTuple
from urllib.parse import quote

from fairkit import settings
from fairkit.assess import checklist
from fairkit.assess.assessment import Assessment, assess_all
from fairkit.dialects import harvest
from fairkit.errors import FairkitError
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.distribution import Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.ocfl.storage import Object, Storage, Version
from fairkit.sources import Target, Wants

__all__ = ["Entry", "Library"]


class Entry(NamedTuple):
    """One version of an object, as it is shown."""

    object: Object
    version: Version
    resource: Resource
    """With the addresses that it has here."""
    assessment: Assessment
    """Of the package, as it was stored."""

    @property
    def is_head(self) -> bool:
        """Whether there is no newer version."""
        return self.version.number == self.object.head


class Library:
    """The objects of one storage root, under the addresses that begin with `base`."""

    def __init__(self, storage: Storage, base: str) -> None:
        self.storage, self.base = storage, base.rstrip("/")
        self._kept: dict[tuple[str, int], tuple[Resource, Assessment]] = {}
        self._lock = Lock()

    def page(self, name: str, number: int | None = None) -> str:
        """The address of an object, or of one of its versions."""
        here = f"{self.base}/records/{quote(name, safe='')}"
        return here if number is None else f"{here}/versions/{number}"

    def file(self, name: str, number: int, key: str) -> str:
        """The address of a file of a version."""
        return f"{self.page(name, number)}/files/{quote(key)}"

    def entry(self, name: str, number: int | None = None) -> Entry:
        """An object in its newest version, or in the one that is named.

        Raises:
            NotFound: if there is none.
            UnreadableDocument: if it is broken.
        """
        object = self.storage.object(name)
        version = object.version(number)
        with self._lock:
            known = self._kept.get((object.id, version.number))
        if known is None:
            known = self._read(object, version)
            with self._lock:
                self._kept[object.id, version.number] = known
        return Entry(object, version, *known)

    def entries(self) -> Iterator[Entry]:
        """Every object in its newest version; those that are broken are passed over."""
        for id in self.storage.ids():
            try:
                yield self.entry(id)
            except FairkitError:
                continue

    def found(self, query: str) -> list[Entry]:
        """The objects in which every word of a query stands, the newest first; all of them without a word."""
        words = query.casefold().split()
        hits = [entry for entry in self.entries() if all(word in _text(entry) for word in words)]
        return sorted(hits, key=lambda entry: (entry.version.created, entry.object.id), reverse=True)

    def _read(self, object: Object, version: Version) -> tuple[Resource, Assessment]:
        chosen = checklist.load("fairkit")
        [report] = Gatherer(lambda: Session(offline=True)).gather(
            Target(f"{object.path}/v{version.number}", "folder"), Wants(chosen.needs, chosen.fields, False)
        )
        read = harvest(report.evidence)
        [made] = assess_all(read, [chosen], when=settings.now())
        return self._placed(read.resource, object, version), made

    def _placed(self, work: Resource, object: Object, version: Version) -> Resource:
        """The work with its addresses here; what it says of itself stays."""
        held = version.files
        own = Identifier(scheme="uuid", value=object.name)
        files = tuple(
            replace(one, content_url=self.file(object.name, version.number, one.name), byte_size=held[one.name].size)
            for one in work.distributions
            if one.name in held
        )
        named = {one.name for one in files}
        rest = () if named else tuple(Distribution(name=key, byte_size=each.size) for key, each in held.items())
        return replace(
            work,
            identifiers=(*work.identifiers, *(() if own in work.identifiers else (own,))),
            landing_page=self.page(object.name, None if version.number == object.head else version.number),
            distributions=files or rest,
            catalogue=work.catalogue or self.base,
            date_published=work.date_published or version.created[:10],
        )


def _text(entry: Entry) -> str:
    """All that a search looks at."""
    work = entry.resource
    people = [one.name for one in (*work.creators, *work.contributors)]
    parts = [entry.object.id, work.title, work.description, *work.keywords, *people, *map(str, work.identifiers)]
    return json.dumps([part for part in parts if part], ensure_ascii=False).casefold()
