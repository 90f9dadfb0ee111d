"""Methods: published, versioned rules of pace, and rules of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attainment import _attainment
from attainment._result import Result, result
from attainment.words import Exactness, Kind, Measure, Need

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Method", "MethodInfo", "methods"]


@result
class MethodInfo(Result):
    """What there is to know about a method."""

    id: str
    """Name and version, as in ``assess``."""
    body: str
    """Who published it."""
    source: str
    """Where, and what in it was chosen where the source says nothing."""
    value: str
    """What the number of a pace is."""
    categories: tuple[tuple[str, str], ...]
    """Its categories, best first, with their place on the common scale, a word of ``Scale``."""
    accepts: tuple[tuple[Measure, tuple[str, ...]], ...]
    """Which measures with an amount it has a case for, and when: ``by``, ``during``, ``each``."""
    trend: tuple[str, ...]
    """When it has a case for a direction without an amount."""
    maintenance: bool
    """Whether it has a case for a target whose baseline satisfies the bound already."""
    not_for: tuple[Kind, ...]
    """Kinds of indicator it has no case for."""
    points: int
    """How many observations it needs at least."""
    needs: tuple[Need, ...]
    """What else it cannot do without."""
    uses: tuple[Need, ...]
    """What it uses where it is there, with a published default or none."""
    parameters: tuple[tuple[str, str], ...]
    """The parameters it takes, as in ``linear?schedule=compound``, with what they do."""
    exactness: Exactness
    """In which sense its categories are exact."""
    verified: str
    """How sure it is."""


class Method:
    """A rule of pace: a published one by its id, or one of one's own as a document.

    Examples
    --------
    >>> import attainment
    >>> traffic_light = attainment.Method.from_dict({
    ...     "attainment": 1, "id": "county-2024",
    ...     "with_target": {"gauge": "linear_ratio", "cuts": [{"at_least": 1, "word": "正常", "scale": "on_track"}],
    ...                     "below": {"word": "滞后", "scale": "behind"}}})
    >>> attainment.pace(method=traffic_light, series={2020: 10, 2022: 14}, target=(2024, 20),
    ...                 direction="increase", baseline=2020).category
    '滞后'
    """

    __slots__ = ("_made", "_native")

    _native: _attainment.Method
    _made: tuple[Any, ...]

    def __init__(self) -> None:
        """Methods come from documents or by id."""
        raise TypeError("a method comes from `Method.named`, `Method.parse` or `Method.from_dict`")

    @classmethod
    def _of(cls, native: _attainment.Method, *made: Any) -> Method:
        method = object.__new__(cls)
        method._native = native
        method._made = made
        return method

    @classmethod
    def named(cls, id: str) -> Method:
        """Give a published method, with parameters perhaps: ``linear?schedule=compound``.

        Parameters
        ----------
        id : str
            Name and version; see :func:`methods`.

        Raises
        ------
        AssessError
            When there is no such method or parameter.
        """
        return cls._of(_attainment.Method.named(id), cls.named, id)

    @classmethod
    def parse(cls, text: str, format: str = "yaml") -> Method:
        """Read a method of one's own from text.

        Parameters
        ----------
        text : str
            The document.
        format : {"yaml", "json"}
            How it is written.

        Raises
        ------
        ParseError
            When the text is not well-formed.
        PlanError
            With every problem, when it is no method.
        """
        return cls._of(_attainment.Method.parse(text, format), cls.parse, text, format)

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Method:
        """Read a method of one's own from dicts and lists.

        Parameters
        ----------
        document : mapping
            The document.

        Raises
        ------
        PlanError
            With every problem, when it is no method.
        """
        return cls._of(_attainment.Method.from_dict(document), cls.from_dict, document)

    @property
    def id(self) -> str:
        """Name and version, with its parameters."""
        return self._native.id()

    def __repr__(self) -> str:
        """Write its id."""
        return f"<Method: {self.id}>"

    def __eq__(self, other: object) -> bool:
        """Compare what they decide by."""
        return isinstance(other, Method) and self._native == other._native

    def __hash__(self) -> int:
        """Hash the id."""
        return hash(self.id)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what it was made of."""
        return self._made[0], self._made[1:]


def native(method: Any) -> Any:
    """Give a method, or several, as the core takes them."""
    if isinstance(method, Method):
        return method._native  # pyright: ignore[reportPrivateUsage]
    if isinstance(method, (list, tuple)):
        return [native(one) for one in method]  # pyright: ignore[reportUnknownVariableType]
    return method


def methods() -> tuple[MethodInfo, ...]:
    """Give the published methods of pace.

    Examples
    --------
    >>> import attainment
    >>> linear = next(method for method in attainment.methods() if method.id == "linear")
    >>> linear.categories[-2:]
    (('behind', 'behind'), ('away', 'away'))
    """
    return _attainment.methods()
