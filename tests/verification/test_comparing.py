"""What is compared, and what is said of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fairkit.verification.comparing import Tolerances, broken_rules, compare, not_finite, quiet_rows

WITHIN = Tolerances(1e-5, 1e-6)
ONE = np.asarray([[0.25, 0.75], [0.5, 0.5]], "f4")


@pytest.mark.parametrize(
    ("found", "expected", "fault"),
    [
        (ONE, ONE, None),
        (ONE + np.float32(1e-7), ONE, None),
        (ONE + np.float32(1e-3), ONE, "y: 2 of 2 rows differ; the first is 0.251 at [0, 0], where 0.25 is expected"),
        (ONE, ONE[:1], "y: its shape is [2, 2], where [1, 2] is expected"),
        (np.asarray([np.inf]), np.asarray([np.inf]), None),
        (np.asarray([np.nan]), np.asarray([np.nan]), "y: 1 of 1 rows differ; the first is nan at [0]"),
        (np.asarray([1, 2]), np.asarray([1, 3]), "y: 1 of 2 rows differ"),
        (np.asarray(["a"], object), np.asarray(["a"]), None),
        (np.asarray(["a"], object), np.asarray(["b"]), "y: 1 of 1 rows differ"),
        (np.float32(1), np.float32(2), "y: 1 of 1 rows differ"),
    ],
)
def test_differences_are_told(found: Any, expected: Any, fault: str | None) -> None:
    told = compare({"y": np.asarray(found)}, {"y": np.asarray(expected)}, WITHIN).faults
    assert told == () if fault is None else told[0].startswith(fault)


def test_outputs_that_only_one_side_has_are_told() -> None:
    told = compare({"a": ONE}, {"b": ONE}, WITHIN)
    assert (len(told.faults), told.largest) == (2, None)


def test_the_largest_difference_is_told() -> None:
    assert compare({"y": ONE + np.float32(0.5)}, {"y": ONE}, WITHIN).largest == 0.5


def test_infinite_numbers_are_told_unless_expected() -> None:
    infinite = np.asarray([[np.inf], [1.0]])
    assert list(not_finite({"y": infinite}, {"y": infinite})) == []
    assert list(not_finite({"y": infinite}, {})) == ["y: 1 of 2 rows are NaN or infinite"]


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ({"range": (0.0, 1.0), "sums_to": 1.0, "shape": ("n", 2), "dtype": "float32"}, None),
        ({"meaning": "logit"}, None),
        ({"range": (None, 0.6)}, "0.75 is above 0.6"),
        ({"range": (0.3, None)}, "0.25 is below 0.3"),
        ({"sums_to": 0.5}, "2 of 2 rows do not add up to 0.5"),
        ({"shape": ("n", 3)}, "its shape is [2, 2]"),
        ({"shape": ("n",)}, "its shape is [2, 2]"),
        ({"dtype": "int64"}, "its type is float32"),
        ({"classes": ("a",)}, "2 numbers for each row, and 1 classes"),
        ({"classes": ("a", "b")}, "1 of 2 rows have another class than their label; row 1 is 'a'"),
        ({"name": "z"}, "z: the metadata tell of this output"),
    ],
)
def test_rules_are_held(rule: dict[str, Any], fault: str | None) -> None:
    told = list(broken_rules({"y": ONE}, [{"name": "y", **rule}], np.asarray([1, 1]), WITHIN))
    assert told == [] if fault is None else fault in told[0]


def test_a_probability_lies_between_0_and_1() -> None:
    rule = [{"name": "y", "meaning": "probability"}]
    assert len(list(broken_rules({"y": 2 * ONE}, rule, None, WITHIN))) == 1


@pytest.mark.parametrize(
    ("values", "shares"),
    [
        ([[0.0, 1.0], [1.0, 0.0]], (1.0, 0.5)),
        ([[0.0, 1.0], [0.3, 0.7]], (0.5, 0.5)),
        ([[0.3, 0.7], [0.3, 0.7]], (0.0, 1.0)),
        ([[0.0, 1.0]], (1.0, 0.0)),
    ],
)
def test_rows_that_say_nothing_are_counted(values: list[list[float]], shares: tuple[float, float]) -> None:
    assert quiet_rows({"y": np.asarray(values)}) == shares


@pytest.mark.parametrize(
    "labels",
    [
        np.array([1, 0]),
        np.array([1.0, 0.0]),
        np.array([[1], [0]]),
        np.array([[0, 1, 0], [1, 0, 0]]),
        np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
        np.array(["b", "a"]),
        np.array([b"b", b"a"]),
    ],
)
def test_labels_are_numbers_names_or_a_one_among_zeros(labels: Any) -> None:
    values = np.array([[0.1, 0.8, 0.1], [0.7, 0.2, 0.1]])
    rule = {"name": "y", "classes": ("a", "b", "c")}
    assert list(broken_rules({"y": values}, [rule], labels, Tolerances(0, 0))) == []
    [fault] = broken_rules({"y": values}, [rule], labels[::-1], Tolerances(0, 0))
    assert fault.startswith("y: 2 of 2 rows have another class than their label; row 0 is 'b', where 'a' is expected")


@pytest.mark.parametrize(("labels", "told"), [(np.array([7, 0]), "'7'"), (np.array([1.5, 0]), "'1.5'")])
def test_a_label_that_is_no_class_is_told(labels: Any, told: str) -> None:
    rule = {"name": "y", "classes": ("a", "b")}
    [fault] = broken_rules({"y": np.array([[0.1, 0.9], [0.7, 0.3]])}, [rule], labels, Tolerances(0, 0))
    assert told in fault
