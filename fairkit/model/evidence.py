"""Evidence: all that was read and tried about a target, frozen, so that a verdict can be replayed.

Times are recorded but stay out of the digest: the same documents and observations have the same digest whenever
they were gathered.
"""

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

from .base import FAIRKIT, SDO, Frozen, Term, word

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["Document", "Evidence", "Observation"]


def _decode(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"base64"} and isinstance(value["base64"], str):
        return base64.b64decode(value["base64"], validate=True)
    return value


def _encode(body: bytes) -> str | dict[str, str]:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode("ascii")}


class _Written:
    """How bytes stand in JSON: a text as a string, anything else in base64."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        from pydantic import BeforeValidator, PlainSerializer

        written = PlainSerializer(_encode, return_type=str | dict[str, str], when_used="json")
        return handler.generate_schema(Annotated[source, BeforeValidator(_decode), written])


@word
class Document(Frozen):
    """One thing that was read, byte for byte."""

    representation: Annotated[str, Term(FAIRKIT.representation, "The dialect that reads it: cern-open-data, datacite")]
    media_type: Annotated[str, Term(SDO.encodingFormat, "As it was served or guessed from the name")]
    url: Annotated[str, Term(SDO.url, "Where it came from: a URL, or a path as the user gave it")]
    body: Annotated[bytes, _Written, Term(SDO.text, "Its bytes: text as a string, anything else as {base64}")]

    @property
    def digest(self) -> str:
        """The sha256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@word
class Observation(Frozen):
    """One thing that was tried: its `value`, or the `error` that kept it from being known."""

    name: Annotated[str, Term(SDO.name, "What was tried: landing_page, identifier, registry, document:<dialect>")]
    value: Annotated[str | None, Term(SDO.value, "What was found")] = None
    source: Annotated[str | None, Term(SDO.url, "Where it was tried")] = None
    retrieved_at: Annotated[str | None, Term(FAIRKIT.retrievedAt, "When, ISO 8601 in UTC")] = None
    error: Annotated[str | None, Term(FAIRKIT.error, "Why it could not be known")] = None


@word
class Evidence(Frozen):
    """All that was gathered about one target."""

    target: Annotated[str, Term(FAIRKIT.target, "The target as it was named")]
    source: Annotated[str, Term(FAIRKIT.source, "The source that recognised it")]
    basis: Annotated[
        Literal["live", "saved", "local", "showcase"],
        Term(FAIRKIT.basis, "A service, saved documents, a folder not yet deposited, or the shipped showcase"),
    ] = "live"
    documents: Annotated[tuple[Document, ...], Term(FAIRKIT.document, "What was read, the richest first")] = ()
    observations: Annotated[tuple[Observation, ...], Term(FAIRKIT.observation, "What was tried")] = ()

    @property
    def digest(self) -> str:
        """The sha256 of all that was read and tried, without times."""
        read = [[d.representation, d.media_type, d.url, d.digest] for d in self.documents]
        tried = [[o.name, o.value, o.source, o.error] for o in self.observations]
        canonical = json.dumps([self.basis, read, tried], ensure_ascii=False, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()

    def observation(self, name: str) -> Observation | None:
        """The observation called `name`, if it was tried."""
        return next((o for o in self.observations if o.name == name), None)
