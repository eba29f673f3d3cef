"""Names: what two written names allow one to say of each other, with the reason; spellings, places, bodies as data.

Nothing here knows texts or mentions. Start with `model` (verdicts), then `folding` (how spellings meet),
then `persons`, `bodies` and `places`. All data are lines in `data/` that a linguist can read and correct:
variants.yaml, ranks.yaml, bodies.yaml, states.txt, places.txt.

Looks down to: nothing but its data. Used by: claims, actors, incidents, reports.
"""
