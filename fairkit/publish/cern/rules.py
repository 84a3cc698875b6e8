"""What the portal's checks ask of a submission, beyond the form of its records.

Three sets of rules: those that a pull request meets (the form, what every fixture must have, the licences that are
taken), those of the curators' releases (numbers, DOIs, experiment, files), and that what is said adds up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any

from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word

__all__ = ["CODES", "LICENCES", "Fault", "faults", "is_valid"]

LICENCES = ("CC0-1.0", "GPL-3.0-only", "MIT", "Apache-2.0", "BSD-3-Clause")
"""What the portal's check of licences lets pass."""
MOST_FILES = 20
"""Files that a record names by themselves; of more it names index files."""
_PREFIX = "10.7483"
_RECID = re.compile(r"([a-z]+)-([0-9]+)")
_CHECKSUM = re.compile(r"adler32:[0-9a-f]{8}|sha1:[0-9a-f]{40}|md5:[0-9a-f]{32}|sha256:[0-9a-f]{64}")
_URI = re.compile(r"root://eospublic\.cern\.ch//eos/opendata/[^\s]+")
_INDEXES = ("index.json", "index.txt")
_CMS = {"accelerator": "CERN-LHC", "collaboration": "CMS Collaboration"}

CODES: Mapping[str, str] = {
    "form": "Write what the portal's form has: see the message.",
    "recid-form": "The team of the portal gives the number: EXPERIMENT-NUMBER. Name it with --recid.",
    "recid-twice": "Each record has a number of its own.",
    "recid-taken": "The portal has that number: ask its team for another.",
    "experiment-other": "Name the one experiment whose curators take it: --experiment.",
    "title-empty": "Give the dataset a title.",
    "created-missing": "Write the years in which the data were taken or made: [resource] created = 2016.",
    "maker-missing": "Name people under [[creators]], or the collaboration.",
    "secondary-missing": "Say what kind of dataset it is: Collision, Simulated, Derived.",
    "licence-other": f"The portal takes {', '.join(LICENCES)}; data are CC0-1.0 there.",
    "doi-prefix": f"The DOI of a record there begins with {_PREFIX}: leave it out, the portal gives it.",
    "doi-twice": "Each record has a DOI of its own.",
    "file-size": "State the size of each file.",
    "file-checksum": "State a checksum of each file: adler32: and eight digits.",
    "file-uri": "Files lie under root://eospublic.cern.ch//eos/opendata/EXPERIMENT/.",
    "uri-twice": "Each file has an address of its own.",
    "uri-taken": "The portal has that file: choose another folder.",
    "files-missing": "Name the files, or say that there are none.",
    "count-wrong": "Let the number of files and the size be those of the files.",
    "index-alone": "Write each index in both forms: index.json and index.txt.",
    "too-many-files": f"A record names index files where it has more than {MOST_FILES} files.",
    "cms-constant": "Records of CMS all say the same here: see the message.",
    "link-broken": "Links lead to http(s) pages, or to a page of the portal.",
}
"""Every rule, and what to do."""


@word
class Fault(Frozen):
    """One thing that the portal would refuse."""

    code: Annotated[str, Term(SDO.identifier, "Its code, which stays")]
    place: Annotated[str, Term(FAIRKIT.pointer, "Where it stands in the records: a JSON pointer")]
    what: Annotated[str, Term(SDO.description, "What is wrong, with the value")]
    remedy: Annotated[str, Term(FAIRKIT.remedy, "What to do")]
    source: Annotated[str | None, Term(FAIRKIT.place, "FILE:LINE of the fairkit.toml that it comes from")] = None

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        return f"{where}{self.place or '/'}: {self.what} [{self.code}]\n  {self.remedy}"


def is_valid(record: Any) -> bool:
    """Whether a record has the form of the portal."""
    return next(_form(record, ""), None) is None


def faults(
    records: Sequence[Any],
    experiment: str,
    *,
    taken: Iterable[str] = (),
    uris: Iterable[str] = (),
    members: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> tuple[Fault, ...]:
    """All that is wrong with the records of a submission of an `experiment`.

    `taken` are numbers that the portal has, `uris` addresses of its files; `members` are the files that an index names,
    by the address of that index.
    """
    found: list[Fault] = []
    for place, record in enumerate(records):
        wrong = list(_form(record, f"/{place}"))
        found += wrong
        if not wrong:
            found += _of_record(record, f"/{place}", experiment, frozenset(taken), members or {})
            found += (_fault("uri-taken", f"/{place}", uri) for uri in sorted(_uris(record) & set(uris)))
    good = [record for record in records if isinstance(record, dict)]
    for key, code in (("recid", "recid-twice"), ("doi", "doi-twice")):
        found += (_fault(code, f"/*/{key}", value) for value in _repeated(record.get(key) for record in good))
    found += (_fault("uri-twice", "/*/files", uri) for uri in _repeated(_every_uri(good)))
    return tuple(dict.fromkeys(found))


def _fault(code: str, place: str, value: object) -> Fault:
    return Fault(code=code, place=place, what=str(value)[:300], remedy=CODES[code])


def _form(record: Any, base: str) -> Iterator[Fault]:
    from pydantic import ValidationError

    from .form import Record

    try:
        Record.model_validate(record)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False, include_context=False):
            steps = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in one["loc"])
            yield _fault("form", f"{base}{steps}", one["msg"])


def _of_record(
    record: Mapping[str, Any],
    base: str,
    experiment: str,
    taken: frozenset[str],
    members: Mapping[str, Sequence[Mapping[str, Any]]],
) -> Iterator[Fault]:
    yield from _identity(record, base, experiment, taken)
    yield from _fixture(record, base)
    yield from _files(record, base, experiment)
    yield from _sums(record, base, members)
    yield from _links(record, base)
    if experiment == "cms":
        yield from _of_cms(record, base)


