"""CERN Open Data: a record by its number, name, URL, DOI or OAI identifier.

At most four requests: the record, its JSON-LD, what its DOI's registry says, and its page. When the portal cannot be
reached, the record that fairkit ships as a showcase stands in for itself, and says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from urllib.parse import quote, urlsplit

from fairkit import resources, settings
from fairkit.errors import AuthenticationError, NotFound
from fairkit.model.evidence import Document, Observation

from . import _content, _exports, _online
from ._plan import Answer, Ask, Fetch, Gathered, Plan, Target, Wants

__all__ = ["EXAMPLES", "KEYWORDS", "TITLE", "matches", "plan", "recid"]

TITLE = "CERN Open Data records"
KEYWORDS = ("record", "doi", "url")
EXAMPLES = (
    "record 12102",
    "12102",
    "recid:12102",
    "cms-12102",
    "https://opendata.cern.ch/record/12102",
    "10.7483/OPENDATA.CMS.JGJX.MS7Q",
    "oai:cernopendata.cern:12102",
)

_EXPERIMENTS = "alice|atlas|cms|delphi|jade|lhcb|opera|phenix|totem"
_NUMBER = re.compile(rf"(?:recid:|oai:cernopendata\.cern:)?((?:(?:{_EXPERIMENTS})-)?\d{{1,12}})", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:|https?://(?:(?:dx|www)\.)?doi\.org/)?(10\.7483/OPENDATA\.[^\s\"\\]+?)/?", re.IGNORECASE)
_PATH = re.compile(r"/(?:api/records|records?)/([A-Za-z]+-\d+|\d+)/?")
_SCRIPT = re.compile(rb"<script\b[^<>]{0,200}application/ld\+json[^<>]{0,200}>", re.IGNORECASE)

_FILE_FIELDS = frozenset({"distributions", "listing"})
_JSON, _JSONLD = "application/json", "application/ld+json"


def matches(target: Target) -> bool:
    """Whether the target is one of the spellings of a record."""
    if target.keyword == "record":
        return True
    return target.keyword in (None, "doi", "url") and (recid(target.word) or _doi(target.word)) is not None


def recid(word: str) -> str | None:
    """The record's number or name in a spelling that holds it: not all are numbers (`atlas-160006`)."""
    found = _NUMBER.fullmatch(word.strip())
    if found:
        return found[1].lower()
    try:
        parts = urlsplit(word.strip())
        port = parts.port
    except ValueError:  # no URL, as "http://["
        return None
    ours = {"opendata.cern.ch", "www.opendata.cern.ch"} if port in (None, 80, 443) else set()
    configured = urlsplit(settings.base_url("cern-open-data")).netloc
    if parts.scheme not in ("http", "https") or (parts.hostname not in ours and parts.netloc != configured):
        return None
    path = _PATH.fullmatch(parts.path)
    return path[1].lower() if path else None


def _doi(word: str) -> str | None:
    found = _DOI.fullmatch(word.strip())
    return found[1] if found else None


def plan(target: Target, wants: Wants) -> Plan:
    """Gather the record's documents.

    Raises:
        NotFound: if the portal says that there is no such record.
    """
    base = settings.base_url("cern-open-data")
    answer, doi = yield from _record(target, wants, base)
    if answer.error is not None:
        return [_unreached(target, answer.error, wants)]
    record = _metadata(answer.body)
    number = str(record.get("recid") or recid(target.word) or target.word)
    documents = [Document(representation="cern-open-data", media_type=_JSON, url=answer.url, body=answer.body)]
    observations: list[Observation] = []
    address = f"{base}/api/records/{quote(number)}"
    exported = yield Fetch(address, _JSONLD)
    page = Answer(error="not tried")
    if not _is_jsonld(exported) or "landing_page" in wants.observations:
        page = yield Fetch(f"{base}/record/{quote(number)}", "text/html")
        observations.append(_online.page(page))
    observations += _schema_org(exported, page, address, documents)
    observations += yield from _online.registry(record.get("doi") or doi, documents)
    observations += yield from _exports.tried(documents, page, wants)
    observations += yield from _content.tried(documents, wants)
    return [Gathered(str(target), "live", tuple(documents), tuple(observations))]


def _record(target: Target, wants: Wants, base: str) -> Generator[Ask, Answer, tuple[Answer, str | None]]:
    """The answer that holds the record: by its number, or by a search for its DOI or without its files."""
    number = recid(target.word)
    doi = _doi(target.word)
    if number is None and doi is None:
        _missing(target, "it is neither a record number nor a DOI of the portal")
    if number and wants.fields & _FILE_FIELDS:
        answer = yield Fetch(f"{base}/api/records/{number}", _JSON)
        if answer.error is None and answer.status == 404 and "-" in number:  # cms-12102 was 12102 before 2026
            answer = yield Fetch(f"{base}/api/records/{number.rpartition('-')[2]}", _JSON)
        return _right(target, _found(target, answer, bool(_metadata(answer.body))), number), None
    spellings = [f'recid:"{number}"'] if number else [f'doi:"{spelling}"' for spelling in _stored(doi or "")]
    skipped = "" if wants.fields & _FILE_FIELDS else "&skip_files=1"
    answer = Answer(status=404)
    for query in spellings:  # on-demand records are left out of searches that do not ask for them
        answer = yield Fetch(f"{base}/api/records/?q={quote(query)}&size=1&ondemand=true{skipped}", _JSON)
        if answer.error is not None or _metadata(answer.body):
            break
    found = _found(target, answer, bool(answer.ok and _metadata(answer.body)), searched=True)
    return _right(target, found, number), doi


