"""The reference of an entry: its event, then the record it books. Plain Python."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_ODD = re.compile(r"[\s%]")
"""What a bank or a person may write in a reference and an entry's reference does not hold."""


def entry_reference(kind: str, *named: object) -> str:
    """The reference of an entry: its event, then the record it books. Spaces and `%` are written `%20` and `%25`.

    >>> entry_reference("receipt", "REL 12")
    'receipt:REL%2012'
    """
    return ":".join([kind, *(_ODD.sub(lambda odd: quote(odd[0]), str(name)) for name in named)])


def booked_record(reference: str) -> tuple[str, str]:
    """The event and the record that an entry's reference names.

    >>> booked_record("receipt:REL%2012")
    ('receipt', 'REL 12')
    """
    kind, _, named = reference.partition(":")
    return kind, unquote(named)