def _identity(record: Mapping[str, Any], base: str, experiment: str, taken: frozenset[str]) -> Iterator[Fault]:
    found = _RECID.fullmatch(record["recid"])
    if found is None or found[1] != experiment:
        yield _fault("recid-form", f"{base}/recid", f"{record['recid']!r} is not {experiment}- and a number")
    elif record["recid"] in taken or found[2] in taken:
        yield _fault("recid-taken", f"{base}/recid", record["recid"])
    if [name.lower() for name in record["experiment"]] != [experiment]:
        yield _fault("experiment-other", f"{base}/experiment", f"{record['experiment']}, not {experiment}")
    doi = record.get("doi")
    if doi and not re.fullmatch(rf"{re.escape(_PREFIX)}/OPENDATA\.\S+", doi):
        yield _fault("doi-prefix", f"{base}/doi", doi)


def _fixture(record: Mapping[str, Any], base: str) -> Iterator[Fault]:
    if not record["title"].strip():
        yield _fault("title-empty", f"{base}/title", "the title is empty")
    if not record.get("date_created"):
        yield _fault("created-missing", f"{base}/date_created", "it is not said when the data were made")
    if not record.get("authors") and not (record.get("collaboration") or {}).get("name"):
        yield _fault("maker-missing", f"{base}/authors", "neither authors nor a collaboration are named")
    if not record["type"].get("secondary"):
        yield _fault("secondary-missing", f"{base}/type/secondary", f"only {record['type'].get('primary')}")
    licence = (record.get("license") or {}).get("attribution")
    if licence is not None and licence not in LICENCES:
        yield _fault("licence-other", f"{base}/license/attribution", licence)


def _files(record: Mapping[str, Any], base: str, experiment: str) -> Iterator[Fault]:
    rows = record.get("files") or []
    claimed = (record.get("distribution") or {}).get("number_files", 0)
    if claimed > 0 and not rows and not record.get("rucio_dataset"):
        yield _fault("files-missing", f"{base}/files", f"{claimed:,} files are claimed, and none is named")
    if sum(row.get("type") not in _INDEXES for row in rows) > MOST_FILES:
        yield _fault("too-many-files", f"{base}/files", f"{len(rows):,} files")
    for number, row in enumerate(rows):
        place = f"{base}/files/{number}"
        if not row.get("size") and row.get("size") != 0:
            yield _fault("file-size", place, row.get("uri", "a file without an address"))
        if not _CHECKSUM.fullmatch(row.get("checksum", "")):
            yield _fault("file-checksum", place, row.get("checksum") or f"none for {row.get('uri')}")
        uri = row.get("uri", "")
        if not _URI.fullmatch(uri) or f"/eos/opendata/{experiment}/" not in uri or "/../" in uri:
            yield _fault("file-uri", place, uri or "a file without an address")
    yield from _alone(rows, base)


def _alone(rows: Sequence[Mapping[str, Any]], base: str) -> Iterator[Fault]:
    """Index files come in pairs."""
    stems = {kind: {_stem(row) for row in rows if row.get("type") == kind} for kind in _INDEXES}
    for stem in sorted(stems["index.json"] ^ stems["index.txt"]):
        yield _fault("index-alone", f"{base}/files", stem)


def _stem(row: Mapping[str, Any]) -> str:
    return str(row.get("uri", "")).rpartition(".")[0]


def _sums(record: Mapping[str, Any], base: str, members: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Fault]:
    """What is said of all files is what the files say, where they are all known."""
    rows, told = record.get("files") or [], record.get("distribution") or {}
    indexes = [row for row in rows if row.get("type") == "index.json"]
    if any(row.get("uri") not in members for row in indexes):
        return
    data = [row for row in rows if row.get("type") not in _INDEXES]
    data += [member for row in indexes for member in members[row["uri"]]]
    for key, found in (("number_files", len(data)), ("size", sum(row.get("size") or 0 for row in data))):
        if key in told and told[key] != found and data:
            yield _fault("count-wrong", f"{base}/distribution/{key}", f"{told[key]:,}, and the files make {found:,}")


def _links(record: Mapping[str, Any], base: str) -> Iterator[Fault]:
    blocks = {"": record.get("links")} | {
        f"/{key}": (record.get(key) or {}).get("links") for key in ("abstract", "methodology", "usage", "validation")
    }
    for key, rows in blocks.items():
        for number, row in enumerate(rows or []):
            url = row.get("url") if isinstance(row, dict) else None
            if url is not None and not re.match(r"https?://[^\s]+|/(docs|record)/", url):
                yield _fault("link-broken", f"{base}{key}/links/{number}/url", url)


def _of_cms(record: Mapping[str, Any], base: str) -> Iterator[Fault]:
    named = {"accelerator": record.get("accelerator"), "collaboration": (record.get("collaboration") or {}).get("name")}
    for key, expected in _CMS.items():
        if named[key] and named[key] != expected:
            yield _fault("cms-constant", f"{base}/{key}", f"{named[key]!r}, not {expected!r}")


def _every_uri(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for record in records:
        rows = record.get("files")
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and isinstance(row.get("uri"), str):
                yield row["uri"]


def _uris(record: Mapping[str, Any]) -> set[str]:
    return set(_every_uri([record]))


def _repeated(values: Iterable[Any]) -> list[str]:
    counted = Counter(value for value in values if isinstance(value, str) and value)
    return sorted(value for value, number in counted.items() if number > 1)
