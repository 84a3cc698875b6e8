"""Every error has a code of its own, an exit code, and says what to do."""

from __future__ import annotations

import pytest

from fairkit import errors

CLASSES = [getattr(errors, name) for name in errors.__all__]


def test_the_tree_in_the_docstring_names_every_error() -> None:
    assert all(name in (errors.__doc__ or "") for name in errors.__all__)


def test_every_code_is_one_of_a_kind() -> None:
    assert len({error.code for error in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [
        (errors.FairkitError, 70),
        (errors.UsageError, 2),
        (errors.ChecklistError, 2),
        (errors.UnknownTarget, 2),
        (errors.NotFound, 2),
        (errors.UnreadableDocument, 2),
        (errors.Unreachable, 3),
        (errors.Offline, 3),
        (errors.RefusedAddress, 3),
        (errors.TooLarge, 3),
        (errors.AuthenticationError, 4),
    ],
)
def test_exit_codes_follow_the_tree(error: type[errors.FairkitError], exit_code: int) -> None:
    assert error.exit_code == exit_code
    raised = error("it broke", value=3, remedy="Mend it.")
    assert (raised.what, raised.value, raised.remedy) == ("it broke", 3, "Mend it.")
    assert str(raised) == "it broke\n  Mend it."
    assert str(error("it broke")) == "it broke"


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("datacit", "Did you mean 'datacite'?"), ("xyz", ""), ("DataCite", "Did you mean 'datacite'?")],
)
def test_an_unknown_name_lists_the_known_ones(name: str, proposed: str) -> None:
    error = errors.UnknownName("dialect", name, ["schema-org", "datacite"])
    assert error.what == f"there is no dialect {name!r}"
    assert error.known == ["datacite", "schema-org"]
    assert error.remedy.startswith(proposed)
    assert error.remedy.endswith("Known: datacite, schema-org")
