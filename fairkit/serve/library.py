"""What the objects of a local repository hold, as it is shown: read once for each version."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple
from urllib.parse import quote

from fairkit import settings
from fairkit.assess import checklist
from fairkit.assess.assessment import Assessment, assess_all
from fairkit.dialects import harvest
from fairkit.errors import FairkitError, UnreadableDocument
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.distribution import Distribution
from fairkit.model.harvest import Harvest
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.ocfl.storage import PREFIX, Object, Storage, Version
from fairkit.sources import Target, Wants

from .kept import Kept
from .listing import Listing, Row, Stamp, stamp

__all__ = ["Entry", "Library", "Unread"]


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOST_FILES = 200_000
"""Files of all objects that are kept in memory at a time: of each, its name, place, size and digest."""


class Entry(NamedTuple):
    """One version of an object, as it is shown."""

    object: Object
    version: Version
    resource: Resource
    """With the addresses that it has here."""
    stamp: Stamp

    @property
    def is_head(self) -> bool:
        """Whether there is no newer version."""
        return self.version.number == self.object.head


class Unread(NamedTuple):
    """An object whose metadata are broken: its name, and what is wrong."""

    name: str
    what: str


class Library:
    """The objects of one storage root, under the addresses that begin with `base`."""

    def __init__(self, storage: Storage, base: str) -> None:
        self.storage, self.base = storage, base.rstrip("/")
        self._listing = Listing(storage, lambda object: _text(object, self._harvested(object, object.version())))
        self._objects: Kept[Object] = Kept(_MOST_FILES, lambda one: 100 + sum(len(v.files) for v in one.versions))
        self._resources: Kept[Resource] = Kept(_MOST_FILES, lambda one: 100 + len(one.distributions))
        self._assessments: Kept[Assessment] = Kept(1000)

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
        object, told = self._object(name)
        version = object.version(number)

        def made() -> Resource:
            return self._placed(self._harvested(object, version).resource, object, version)

        return Entry(object, version, self._resources.get((object.id, version.number, told), made), told)

    def stored(self, name: str, number: int | None = None) -> tuple[Object, Version]:
        """The files of an object, whatever its metadata say.

        Raises:
            NotFound: if there is none.
            UnreadableDocument: if it is broken.
        """
        object, _ = self._object(name)
        return object, object.version(number)

    def assessment(self, entry: Entry) -> Assessment:
        """How FAIR a version is, as it was stored."""
        key = entry.object.id, entry.version.number, entry.stamp
        return self._assessments.get(key, lambda: self._assessed(entry))

    def rows(self) -> list[Row]:
        """Every object, the newest first; those whose inventory is broken are passed over."""
        return self._listing.rows()

    def found(self, query: str) -> list[Row]:
        """The objects in which every word of a query stands, the newest first; all of them without a word."""
        return self._listing.found(query)

    def shown(self, rows: Iterable[Row]) -> Iterator[Entry | Unread]:
        """What is shown of these objects in a list."""
        for row in rows:
            try:
                yield self.entry(row.id)
            except FairkitError as error:
                yield Unread(row.id.removeprefix(PREFIX), self.told(error.what))

    def told(self, words: str) -> str:
        """What may be told to whoever asks: where the repository lies is nobody's business."""
        return words.replace(f"{self.storage.root}/", "").replace(str(self.storage.root), "the repository")

    def _object(self, name: str) -> tuple[Object, Stamp]:
        for id in (name, f"{PREFIX}{name}"):
            told = stamp(self.storage, id)
            if told is not None:
                return self._objects.get((id, told), partial(self._opened, id)), told
        return self._opened(name), (0, 0, 0)

    def _opened(self, id: str) -> Object:
        object = self.storage.object(id)
        if object.id != os.path.basename(object.path):
            what = f"the folder {os.path.basename(object.path)} holds the object {object.id}"
            raise UnreadableDocument(what, value=object.path, remedy="A folder bears the identifier of its object.")
        if any(name.encode("utf-8", "replace").decode() != name for each in object.versions for name in each.files):
            what = f"{object.id} has a file whose name is no text"
            raise UnreadableDocument(what, value=object.path, remedy="Store it anew under another name.")
        return object

    @staticmethod
    def _harvested(object: Object, version: Version) -> Harvest:
        chosen = checklist.load("fairkit")
        [report] = Gatherer(lambda: Session(offline=True)).gather(
            Target(f"{object.path}/v{version.number}", "folder"), Wants(chosen.needs, chosen.fields, False)
        )
        return harvest(report.evidence)

    def _assessed(self, entry: Entry) -> Assessment:
        read = self._harvested(entry.object, entry.version)
        [made] = assess_all(read, [checklist.load("fairkit")], when=settings.now())
        return made

    def _placed(self, work: Resource, object: Object, version: Version) -> Resource:
        """The work with its addresses here; what it says of itself stays."""
        held = version.files
        own = Identifier(scheme="uuid", value=object.name)
        files = tuple(
            replace(one, content_url=self.file(object.name, version.number, one.name), byte_size=held[one.name].size)
            for one in work.distributions
            if one.name in held
        )
        if not files:
            own_files = ((key, each.size, self.file(object.name, version.number, key)) for key, each in held.items())
            files = tuple(Distribution(name=key, byte_size=size, content_url=url) for key, size, url in own_files)
        return replace(
            work,
            identifiers=(*work.identifiers, *(() if own in work.identifiers else (own,))),
            landing_page=self.page(object.name, None if version.number == object.head else version.number),
            distributions=files,
            catalogue=work.catalogue or self.base,
            date_published=work.date_published or _day(version.created),
        )


def _day(created: str) -> str | None:
    return created[:10] if _DAY.match(created) else None


def _text(object: Object, read: Harvest) -> str:
    """All that a search looks at."""
    work = read.resource
    people = [one.name for one in (*work.creators, *work.contributors)]
    parts = [object.id, work.title, *work.keywords, *people, *map(str, work.identifiers), work.description]
    return "\n".join(part for part in parts if part)
