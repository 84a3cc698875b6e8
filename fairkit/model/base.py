"""What every word of the model shares: it is frozen, and each field carries its IRI and meaning beside its type.

Words are plain dataclasses, quick to load and to make. Pydantic reads and writes them where they cross the border of
the program (`adapter`), and what it checks there is what `Term` and `Told` say.

The modules of words do without `from __future__ import annotations`, so that each annotation is evaluated once.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["FAIRKIT", "PROV", "SDO", "Frozen", "Namespace", "Term", "Told", "adapter", "plain", "read_json", "word"]

AnyFrozen = TypeVar("AnyFrozen")


class Namespace:
    """An IRI prefix whose attributes are the IRIs of its terms: `SDO.license`.

    No subclass of `str`: its methods (`split`, `format`) would stand in the way of terms of the same name.
    """

    __slots__ = ("_iri",)

    def __init__(self, iri: str) -> None:
        self._iri = iri

    def __str__(self) -> str:
        return self._iri

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return f"{self._iri}{name}"


SDO = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")
FAIRKIT = Namespace("https://w3id.org/fairkit/terms#")


class Term(NamedTuple):
    """The `iri` of a field's property, its `meaning` in a sentence, and its `unit` or `vocabulary` where it has one."""

    iri: str
    meaning: str = ""
    unit: str = ""
    vocabulary: str = ""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        told = {"description": self.meaning, "x-iri": self.iri, "x-unit": self.unit, "x-vocabulary": self.vocabulary}
        return handler(schema) | {key: value for key, value in told.items() if value}


class Told:
    """The `meaning` of a field of a file format, and the `limits` of its values in the words of pydantic's `Field`."""

    __slots__ = ("limits", "meaning")

    def __init__(self, meaning: str, **limits: Any) -> None:
        self.meaning = meaning
        self.limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic import Field

        return handler.generate_schema(Annotated[source, Field(description=self.meaning or None, **self.limits)])


class Frozen:
    """The base of all that travels between steps: immutable, and closed to fields that it does not know.

    What a dataclass would write and compile for each class, a millisecond each, is said here once, but for `__init__`.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise FrozenInstanceError(f"{type(self).__name__} is frozen: {name} stays as it is")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"{type(self).__name__} is frozen: {name} stays")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({told})"


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def word(cls: type[AnyFrozen]) -> type[AnyFrozen]:
    """Make a word of a class of `Frozen`: a dataclass, to all that ask, whose methods are those of `Frozen`."""
    made: Any = dataclass(init=False, repr=False, eq=False, kw_only=True)(cls)
    made.__init__ = _constructor(made)
    found: type[AnyFrozen] = made
    return found


def _constructor(made: Any) -> Any:
    """An `__init__` that sets all fields at once: the one of a frozen dataclass takes twice as long, and hundreds of
    things are made for each record. The names of the fields, which our own classes state, are all that is compiled."""
    names = [each.name for each in fields(made)]
    given = {f.name: f.default if f.default_factory is MISSING else f.default_factory() for f in fields(made)}
    takes = ", ".join(name if given[name] is MISSING else f"{name}=given[{name!r}]" for name in names)
    sets = ", ".join(f"{name!r}: {name}" for name in names)
    scope: dict[str, Any] = {"given": given, "put": object.__setattr__}
    exec(f"def __init__(self, *, {takes}): put(self, '__dict__', {{{sets}}})", scope)  # noqa: S102
    scope["__init__"].__qualname__ = f"{made.__name__}.__init__"  # as errors name it
    return scope["__init__"]


def adapter(kind: type[AnyFrozen]) -> TypeAdapter[AnyFrozen]:
    """What validates, reads and writes things of a `kind`, as pydantic does."""
    known: Any = kind  # no class is hashable to the type checker
    made: TypeAdapter[AnyFrozen] = _adapter(known)
    return made


@cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def read_json(kind: type[AnyFrozen], body: bytes) -> AnyFrozen:
    """A thing of a `kind` in JSON that we wrote, where file names that are no UTF-8 stand as lone surrogates.

    Raises:
        ValidationError: if it is none.
    """
    try:
        return adapter(kind).validate_json(body)
    except ValueError:
        try:
            parsed = json.loads(body) if b"\\ud" in body else None  # pydantic refuses these; all else it judged well
        except (ValueError, RecursionError):
            parsed = None
        if parsed is None:
            raise
    return adapter(kind).validate_python(parsed)


def plain(value: Any) -> Any:
    """A thing that is made of words as JSON has it: objects with the fields in their order, lists, plain values."""
    if isinstance(value, Frozen):
        return {name: plain(each) for name, each in value.__dict__.items()}
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value
