"""Pickles that do something when they are read in the ordinary way: leave a file, start a program, take the memory."""

from __future__ import annotations

import bz2
import gzip
import io
import pickle
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["MADE"]

Maker = Callable[[str], bytes]
MADE: dict[str, tuple[Maker, str]] = {}
"""By name: what makes the bytes for the name of a canary that must never appear, and a word that must be told."""


def made(told: str) -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        MADE[maker.__name__] = maker, told
        return maker

    return keep


class _Calls:
    """What pickles as a call of a function."""

    def __init__(self, function: Any, *args: Any) -> None:
        self._call = function, args

    def __reduce__(self) -> Any:
        return self._call


def _asks(name: str, *args: bytes) -> bytes:
    """A pickle of protocol 0 that calls `module name` with these texts."""
    module, _, function = name.rpartition(".")
    told = b"".join(b"S" + repr(arg)[1:].encode() + b"\n" for arg in args)
    return b"c" + module.encode() + b"\n" + function.encode() + b"\n(" + told + b"tR."


def _touch(canary: str) -> bytes:
    return f"touch {canary}".encode()


for _name in ("posix.system", "os.system", "nt.system", "os.popen", "subprocess.getoutput", "commands.getoutput"):

    def _of_shell(canary: str, name: str = _name) -> bytes:
        return _asks(name, _touch(canary))

    MADE[f"asks_for_{_name}"] = _of_shell, _name

for _name in ("builtins.eval", "builtins.exec", "__builtin__.eval", "code.InteractiveInterpreter.runsource"):

    def _of_python(canary: str, name: str = _name) -> bytes:
        return _asks(name, f"open({canary!r}, 'w').close()".encode())

    MADE[f"asks_for_{_name}"] = _of_python, _name


@made("builtins.open")
def opens_a_file(canary: str) -> bytes:
    return pickle.dumps(_Calls(open, canary, "w"), 4).replace(b"\x02io", b"\x08builtins")


@made("os.mkdir")
def makes_a_folder(canary: str) -> bytes:
    return _asks("os.mkdir", canary.encode())


@made("builtins.getattr")
def gets_an_attribute(canary: str) -> bytes:
    return _asks("builtins.getattr", b"os", b"system")


@made("importlib.import_module")
def imports_a_module(canary: str) -> bytes:
    return _asks("importlib.import_module", b"antigravity")


@made("posix.system")
def hidden_in_a_dictionary(canary: str) -> bytes:
    import os

    return pickle.dumps({"X": [np.zeros(3)], "meta": {"deep": [_Calls(os.system, f"touch {canary}")]}})


@made("posix.system")
def hidden_in_an_array_of_objects(canary: str) -> bytes:
    import os

    array = np.empty(2, object)
    array[0], array[1] = np.zeros(3), _Calls(os.system, f"touch {canary}")
    return pickle.dumps({"X": array})


@made("posix.system")
def hidden_behind_the_state_of_an_array(canary: str) -> bytes:
    """An array whose bytes are the answer of a command."""
    body = pickle.dumps(np.zeros(3), 2)
    return body[:-2] + _asks("posix.system", _touch(canary))[:-1] + b"b."


@made("posix.system")
def packed(canary: str) -> bytes:
    return bz2.compress(_asks("posix.system", _touch(canary)))


@made("posix.system")
def put_together_from_texts(canary: str) -> bytes:
    """The name stands in the memo and is fetched again: a search for the words side by side does not find it."""
    told = b"\x8c\x05posix\x94\x8c\x06system\x94\x8c\x01x\x94h\x00h\x01\x93"
    return b"\x80\x04" + told + b"\x8c" + bytes([len(_touch(canary))]) + _touch(canary) + b"\x85R."


@made("a name that is put together while it runs")
def put_together_while_it_runs(canary: str) -> bytes:
    told = b"\x80\x04]\x8c\x05posix\x8c\x06system\x86a0" + b"\x8c\x05posix\x85N\x93"
    return told + b"\x8c" + bytes([len(_touch(canary))]) + _touch(canary) + b"\x85R."


@made("posix.system")
def with_an_instance_of_old(canary: str) -> bytes:
    return b"(S" + repr(_touch(canary))[1:].encode() + b"\niposix\nsystem\n."


