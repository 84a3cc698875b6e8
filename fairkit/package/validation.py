"""What `fairkit validate` found: each thing with its place, a code that stays, and what to do about it."""

from typing import Annotated, Literal

from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word

__all__ = ["Fault", "Validation"]


@word
class Fault(Frozen):
    """Something that is wrong, or that somebody should look at."""

    code: Annotated[str, Term(FAIRKIT.code, "What kind of fault it is: schema, variable-missing, split-count")]
    level: Annotated[Literal["error", "warning"], Term(FAIRKIT.level, "Whether it is wrong, or may be")]
    text: Annotated[str, Term(SDO.description, "What was found, in a sentence")]
    file: Annotated[str | None, Term(SDO.name, "The file, by its path from the top of the folder")] = None
    line: Annotated[int | None, Term(FAIRKIT.line, "Its line, from 1; null where it has none, as a file of data")] = (
        None
    )
    remedy: Annotated[str, Term(FAIRKIT.remedy, "What to do")] = ""


@word
class Validation(Frozen):
    """A folder or a package held against what is said of it."""

    target: Annotated[str, Term(FAIRKIT.target, "The folder as it was named")]
    passed: Annotated[bool, Term(FAIRKIT.passed, "Whether nothing is wrong; with --strict, nothing to look at either")]
    errors: Annotated[int, Term(FAIRKIT.errorCount, "How many faults are errors")] = 0
    warnings: Annotated[int, Term(FAIRKIT.warningCount, "How many are warnings")] = 0
    faults: Annotated[tuple[Fault, ...], Term(FAIRKIT.fault, "All of them, by file and line")] = ()
    unchecked: Annotated[
        tuple[str, ...], Term(FAIRKIT.unchecked, "What was not looked at, and what to do that it is")
    ] = ()
