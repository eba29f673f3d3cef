"""Actors: mentions linked to persons, units, bodies, States and places, by explained rules and persons' decisions.

Start with `model` (what comes out), then `linking.link` (the whole in one function), then `kinds`, `persons`
and `named` (the rules), then `grouping.group` (the constrained union, which incidents use too).
`proposals` holds what the rules hand to the union.

Looks down to: claims.model, names, kernel. Used by: incidents, matrix, reports, casework.
"""
