"""channels.csv: what was written is read back whole, and a row that is no channel is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects import channels_csv
from fairkit.errors import UnreadableDocument
from fairkit.model.ai import Channel
from fairkit.model.evidence import Document
from fairkit.model.resource import Resource

from .documents import assert_sane
from .of_models import MODEL

NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
WORDS = st.text("abcµ _,;\"'1/^", min_size=1, max_size=12).map(str.strip).filter(bool)
BOUNDS = st.none() | st.tuples(NUMBERS, NUMBERS).filter(any)
CHANNELS = st.builds(
    Channel,
    input=WORDS,
    index=st.integers(0, 9999),
    variable=WORDS,
    unit=st.none() | WORDS,
    description=st.none() | WORDS,
    shift=NUMBERS,
    scale=NUMBERS,
    clip=BOUNDS,
    padding=st.none() | WORDS,
    range=BOUNDS,
)


def document(body: bytes) -> Document:
    return Document(representation="channels-csv", media_type=channels_csv.MEDIA_TYPE, url="channels.csv", body=body)


@given(st.lists(CHANNELS, max_size=5))
def test_what_was_written_is_read_back(told: list[Channel]) -> None:
    written = channels_csv.write(Resource(kind="model", channels=tuple(told)))
    assert channels_csv.claims(written)
    view = channels_csv.read(document(written))
    assert (view.resource.channels, view.faults) == (tuple(told), ())
    assert_sane(view)


def test_every_field_of_a_channel_is_kept() -> None:
    written = channels_csv.write(Resource(kind="model", channels=MODEL["channels"]))
    assert channels_csv.read(document(written)).resource.channels == MODEL["channels"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("tracks,one,pt,", "/0: "),
        ("tracks,,pt,", "/0: "),
        ("tracks,0,,", "variable"),
        ("tracks,0,pt,nan", "shift"),
        ("tracks,0,pt,far", "/0: "),
    ],
)
def test_a_row_that_is_no_channel_is_named_and_its_neighbours_stay(row: str, fault: str) -> None:
    text = f"input,index,variable,shift\n{row}\ntracks,1,eta,0.5\n"
    view = channels_csv.read(document(text.encode()))
    assert [one.variable for one in view.resource.channels] == ["eta"]
    assert len(view.faults) == 1
    assert fault in view.faults[0]


@pytest.mark.parametrize(
    "text", ["", "name,unit\npt,GeV\n", "input,index\ntracks,0\n", 'input,index,variable\n"tracks,0,pt\n']
)
def test_what_is_no_table_of_channels_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"channels\.csv"):
        channels_csv.read(document(text.encode()))


def test_other_tables_are_not_claimed() -> None:
    assert not channels_csv.claims(b"name,unit\npt,GeV\n")
    assert channels_csv.claims(b"\xef\xbb\xbfInput;Index;Variable\n")
