"""The parts of the dossier, one file each, in the order in which they are read.

`cover`, `items`, `incidents`, `actors`, `chronology`, `matrix`, `notes`: each takes the desk and gives
back frozen record. They are drafted in this order, because notes are numbered as they are first used.

Looks down to: desk, speech, dates, words, record. Used by: dossier, text.
"""
