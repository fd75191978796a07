"""Decide: scenarios on the same ballots, the decision and its record."""