@made("posix.system")
def asked_for_by_an_object(canary: str) -> bytes:
    return b"(cposix\nsystem\nS" + repr(_touch(canary))[1:].encode() + b"\no."


@made("extension")
def with_an_extension(canary: str) -> bytes:
    return b"\x80\x02\x82\x01."


@made("persistent id")
def with_a_persistent_id(canary: str) -> bytes:
    return b"Pmodule://posix/system\n."


@made("numpy.testing._private.utils.runstring")
def asks_numpy_to_run_a_text(canary: str) -> bytes:
    return _asks("numpy.testing._private.utils.runstring", f"open({canary!r}, 'w')".encode(), b"")


@made("numpy.load")
def asks_numpy_to_load_another_file(canary: str) -> bytes:
    return _asks("numpy.load", b"/etc/passwd")


@made("collections.OrderedDict.fromkeys")
def asks_for_an_attribute_of_the_allowed(canary: str) -> bytes:
    return b"\x80\x04\x8c\x0bcollections\x8c\x14OrderedDict.fromkeys\x93\x8c\x01x\x85R."


@made("joblib.numpy_pickle.NumpyArrayWrapper")
def of_joblib(canary: str) -> bytes:
    return b"\x80\x04\x8c\x13joblib.numpy_pickle\x8c\x11NumpyArrayWrapper\x93)\x81." + bytes(64)


@made("pandas.core.frame.DataFrame")
def of_pandas(canary: str) -> bytes:
    return b"\x80\x04\x8c\x11pandas.core.frame\x8c\tDataFrame\x93)\x81}b."


@made("posix.system")
def a_second_pickle_behind_the_first(canary: str) -> bytes:
    return pickle.dumps([1, 2, 3]) + _asks("posix.system", _touch(canary))


@made("tries to change")
def changes_the_reader(canary: str) -> bytes:
    """The state of an allowed function is set: its attributes would be whatever the pickle says."""
    return b"\x80\x02cnumpy\ndtype\n(N}X\x07\x00\x00\x00_answerK\x01stb."


@made("an array of")
def an_array_larger_than_its_bytes(canary: str) -> bytes:
    body = pickle.dumps(np.zeros(3), 2)
    return body.replace(b"K\x03\x85", b"J\xff\xff\xff\x7f\x85", 1)


@made("NumPy has not")
def a_type_that_is_none(canary: str) -> bytes:
    return pickle.dumps(np.zeros(3), 2).replace(b"X\x02\x00\x00\x00f8", b"X\x02\x00\x00\x00q8")


@made("")
def a_memo_without_end(canary: str) -> bytes:
    return b"\x80\x02Nr\xff\xff\xff\x7f."


@made("")
def lists_without_end(canary: str) -> bytes:
    """Each list holds the one before twice."""
    return (
        b"\x80\x02]q\x00"
        + b"".join(b"]q" + bytes([n + 1]) + b"(h" + bytes([n, 104, n]) + b"e" for n in range(60))
        + b"."
    )


@made("")
def a_list_in_itself(canary: str) -> bytes:
    return b"\x80\x02]q\x00h\x00a."


@made("")
def nested_without_end(canary: str) -> bytes:
    return b"\x80\x02" + b"(" * 200_000 + b"t" * 200_000 + b"."


@made("unpacks to more than")
def packed_from_gigabytes(canary: str) -> bytes:
    out = io.BytesIO()
    with gzip.open(out, "wb", 1) as stream:
        stream.write(b"\x80\x04\x8e" + struct.pack("<Q", 3 << 30))
        for _ in range(3 << 6):
            stream.write(_ZEROS)
        stream.write(b".")
    return out.getvalue()


_ZEROS = bytes(1 << 24)


@made("")
def a_number_of_millions_of_digits(canary: str) -> bytes:
    return b"I" + b"9" * 5_000_000 + b"\n."


@made("cannot be read")
def cut_in_half(canary: str) -> bytes:
    body = pickle.dumps({"X": [np.zeros((3, 4))] * 100})
    return body[: len(body) // 2]


@made("cannot be read")
def packed_and_cut(canary: str) -> bytes:
    return bz2.compress(pickle.dumps(list(range(10_000))))[:200]
