"""Readers, one file for each language; what they share lies in the room above."""
