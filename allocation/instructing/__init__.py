"""Instruction: who has an interest, who reads what, reports, scores, and the checks of a budget."""
