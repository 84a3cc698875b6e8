"""CERN Open Data: the record JSON of the portal, as its API, its search and its sources write it.

Read leniently: hundreds of published records break the portal's own schema. Facts about the forms are those of the
portal's sources, schema record-v1.0.0 of July 2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from fairkit.model.agent import Agent
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import FIELDS, OF_MODELS, Kind, Resource, Subject
from fairkit.model.variable import Variable
from fairkit.vocab import licences, relations

from . import _cern_files, _cern_writing
from ._cern_placing import encode, place
from ._html import links, plain
from ._reading import Reading, agent
from ._values import identifier, items, parse_json, text, texts
from ._writing import json_bytes, sound

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "base", "encode", "place", "read", "recognises", "records", "write"]

TITLE = "CERN Open Data record (JSON)"
MEDIA_TYPE = "application/json"
PORTAL = "https://opendata.cern.ch"
HOLDS = (
    frozenset(FIELDS)
    - OF_MODELS
    - {"version", "funding", "citation", "access_conditions", "embargo_until", "usage_rules"}
)

_KINDS: dict[str, Kind] = {
    "Dataset": "dataset",
    "Software": "software",
    "Environment": "environment",
    "Documentation": "documentation",
    "Supplementaries": "supplementary",
}
_LANGUAGES = {"English": "en"}  # the schema asks for ISO 639-2, all published records that have one say English
_DEEPEST = 6
_RECORD = re.compile(r"/record/([A-Za-z0-9-]+)/?$")
_REPLACED = re.compile(r"supers?ee?ded\s+by\b[^.]{0,100}$", re.IGNORECASE)
_REPLACES = re.compile(r"supers?ee?des\b[^.]{0,100}$", re.IGNORECASE)
_NEWER = re.compile(r"\b(?:(?:supers?ee?ded|replaced)\s+by|deprecated\b[^.]{0,60}?\buse)\b[^.]{0,100}$", re.IGNORECASE)
_ABOUT_AGE = re.compile(r"sede|seede|replace|deprecated", re.IGNORECASE)
_OLDER = re.compile(r"\b(?:supers?ee?des|replaces)\b[^.]{0,100}$", re.IGNORECASE)
_SOFTWARE = re.compile(r"produced (?:with|by|using)[^.]{0,60}(?:software|tool|code)", re.IGNORECASE)


def recognises(data: Any) -> bool:
    """Whether parsed JSON is a record of the portal, in any of its forms."""
    return next(records(data), None) is not None


def records(data: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The records in parsed JSON, each with its pointer: envelope, search answer, list, or the bare record."""
    return _records(data, "", 0)


