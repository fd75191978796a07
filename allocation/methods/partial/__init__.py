"""Methods that grant partial amounts: between the least that a project needs (its cost) and the most it can use (its
target), or nothing.
"""
