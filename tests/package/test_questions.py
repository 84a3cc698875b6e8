"""What only people can say: which questions there are, how they stand in the file, what an answer means."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from fairkit.errors import UsageError
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable
from fairkit.package import questions
from fairkit.package.initiation import Question

ADA = Agent(name="Example, Ada")
FULL = Resource(title="Jets", description="Toys", license="MIT", creators=(ADA,), keywords=("jets",))


def ask(field: str) -> Question:
    return Question(field=field, question="?", example="=")


@pytest.mark.parametrize(
    ("resource", "fields"),
    [
        (FULL, []),
        (Resource(), ["license", "creators", "description", "title", "keywords"]),
        (Resource(title="Jets", license="MIT"), ["creators", "description", "keywords"]),
    ],
)
def test_what_is_missing_is_asked_the_most_valuable_first(resource: Resource, fields: list[str]) -> None:
    assert [one.field for one in questions.questions(resource, root="it", proposals={})] == fields


@pytest.mark.parametrize(
    ("variable", "asked"),
    [
        (Variable(name="a"), True),
        (Variable(name="a", unit="1"), True),
        (Variable(name="a", unit="1", description="an a"), False),
    ],
)
def test_variables_are_asked_about_unless_all_are_told(variable: Variable, asked: bool) -> None:
    made = Resource(**(FULL.__dict__ | {"variables": (variable,)}))
    assert [one.field for one in questions.questions(made, root="it", proposals={})] == ["variables"] * asked


@pytest.mark.parametrize(
    ("kind", "field", "proposal"),
    [
        ("dataset", "license", "CC-BY-4.0"),
        ("model", "license", "Apache-2.0"),
        ("dataset", "title", "Toy jets 2"),
        ("dataset", "creators", None),
        ("dataset", "description", None),
    ],
)
def test_proposals_stand_on_what_is_there(kind: Any, field: str, proposal: str | None) -> None:
    every = questions.questions(Resource(kind=kind), root="a/toy_jets-2", proposals={})
    assert next(one.proposal for one in every if one.field == field) == proposal


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("license", "cc by 4.0", "CC-BY-4.0"),
        ("title", "  A \x1b title ", "A title"),
        ("keywords", "jets, toys,jets,", ("jets", "toys")),
        ("creators", "Example, Ada; CERN", (ADA, Agent(name="CERN"))),
        (
            "creators",
            "Example, Ada (https://orcid.org/0000-0002-1825-0097)",
            (
                Agent(
                    name="Example, Ada",
                    type="person",
                    identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),),
                ),
            ),
        ),
    ],
)
def test_an_answer_is_understood(field: str, written: str, value: object) -> None:
    assert questions.answer(ask(field), written) == value


@pytest.mark.parametrize(("field", "written"), [("license", "ours"), ("creators", "Ada 0000-0002-1825-0098")])
def test_a_wrong_answer_is_told(field: str, written: str) -> None:
    with pytest.raises(UsageError):
        questions.answer(ask(field), written)


@pytest.mark.parametrize(
    "text", ["", "# mine\n", "# mine\n\n[resource]\ntitle = 'a'\n", "[resource]\ntitle = '''\n#? no: x\n'''\n"]
)
def test_questions_come_and_go_and_nothing_else_does(text: str) -> None:
    every = (ask("license"), ask("creators"))
    made = questions.opened(text, every)
    assert [field for field, _ in questions.left(made)] == ["license", "creators"]
    assert tomllib.loads(made) == tomllib.loads(text)
    assert questions.opened(made, every) == made
    fewer = questions.opened(made, every[1:])
    assert [field for field, _ in questions.left(fewer)] == ["creators"]
    none = questions.opened(fewer, ())
    assert questions.left(none) == []
    assert none.split() == text.split()
