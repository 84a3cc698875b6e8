"""What `fairkit init` did: what was filled in and where it comes from, what nobody knows, what contradicts the file."""

from typing import Annotated, Any, Literal

from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word

__all__ = ["Contradiction", "Filled", "How", "Initiation", "Question"]

How = Literal["extracted", "read", "guessed", "asked"]


@word
class Filled(Frozen):
    """A value that was written, and its origin."""

    place: Annotated[str, Term(FAIRKIT.place, "Where it stands: resource.title, variables.3, variables.csv")]
    value: Annotated[Any, Term(SDO.value, "The value as the file has it")]
    how: Annotated[
        How, Term(FAIRKIT.how, "extracted (out of a text or of data), read (a document states it), guessed, asked")
    ]
    source: Annotated[str | None, Term(SDO.isBasedOn, "The file that tells it")] = None
    line: Annotated[int | None, Term(FAIRKIT.line, "The line of that file, from 1")] = None
    quote: Annotated[str | None, Term(SDO.text, "The words that tell it, or why it is guessed")] = None


@word
class Question(Frozen):
    """What nobody knows yet."""

    field: Annotated[str, Term(FAIRKIT.field, "The field of the resource: license, creators")]
    question: Annotated[str, Term(SDO.name, "What is asked")]
    example: Annotated[str, Term(FAIRKIT.example, "How the answer is written in fairkit.toml")]
    proposal: Annotated[str | None, Term(FAIRKIT.suggestion, "An answer that may be right")] = None


@word
class Contradiction(Frozen):
    """A value in the file that something else contradicts; it was left as it is."""

    text: Annotated[str, Term(SDO.description, "What contradicts what")]
    file: Annotated[str | None, Term(SDO.name, "The file with the value")] = None
    line: Annotated[int | None, Term(FAIRKIT.line, "Its line, from 1")] = None


@word
class Initiation(Frozen):
    """A folder whose fairkit.toml was begun, or completed."""

    target: Annotated[str, Term(FAIRKIT.target, "The folder as it was named")]
    created: Annotated[bool, Term(FAIRKIT.created, "Whether there was no fairkit.toml before")] = False
    written: Annotated[tuple[str, ...], Term(SDO.result, "The files that were written; none where all was there")] = ()
    filled: Annotated[tuple[Filled, ...], Term(FAIRKIT.filled, "What was filled in, with its origin")] = ()
    questions: Annotated[tuple[Question, ...], Term(FAIRKIT.question, "What nobody knows yet")] = ()
    contradictions: Annotated[
        tuple[Contradiction, ...], Term(FAIRKIT.contradiction, "What contradicts the file, and was not changed")
    ] = ()
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What could not be added, and why")] = ()
