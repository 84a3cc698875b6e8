"""Packages: a folder of files and what describes it, from the first look to something that can be deposited.

Files are looked at (`describe`), described (`init`), converted, provided with their history (`provenance`), and put
together with metadata in the forms that others read and with the digest of every byte (`package`, `verify`).
"""
