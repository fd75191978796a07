"""Companies apply: drafts with holes, what is missing, what was filed, and what becomes of it."""
