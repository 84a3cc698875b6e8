"""Files that by their names alone hold secrets, or were left behind by a system or an editor."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from fairkit.publish.problem import Problem, problem

__all__ = ["of_name"]

_SECRET = (
    ".env", ".env.*", "*.env", ".netrc", "_netrc", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", ".pypirc",
    ".git-credentials", ".htpasswd", ".pgpass", "*.kdbx", "*.p12", "*.pfx", "*.ppk", ".dockercfg", ".vault-token",
)  # fmt: skip
_HARMLESS = (".env.example", ".env.sample", ".env.template", ".env.dist")
_STRAY = (".ds_store", "thumbs.db", "desktop.ini", "*.swp", "*~", "~$*", ".rhistory", ".python_history")
_STRAY_FOLDERS = frozenset({".git", ".svn", ".ipynb_checkpoints", "__pycache__", "__macosx", ".idea", ".vscode"})


def of_name(key: str) -> Iterator[Problem]:
    """What the name of a file says."""
    *folders, name = key.lower().split("/")
    if name not in _HARMLESS and any(fnmatchcase(name, pattern) for pattern in _SECRET):
        yield problem("secret-file", f"{key} is a file for secrets", place=key)
    if any(fnmatchcase(name, pattern) for pattern in _STRAY) or _STRAY_FOLDERS & set(folders):
        yield problem("stray-file", f"{key} is of a system or an editor", place=key)
