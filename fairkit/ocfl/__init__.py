"""OCFL 1.1, the layout of local repositories: read by whoever is given a path, written by `publish`.

`storage` reads storage roots and objects, `inside` finds the file that a path into an object means, `writing` adds
versions.
"""
