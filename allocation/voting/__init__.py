"""Deliberate: meetings, proxies, votes and their sealed papers."""
