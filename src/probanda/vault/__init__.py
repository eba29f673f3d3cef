"""The vault keeps every item exactly as it arrived, and can prove it.

Bytes enter once, under their SHA-256, and never change; they are checked whenever they are used.
Start with `finding.find` (what there is to take in), then `vault.Vault.preserve`, then `verify`.

Looks down to: kernel. Used by: reading, store, casework.
"""