def _stored(doi: str) -> list[str]:
    """How the portal, whose search minds the case, may have stored a DOI: in capitals but for LHCb, or as given."""
    return list(dict.fromkeys((doi.upper().replace(".LHCB.", ".LHCb."), doi.upper(), doi)))


def _found(target: Target, answer: Answer, is_there: bool, *, searched: bool = False) -> Answer:
    """The answer, unless it says that there is no such record, or that we may not see it."""
    if answer.error is not None or (answer.ok and is_there):
        return answer
    if answer.status in (404, 410) or (answer.ok and searched):
        _missing(target, f"{answer.status} from {answer.url}")
    if answer.status in (401, 403):
        what = f"CERN Open Data does not show {target.word} to the public ({answer.status} from {answer.url})."
        raise AuthenticationError(what, value=target.word, remedy="It may be staged for a release: ask its experiment.")
    why = "without a record" if answer.ok else f"with status {answer.status}"
    return answer._replace(error=f"{answer.url} answered {why}")


def _right(target: Target, answer: Answer, number: str | None) -> Answer:
    """The answer, if it is the record that was asked for: `atlas-12102` is not the record 12102 of CMS."""
    record = _metadata(answer.body)
    if answer.error is not None or number is None or record.get("recid", "").lower() == number:
        return answer
    experiment, _, bare = number.rpartition("-")
    if experiment and experiment not in record.get("experiment", "").lower().split("/"):
        _missing(target, f"{bare} is of {record.get('experiment') or 'another experiment'}")
    if record.get("recid", "").lower() not in (bare, number):
        return answer._replace(error=f"{answer.url} answered with record {record.get('recid')} instead of {number}")
    return answer


def _missing(target: Target, why: str) -> None:
    remedy = "Is it a DOI or another portal's number?  fairkit list sources"
    raise NotFound(f"CERN Open Data has no record {target.word} ({why}).", value=target.word, remedy=remedy)


def _metadata(body: bytes) -> dict[str, str]:
    """The number, the DOI and the experiments of the record in an answer, or nothing where it holds none."""
    from fairkit.dialects.cern_open_data import records

    try:
        _, record = next(records(json.loads(body)), ("", {}))
    except (ValueError, RecursionError):
        return {}
    found = {
        key: str(record[key]) for key in ("recid", "doi") if isinstance(record.get(key), str | int) and record[key]
    }
    experiments = record.get("experiment")
    every = experiments if isinstance(experiments, list) else [experiments]
    return found | {"experiment": "/".join(map(str, every))} if found else {}


def _is_jsonld(answer: Answer) -> bool:
    return answer.ok and "ld+json" in answer.media_type


def _schema_org(exported: Answer, page: Answer, address: str, documents: list[Document]) -> Iterator[Observation]:
    """Keep the JSON-LD that was negotiated, else the one that is embedded in the page, else say why there is none."""
    embedded = _embedded(page.body) if page.ok else None
    if _is_jsonld(exported):
        documents.append(Document(representation="schema-org", media_type=_JSONLD, url=address, body=exported.body))
    elif embedded:
        documents.append(Document(representation="schema-org", media_type=_JSONLD, url=page.url, body=embedded))
    elif exported.error is not None or page.error is not None:
        yield Observation(name="document:schema-org", source=address, error=exported.error or page.error)


def _embedded(page: bytes) -> bytes | None:
    """The first JSON-LD document in the scripts of a page."""
    start = _SCRIPT.search(page)
    end = page.find(b"</script>", start.end()) if start else -1
    return page[start.end() : end].strip() or None if start and end >= 0 else None


def _unreached(target: Target, error: str, wants: Wants) -> Gathered:
    """What is left when the portal cannot be reached: the showcase, if it is of this record."""
    tried = tuple(Observation(name=name, error=error) for name in sorted(wants.observations))
    shipped = _showcase(target)
    if shipped:
        note = (
            f"{error}\n  The showcase that fairkit ships stands in for the record; what could not be tried is unknown."
        )
        return Gathered(str(target), "showcase", shipped, tried, (note,))
    lost = Observation(name="document:cern-open-data", error=error)
    return Gathered(str(target), "live", (), (lost, *tried), (error,))


def _showcase(target: Target) -> tuple[Document, ...]:
    """The shipped documents of a record, named by any of its spellings."""
    spelling = recid(target.word) or ""
    number = spelling.rpartition("-")[2] if spelling.startswith("cms-") else spelling
    doi = (_doi(target.word) or "").upper()
    for folder in sorted(path for path in resources.folder("showcase").iterdir() if path.is_dir()):
        native = (folder / "native.json").read_bytes()
        if number == folder.name or (doi and doi == _metadata(native).get("doi", "").upper()):
            kinds = (
                ("cern-open-data", "native.json", _JSON),
                ("schema-org", "record.jsonld", _JSONLD),
                ("datacite", "datacite.json", _online.DATACITE),
            )
            return tuple(
                Document(
                    representation=dialect,
                    media_type=media_type,
                    url=f"showcase:{folder.name}/{name}",
                    body=(folder / name).read_bytes(),
                )
                for dialect, name, media_type in kinds
            )
    return ()
