"""The audit log proves what was decided, and in what order, to someone who does not trust us.

Each decision is a salted leaf of a Merkle tree (RFC 6962): the tree can be given to anyone, one
decision is opened by handing over its text and salt, and erasing both leaves the proof whole.
Start with `log.make_leaf`, then `tree.Edge`, then `tree.verify_inclusion`.

Looks down to: kernel. Used by: store, casework.
"""
