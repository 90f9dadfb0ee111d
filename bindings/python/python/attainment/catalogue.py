"""Published documents of the library: the JSON Schema of every format."""

from __future__ import annotations

from typing import Any

from attainment import _attainment

__all__ = ["schema"]


def schema(name: str) -> dict[str, Any] | None:
    """Give the JSON Schema (2020-12) of a document.

    Parameters
    ----------
    name : {"plan", "method", "scheme", "cascade", "roll_up"}
        Which document.

    Returns
    -------
    dict or None
        None where there is no document of that name.

    Examples
    --------
    >>> import attainment
    >>> attainment.schema("plan")["title"]
    'attainment plan'
    """
    return _attainment.schema(name)
