"""Names: what two written names allow one to say of each other, with the reason; spellings, places, bodies as data.

Nothing here knows texts or mentions. There are two ways in:

- `compare`: names prepared once and compared as often as needed, across scripts and languages, with a value, a proposal
  and a reason; `blocking` finds which are worth comparing. Below it: `letters` and `sounds` (spellings), `given`,
  `parts` and `people`; `unit_words`, `unit_parts` and `units`; `place_parts` and `place_pairs`.
- `persons`, `bodies` and `places` over `folding`: the verdicts on which the clusters within texts rest; stricter where
  a text can tell more than a name.

All data are lines in `data/` that a linguist can read and correct: given.yaml, variants.yaml, ranks.yaml, sounds.yaml,
words.yaml, bodies.yaml, place_words.yaml, places.txt, states.txt; and, for maps, positions.txt and sheltered.yaml
(`positions`).

Looks down to: kernel (errors), its data. Used by: claims, actors, incidents, reports, cli.
"""
