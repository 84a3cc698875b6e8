"""Texts in BibTeX: what LaTeX would obey is escaped, and every brace has its partner."""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["address", "author", "escaped"]

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
"""BibTeX counts escaped braces as braces, so these have names."""
_FORMULA = re.compile(r"\$([^$]{1,200})\$")
_MATHS = re.compile(r"(?:[\w\s+\-=<>/|.,:;()'*!^{}]|\\[A-Za-z]{1,12}|\\[,;!])+", re.ASCII)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_KNOWN = frozenset({
    "alpha", "approx", "bar", "beta", "cdot", "chi", "delta", "Delta", "ell", "epsilon", "eta", "gamma", "Gamma",
    "geq", "hat", "in", "infty", "int", "kappa", "lambda", "Lambda", "langle", "ldots", "leftarrow", "leq", "mathcal",
    "mathrm", "mathbf", "mp", "mu", "neq", "nu", "omega", "Omega", "overline", "partial", "phi", "Phi", "pi", "Pi",
    "pm", "prod", "propto", "psi", "Psi", "rangle", "rho", "rightarrow", "sigma", "Sigma", "sim", "sqrt", "sum",
    "tau", "text", "theta", "Theta", "tilde", "times", "to", "underline", "upsilon", "varepsilon", "varphi", "vec",
    "xi", "Xi", "zeta",
})  # fmt: skip
"""Commands that only draw signs; others could read files."""


def escaped(text: str) -> str:
    """A text for a field between braces; formulas of plain mathematics stay as they are."""
    found, place = [], 0
    for formula in _FORMULA.finditer(text):
        if _is_plain(formula[1]):
            found += [_signs(text[place : formula.start()]), formula[0]]
            place = formula.end()
    return "".join([*found, _signs(text[place:])])


def _signs(text: str) -> str:
    return "".join(_SPECIAL.get(letter, letter) for letter in text)


def _is_plain(formula: str) -> bool:
    """Whether a formula has only signs and commands that draw them, and its braces match."""
    depth = 0
    for letter in formula:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth < 0:
            return False
    return depth == 0 and _MATHS.fullmatch(formula) is not None and _KNOWN.issuperset(_COMMAND.findall(formula))


def author(name: str, *, person: bool) -> str:
    """A name that BibTeX does not take apart, but for a person with the family name first."""
    words = " ".join(name.split())
    apart = person and words.count(",") == 1 and " and " not in f" {words.casefold()} "
    return _signs(words) if apart else f"{{{_signs(words)}}}"


def address(url: str) -> str:
    """An address as it is printed and followed: signs that LaTeX or BibTeX would take for theirs are encoded."""
    return quote(url, safe="/:;()@!$&'*+,=-._?#[]%~")
