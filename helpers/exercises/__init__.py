"""The exercises: one module per notebook, named for it, found by listing this folder."""
