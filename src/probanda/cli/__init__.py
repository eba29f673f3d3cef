"""The command line: one file per family of commands; results on standard output, talk on standard error.

Start with `main`. Each command imports what it needs when it runs, so that `--help` stays quick.

Looks down to: casework. Used by: people and scripts.
"""
