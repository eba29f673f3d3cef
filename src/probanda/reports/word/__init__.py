"""How a Word file is made: runs of text in their voices and directions, footnotes, styles, and the package.

Start with `runs.Pen`. The reading order of the dossier is not here but in `reports.docx`; this
folder knows WordprocessingML (ISO/IEC 29500-1, transitional) and nothing of cases.

Looks down to: record, characters. Used by: docx.
"""
