"""The beginning of a model's fairkit.toml: what its file, its configuration and the documents around it tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairkit.dialects import fairkit_toml
from fairkit.errors import UsageError
from fairkit.model.ai import DataUse
from fairkit.model.evidence import Document
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.package import questions
from fairkit.package.init import Initiation, init
from fairkit.package.initiation import Question

from .model_folders import bare, onnx_of, told

CMS = Identifier(scheme="doi", value="10.7483/OPENDATA.CMS.JGJX.MS7Q")
CONFIGURED = """\
task: jet tagging
model:
  type: interaction network
dataset: {doi: 10.7483/OPENDATA.CMS.JGJX.MS7Q}
train_files: [a_9.root, a_45.root]
test_files: [a_0.root]
metrics: {auc: 0.99, accuracy: }
"""


def resource(folder: Path) -> Resource:
    body = (folder / "fairkit.toml").read_bytes()
    view = fairkit_toml.read(
        Document(representation="fairkit-toml", media_type="application/toml", url="fairkit.toml", body=body)
    )
    assert view.faults == ()
    return view.resource


def origins(made: Initiation) -> dict[str, tuple[str, str | None]]:
    return {one.place: (one.how, one.source) for one in made.filled}


def test_a_bare_folder_gives_what_its_file_says_and_asks_the_rest(tmp_path: Path) -> None:
    root = bare(tmp_path / "model")
    made = init(str(root))
    found = resource(root)
    assert (found.kind, found.parameter_count, found.license, found.data_uses) == ("model", 88, None, ())
    assert [(one.name, one.dtype, one.shape) for one in (*found.inputs, *found.outputs)] == [
        ("tracks", "float32", ("batch", 30, 60)),
        ("vertices", "float32", ("batch", 14, 5)),
        ("p", "float32", ("batch", 2)),
    ]
    header = ("extracted", "trained_models/IN.onnx")
    assert {name: origins(made)[name] for name in ("resource.kind", "model.parameters", "model.inputs.1")} == {
        "resource.kind": header,
        "model.parameters": header,
        "model.inputs.1": header,
    }
    assert found.requirements == ("numpy", "torch", "h5py>=2")
    assert [one.field for one in made.questions] == [
        "license", "tasks", "intended_use", "data_uses", "creators", "keywords",
    ]  # fmt: skip


@pytest.mark.parametrize("layout", [bare, told])
def test_a_second_run_changes_nothing(tmp_path: Path, layout: type) -> None:
    root = layout(tmp_path / "model")
    init(str(root))
    before = (root / "fairkit.toml").read_bytes()
    assert (init(str(root)).written, (root / "fairkit.toml").read_bytes()) == ((), before)


def test_a_whole_folder_gives_what_its_documents_say(tmp_path: Path) -> None:
    root = told(tmp_path / "model")
    (root / "src/data/definitions.yml").write_text(CONFIGURED)
    made = init(str(root))
    found = resource(root)
    assert (found.license, found.version, found.tasks, found.architecture) == (
        "MIT", "1.0.0", ("jet tagging",), "interaction network",
    )  # fmt: skip
    assert found.data_uses == (
        DataUse(role="trained", identifier=CMS, files=("a_9.root", "a_45.root")),
        DataUse(role="tested", identifier=CMS, files=("a_0.root",)),
    )
    assert [(one.metric, one.value) for one in found.results] == [("auc", 0.99)]
    wanted = ("resource.license", "model.tasks", "model.data.0", "usage.requirements")
    assert {name: origins(made)[name] for name in wanted} == {
        "resource.license": ("read", "CITATION.cff"),
        "model.tasks": ("read", "src/data/definitions.yml"),
        "model.data.0": ("read", "src/data/definitions.yml"),
        "usage.requirements": ("read", "requirements.txt"),
    }


@pytest.mark.parametrize(
    ("line", "uses"),
    [
        (f"Trained on the open data sample https://doi.org/{CMS.value}.", 1),
        (f"It is trained on a dataset ({CMS.value}).", 1),
        (f"Cite {CMS.value}.", 0),
        (f"[![data](https://zenodo.org/badge/DOI/{CMS.value}.svg)](x)", 0),
        ("The dataset lies at /storage/group/x.", 0),
    ],
)
def test_a_readme_that_names_the_data_gives_a_guess(tmp_path: Path, line: str, uses: int) -> None:
    root = bare(tmp_path / "model")
    (root / "README.md").write_text(f"# Network\n\nIt tags.\n\n{line}\n")
    made = init(str(root))
    assert resource(root).data_uses == (DataUse(role="trained", identifier=CMS),) * uses
    assert origins(made).get("model.data.0") == (("guessed", "README.md") if uses else None)


def test_files_of_a_configuration_get_the_dataset_of_the_readme_as_a_guess(tmp_path: Path) -> None:
    root = told(tmp_path / "model")
    (root / "src/data/definitions.yml").write_text("train_files: [a.root]\n")
    (root / "README.md").write_text(f"# Hbb\n\nIt tags.\n\nTrained on https://doi.org/{CMS.value}\n")
    made = init(str(root))
    assert resource(root).data_uses == (DataUse(role="trained", identifier=CMS, files=("a.root",)),)
    assert [(one.place, one.how) for one in made.filled if one.place.startswith("model.data")] == [
        ("model.data.0", "read"),
        ("model.data.0.doi", "guessed"),
    ]
    assert init(str(root)).written == ()


def test_what_somebody_wrote_stays(tmp_path: Path) -> None:
    root = told(tmp_path / "model")
    own = '[model]\nparameters = 7  # mine\n\n[[model.inputs]]\nname = "mine"\n'
    (root / "fairkit.toml").write_text(own)
    init(str(root))
    found = resource(root)
    assert (found.parameter_count, [one.name for one in found.inputs]) == (7, ["mine"])
    assert [one.name for one in found.outputs] == ["p"]
    assert all(line in (root / "fairkit.toml").read_text() for line in own.splitlines())


def test_of_several_model_files_one_speaks(tmp_path: Path) -> None:
    root = bare(tmp_path / "model")
    onnx_of(root / "trained_models" / "older.onnx")
    made = init(str(root))
    assert len(resource(root).inputs) == 2
    assert [note for note in made.notes if "older.onnx" in note] == [
        "trained_models/older.onnx is another model file: inputs, outputs and weights are not told from it"
    ]


def test_without_requirements_the_operators_are_required(tmp_path: Path) -> None:
    root = bare(tmp_path / "model")
    (root / "requirements.txt").unlink()
    init(str(root))
    assert resource(root).requirements == ("ONNX opset 11",)


def test_a_file_of_mlflow_is_read(tmp_path: Path) -> None:
    root = bare(tmp_path / "model")
    (root / "MLmodel").write_text(
        "flavors:\n  onnx:\n    onnx_version: 1.14.0\nutc_time_created: '2026-01-02 03:04:05'\n"
    )
    made = init(str(root))
    assert origins(made)["resource.created"] == ("read", "MLmodel")
    assert resource(root).requirements == ("onnx==1.14.0",)


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        f'task: {"x" * 300}\narchitecture: "a\\e[31m"\n',
        "- 1\n",
        "task: {a: b}\ntrain_files: 3\nmetrics: [1]\nmodel: [x]\n",
        "\0",
        "",
    ],
)
def test_odd_configurations_tell_nothing(tmp_path: Path, text: str) -> None:
    root = told(tmp_path / "model")
    (root / "src/data/definitions.yml").write_text(text)
    made = init(str(root))
    assert not [one for one in made.filled if one.source == "src/data/definitions.yml"]


def test_data_with_a_model_beside_them_stay_data_where_a_document_says_so(tmp_path: Path) -> None:
    root = bare(tmp_path / "data")
    (root / "CITATION.cff").write_text("cff-version: 1.2.0\nmessage: cite\ntitle: Jets\ntype: dataset\nauthors: []\n")
    init(str(root))
    assert resource(root).kind == "dataset"


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("tasks", "jet tagging, regression", ("jet tagging", "regression")),
        ("intended_use", "Tagging", "Tagging"),
        ("data_uses", f"https://doi.org/{CMS.value}", (DataUse(role="trained", identifier=CMS),)),
    ],
)
def test_answers_about_a_model(field: str, written: str, value: object) -> None:
    assert questions.answer(Question(field=field, question="?", example="="), written) == value


def test_an_answer_that_names_no_data_is_refused() -> None:
    with pytest.raises(UsageError, match="names no dataset"):
        questions.answer(Question(field="data_uses", question="?", example="="), "mine")


def test_what_is_answered_is_written(tmp_path: Path) -> None:
    root = bare(tmp_path / "model")
    said = {
        "license": "MIT",
        "tasks": ("tagging",),
        "intended_use": "Jets",
        "data_uses": (DataUse(role="trained", identifier=CMS),),
    }
    init(str(root), ask=lambda question: said.get(question.field))
    found = resource(root)
    assert (found.license, found.tasks, found.intended_use, found.data_uses) == tuple(said.values())
