"""Looking at results from outside: audits that derive them again from the ballots, methods side by side, and how much
a result hangs on one ballot. Nothing here decides anything.
"""
