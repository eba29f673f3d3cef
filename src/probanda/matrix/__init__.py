"""The matrix lays claims against the elements of crimes: for whom, which crime, which mode, for and against, with gaps.

A layout is a question for examination. No score, no finding, no standard of proof is ever said to be met, and everybody
named is presumed innocent. Start with `layout.lay_out`; the rules that look for support are in `looks`, what speaks
against in `against`, how many origins stand behind a cell in `weight`.

Looks down to: incidents, actors, claims, law, kernel. Used by: reports, casework, cli.
"""

from probanda.matrix.layout import lay_out, set_aside

__all__ = ["lay_out", "set_aside"]
