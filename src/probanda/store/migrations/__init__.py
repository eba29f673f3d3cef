"""Migrations of the record, oldest first, run by `upgrading.bring_up`; none ever touches a decision.

Looks down to: nothing. Used by: store.
"""