def _records(data: Any, pointer: str, depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _records(item, f"{pointer}/{index}", depth + 1)
    elif isinstance(data, dict):
        hits = data.get("hits")
        if isinstance(hits, dict) and isinstance(hits.get("hits"), list):
            yield from _records(hits["hits"], f"{pointer}/hits/hits", depth + 1)
        elif isinstance(data.get("metadata"), dict):
            yield from _records(data["metadata"], f"{pointer}/metadata", depth + 1)
        elif ("recid" in data and ("experiment" in data or "type" in data)) or _is_prepared(data):
            yield pointer, data


def _is_prepared(data: Mapping[str, Any]) -> bool:
    """Whether it is a record that has no number yet: it has a title, and a type of the portal."""
    primary = _block(data, "type").get("primary")
    return "title" in data and isinstance(primary, str) and primary in _KINDS


Row = tuple[Mapping[str, Any], str, str]
"""A row that leads to another thing, the type of the relation, and where it stands."""


def read(document: Document) -> View:
    """The first record in a document of any form.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    base, record = next(records(data), ("", {}))
    reading = Reading(document, data)
    what = _KINDS.get(text(_block(record, "type").get("primary")) or "", "supplementary")
    _identity(reading, record, base)
    _description(reading, record, base)
    _people(reading, record, base)
    _rights(reading, record, base, what)
    withheld = _cern_files.read(reading, record, base)
    _variables(reading, record, base)
    rows = list(_rows(record, base))
    _provenance(reading, record, base, rows)
    _supersession(reading, record, base, rows)
    return reading.view(what, holds=HOLDS, withheld=withheld)


def base(data: Any) -> str:
    """The pointer to the record in parsed JSON of any form: the places of fields begin there."""
    return next(records(data), ("", {}))[0]


def _block(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """One of the record's blocks (`abstract`, `usage` …), empty where it is missing or not a block."""
    block = record.get(name)
    return block if isinstance(block, dict) else {}


def _identity(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    recid = text(record.get("recid"))
    where = f"{base}/recid"
    reading.identifiers(
        (identifier(record.get("doi"), "doi"), f"{base}/doi"),
        (_record_of(recid), where),
        (identifier(_block(_block(record, "pids"), "oai").get("id"), "oai"), f"{base}/pids/oai/id"),
    )
    if recid:
        reading.put("landing_page", f"{PORTAL}/record/{recid}", where, how="extracted")
        reading.put("catalogue", "CERN Open Data Portal", where, how="extracted")


def _record_of(recid: str | None) -> Identifier | None:
    return Identifier(scheme="cern-open-data", value=recid) if recid else None


def _description(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    for name in ("title_additional", "title"):  # CMS puts a dataset path into `title` and a title beside it
        reading.put("title", plain(record.get(name)), f"{base}/{name}")
    if reading.pointers.get("title") == f"{base}/title_additional":
        reading.put("alternate_title", text(record.get("title")), f"{base}/title")
    reading.put("description", plain(_block(record, "abstract").get("description")), f"{base}/abstract/description")
    reading.put("keywords", texts(record.get("keywords")), f"{base}/keywords")
    kind = _block(record, "type")
    reading.put("type", "/".join((*texts(kind.get("primary")), *texts(kind.get("secondary")))), f"{base}/type")
    language = text(record.get("language")) or ""
    reading.put("language", _LANGUAGES.get(language, language), f"{base}/language")
    _subjects(reading, record, base)
    published = text(record.get("date_published"))
    reading.put("date_published", published, f"{base}/date_published")
    years = sorted(texts(record.get("date_created")))
    reading.put(
        "date_created", "/".join(dict.fromkeys((years[0], years[-1]))) if years else None, f"{base}/date_created"
    )
    schema = text(record.get("$schema"))
    reading.put("conforms_to", (schema,) if schema else (), f"{base}/$schema")


def _subjects(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    categories = _block(record, "categories")
    named = [
        ("categories", (*texts(categories.get("primary")), *texts(categories.get("secondary"))), "physics categories"),
        ("experiment", texts(record.get("experiment")), "experiment"),
        ("accelerator", texts(record.get("accelerator")), "accelerator"),
        ("collision_information", texts(_block(record, "collision_information").get("type")), "collision type"),
    ]
    reading.found(
        "subjects",
        [(Subject(name=name, scheme=scheme), f"{base}/{field}") for field, found, scheme in named for name in found],
    )


def _people(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    collaboration = _block(record, "collaboration")
    group = agent(collaboration.get("name"), type="organisation")
    reading.each("creators", record.get("authors"), f"{base}/authors", _author)
    if "creators" in reading.values and group:
        reading.put("contributors", (replace(group, role="ResearchGroup"),), f"{base}/collaboration")
    reading.put("creators", (group,) if group else (), f"{base}/collaboration")
    reading.put("publisher", agent(record.get("publisher"), type="organisation"), f"{base}/publisher")


def _author(author: Any) -> Agent | None:
    if not isinstance(author, dict):
        return agent(author, type="person")
    return _person(*[text(author.get(key)) for key in ("name", "orcid", "inspireid", "affiliation", "rorid")])


@lru_cache(maxsize=16_384)  # the same people sign many records
def _person(name: str | None, orcid: str | None, inspire: str | None, *homes: str | None) -> Agent | None:
    ids = (identifier(orcid, "orcid"), identifier(inspire, "inspire"))
    return agent(name, ids=ids, type="person", affiliations=_homes(*homes))


@lru_cache(maxsize=4096)  # hundreds of authors share a few
def _homes(places: str | None, rors: str | None) -> tuple[Agent, ...]:
    """The affiliations of an author, with their ROR ids: lists with semicolons."""
    if places is None:
        return ()
    pairs = zip_longest(places.split(";"), (rors or "").split(";"))
    homes = [agent(place, ids=(identifier(ror, "ror"),), type="organisation") for place, ror in pairs]
    return tuple([home for home in homes if home])


def _rights(reading: Reading, record: Mapping[str, Any], base: str, kind: str) -> None:
    given = text(_block(record, "license").get("attribution"))
    licence = licences.find(given) if given else None
    reading.put("license", licence.id if licence else given, f"{base}/license/attribution")
    if given is None and kind == "dataset":
        # The portal's terms of use put datasets under CC0, and its page shows that; the record itself is silent.
        reading.put("implied_license", "CC0-1.0", f"{base}/type/primary", how="guessed")
    for name, pointer in (("availability", "/availability"), ("distribution", "/distribution/availability")):
        state = text(record.get(name)) if name == "availability" else text(_block(record, name).get("availability"))
        if state:  # on demand means staged from tape on request, to anybody
            reading.put("access", "open", base + pointer, how="extracted")


def _variables(reading: Reading, record: Mapping[str, Any], base: str) -> None:
    reading.each("variables", record.get("dataset_semantics"), f"{base}/dataset_semantics", _variable)


def _variable(row: Any) -> Variable | None:
    name = text(row.get("variable")) if isinstance(row, dict) else None
    if name is None:
        return None
    unit = text(row.get("unit"))
    return Variable(name=name, dtype=text(row.get("type")), unit=unit, description=plain(row.get("description")))


def _provenance(reading: Reading, record: Mapping[str, Any], base: str, rows: Sequence[Row]) -> None:
    reading.found("relations", _relations(record, base, rows))
    method = _block(record, "methodology")
    reading.put("methodology", plain(method.get("description")), f"{base}/methodology/description")
    reading.each("activities", method.get("steps"), f"{base}/methodology/steps", _step)
    reading.put("validation", plain(_block(record, "validation").get("description")), f"{base}/validation/description")
    reading.put("usage", plain(_block(record, "usage").get("description")), f"{base}/usage/description")
    source = text(_block(record, "source_code_repository").get("url"))
    reading.put("code_repository", source, f"{base}/source_code_repository/url")
    system = _block(record, "system_details")
    images = tuple(text(i.get("name")) for _, i in items(system.get("container_images")) if isinstance(i, dict))
    needs = (text(system.get("release")), text(system.get("global_tag")), *images)
    reading.put("requirements", tuple(need for need in needs if need), f"{base}/system_details")


def _relations(record: Mapping[str, Any], base: str, rows: Sequence[Row]) -> Iterator[tuple[Relation, str]]:
    """Every typed link: the declared relations first, then those that the blocks imply by their place."""
    for row, kind, where in rows:
        yield _relation(row, kind), where
    semantics = _block(record, "dataset_semantics_files")
    for key in ("json", "url"):
        if text(semantics.get(key)):
            yield _relation({"url": semantics[key]}, "HasMetadata"), f"{base}/dataset_semantics_files/{key}"


def _rows(record: Mapping[str, Any], base: str) -> Iterator[Row]:
    """The rows that lead to other things, with the type of the relation and where they stand."""
    for end, row in items(record.get("relations")):
        if isinstance(row, dict):
            known = relations.find(text(row.get("type")) or "")
            yield row, known.type if known else "Relates", f"{base}/relations{end}"
    method = _block(record, "methodology")
    made_by = "IsCompiledBy" if _SOFTWARE.search(plain(method.get("description")) or "") else "IsDocumentedBy"
    places = [("methodology", method.get("links"), made_by), ("links", record.get("links"), "IsDocumentedBy")]
    places += [
        (name, _block(record, name).get("links"), "IsDocumentedBy") for name in ("abstract", "usage", "validation")
    ]
    places += [("use_with", _block(record, "use_with").get("links"), "Relates")]
    for name, rows, kind in places:
        where = base + ("/links" if name == "links" else f"/{name}/links")
        for end, row in items(rows):
            if isinstance(row, dict) and (text(row.get("recid")) or text(row.get("url"))):
                yield row, kind, where + end


def _relation(row: Mapping[str, Any], kind: str) -> Relation:
    title = plain(row.get("title")) or plain(row.get("description"))
    return Relation(type=kind, identifier=identifier(row.get("doi"), "doi") or _other(row), title=title)


def _other(row: Mapping[str, Any]) -> Identifier | None:
    """The record or the page that a link leads to."""
    url = text(row.get("url"))
    return _record_of(text(row.get("recid"))) or (identifier(absolute(url)) if url else None)


def absolute(url: str) -> str:
    """A link of the portal's texts as a whole URL: most of them are relative, some begin with a stray quote."""
    url = url.strip(" \t\r\n\"'“”‘’")
    if url.startswith("//"):
        return f"https:{url}"
    return f"{PORTAL}{url}" if url.startswith("/") else url


def _step(step: Any) -> Activity | None:
    if not isinstance(step, dict):
        return None
    release = text(step.get("release"))
    programs = [Entity(name=release.partition("_")[0] or release, version=release)] if release else []
    programs += [Entity(name=name) for name in texts(step.get("generators"))]
    note = step.get("note")
    note = note.get("description") if isinstance(note, dict) else note  # 302 published records have a string here
    tag = text(step.get("global_tag"))
    used = (_configuration(row) for _, row in items(step.get("configuration_files")) if isinstance(row, dict))
    return Activity(
        name=text(step.get("type")) or "step",
        software=tuple(programs),
        used=tuple(used),
        generated=tuple(Entity(name=name) for name in texts(step.get("output_dataset"))),
        parameters=(("global_tag", tag),) if tag else (),
        description=plain(note),
    )


def _configuration(row: Mapping[str, Any]) -> Entity:
    name = text(row.get("title")) or text(row.get("process")) or "configuration"
    return Entity(name=name, identifier=_other(row))


def _supersession(reading: Reading, record: Mapping[str, Any], base: str, rows: Sequence[Row]) -> None:
    """Deprecation is in words only on the portal: in prose before a link to a record, or beside a link in a row."""
    for block in ("abstract", "usage", "note"):
        for before, url in links(_block(record, block).get("description")):
            target = _RECORD.search(url)
            field = "superseded_by" if _REPLACED.search(before) else "supersedes" if _REPLACES.search(before) else None
            if target and field:
                other = (Identifier(scheme="cern-open-data", value=target[1]),)
                reading.put(field, other, f"{base}/{block}/description", how="extracted")
    for row, _, where in rows:
        words = (plain(row.get("description")) or "").rstrip(" .:;,")
        if not _ABOUT_AGE.search(words):  # hardly any is: the two patterns below cost more
            continue
        # A row is about the two works alone, so plainer words will do than in prose, where files are replaced as well.
        field = "superseded_by" if _NEWER.search(words) else "supersedes" if _OLDER.search(words) else None
        linked = _relation(row, "").identifier if field else None
        if field and linked:
            reading.put(field, (linked,), f"{where}/description", how="extracted")


def write(resource: Resource) -> bytes:
    """The work as a record for the portal, which has the last word on its number, its DOI and its experiment."""
    return json_bytes(_cern_writing.encode(sound(resource)))
