"""Who may see what, and how those who must not be seen are kept from sight.

Start with `rules.NEEDS`, a table that someone who does not program can read; then `eyes.Eyes`, the
frozen value that every call to the store carries; then `masking.Masker`, which takes names out of
words. This room knows users, labels and names to hide, never records.

Looks down to: kernel. Used by: store, casework, cli.
"""
