"""What names suggest is a guess: with its reason, and only where nobody states it."""

from __future__ import annotations

import pytest

from fairkit.model.variable import Variable
from fairkit.package.guesses import guesses, names_a_split, role_of


@pytest.mark.parametrize(
    ("name", "dtype", "role"),
    [
        ("label", "int64", "label"),
        ("label_hbb", "int8", "label"),
        ("is_signal_new", "int64", "label"),
        ("sample_isQCD", "int32", "label"),
        ("y", "int64", "label"),
        ("y", "float32", None),
        ("target", "float32", "label"),
        ("weight", "float64", "weight"),
        ("KaggleWeight", "float64", "weight"),
        ("genWeight", "float32", "weight"),
        ("truthE", "float32", "truth"),
        ("gen_pt", "float32", "truth"),
        ("is_gen_muon", "int8", "truth"),
        ("event", "int64", "identifier"),
        ("eventNumber", "uint64", "identifier"),
        ("run", "uint32", "identifier"),
        ("EventId", "int64", "identifier"),
        ("jet_idx", "int32", "identifier"),
        ("ttv", "int64", "identifier"),
        ("part", "string", "identifier"),
        ("jet_pt", "float32", None),
        ("general_mass", "float32", None),
        ("isolation", "float32", None),
        ("n_signal", "int32", None),
        ("eta", "float32", None),
    ],
)
def test_a_name_suggests_a_role(name: str, dtype: str, role: str | None) -> None:
    found = role_of(Variable(name=name, dtype=dtype))
    assert (found[0] if found else None) == role


def test_what_is_stated_is_not_guessed() -> None:
    assert guesses([Variable(name="label", dtype="int8", role="feature", group="jet")]) == ()


def test_variables_whose_names_begin_alike_are_a_group() -> None:
    known = [Variable(name=name) for name in ("jet_pt", "jet_eta", "track_pt", "track_d0", "met", "is_a", "is_b")]
    found = {guess.subject: guess.value for guess in guesses(known) if guess.field == "group"}
    assert found == {"jet_pt": "jet", "jet_eta": "jet", "track_pt": "track", "track_d0": "track"}


def test_numbered_momenta_are_constituents() -> None:
    momenta = [Variable(name=name, shape=(200,), columns=f"{name}_{{0..199}}") for name in ("E", "PX", "PY", "PZ")]
    assert [(g.subject, g.field, g.value) for g in guesses(momenta)] == [
        (name, "group", "constituents") for name in ("E", "PX", "PY", "PZ")
    ]


@pytest.mark.parametrize("name", ["npfcand", "nPFCand", "n_pfcand", "pfcand_n", "n_pfcands", "pfcand_count"])
def test_a_whole_number_may_count_a_group(name: str) -> None:
    known = [Variable(name=name, dtype="int32"), Variable(name="pfcand_pt", dtype="float32", shape=(None,))]
    known.append(Variable(name="pfcand_eta", dtype="float32", shape=(None,)))
    found = [guess for guess in guesses(known) if guess.field == "count"]
    assert {(guess.subject, guess.value) for guess in found} == {("pfcand_pt", name), ("pfcand_eta", name)}


@pytest.mark.parametrize(("name", "told"), [("part", True), ("Split", True), ("KaggleSet", True), ("jet_pt", False)])
def test_some_columns_say_the_split(name: str, told: bool) -> None:
    assert names_a_split(name) is told
