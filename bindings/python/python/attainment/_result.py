"""What all results have in common: they are frozen, compare by value, pickle and become dicts."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Self, TypeVar, cast, dataclass_transform

from attainment import _attainment, words


class Message(str):
    """A sentence in English that knows itself in Chinese.

    It is a ``str``, so that it prints, compares and searches as one.

    Parameters
    ----------
    en : str
        The sentence in English.
    zh : str
        The sentence in Chinese.

    Examples
    --------
    >>> import attainment
    >>> finding = attainment.Plan.check("{attainment: 1}")[0]
    >>> finding.message
    'the key `id` is missing'
    >>> finding.message.zh
    '缺少键`id`'
    """

    zh: str
    """The sentence in Chinese."""

    def __new__(cls, en: str, zh: str = "") -> Self:
        """Make a sentence."""
        message = super().__new__(cls, en)
        message.zh = zh
        return message

    @property
    def en(self) -> str:
        """The sentence in English."""
        return str(self)

    def get(self, lang: str = "en") -> str:
        """Give the sentence in one language: ``en`` or ``zh``."""
        return self.zh if lang.lower().startswith("zh") else str(self)


class Result:
    """A small result: a frozen dataclass that the core fills."""

    def to_dict(self) -> dict[str, Any]:
        """Give the result as plain dicts and lists, ready for JSON.

        Words and decimals are strings, so that no digit is lost.

        Returns
        -------
        dict
            A new dict; changing it does not change the result.
        """
        fields = dataclasses.fields(cast(Any, self))
        return {field.name.rstrip("_"): _plain(getattr(self, field.name)) for field in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, Result):
        return value.to_dict()
    if isinstance(value, Message):
        return {"en": value.en, "zh": value.zh}
    if isinstance(value, (StrEnum, Decimal)):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return value


class Page(Result):
    """A result that the core can also write as a page, in Markdown and HTML.

    The forms are written when they are asked for; a pickle takes them all along.
    """

    _native: ClassVar[Any] = None
    _forms: ClassVar[dict[tuple[str, str], str]] = {}
    _written: ClassVar[tuple[str, ...]] = ("markdown", "html")

    def _show(self, form: str, lang: str) -> str:
        if self._native is None:
            known = "zh" if lang.lower().startswith("zh") else "en"
            return self._forms[form, known]
        return getattr(self._native, f"to_{form}")(lang)

    def to_markdown(self, lang: str = "en") -> str:
        """Write it as Markdown.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._show("markdown", lang)

    def to_html(self, lang: str = "en") -> str:
        """Write it as HTML, every text escaped.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._show("html", lang)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.__dict__)
        if state.pop("_native", None) is not None:
            state["_forms"] = {(form, lang): self._show(form, lang) for form in self._written for lang in ("en", "zh")}
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)


class Shown(Page):
    """A result that the core can also write as text, Markdown, HTML and JSON."""

    _written: ClassVar[tuple[str, ...]] = ("text", "markdown", "html")

    def to_text(self, lang: str = "en") -> str:
        """Write it for a terminal.

        Parameters
        ----------
        lang : {"en", "zh"}
            The language.
        """
        return self._show("text", lang)

    def to_json(self) -> str:
        """Write it as JSON text, in both languages."""
        return self._forms["json", "en"] if self._native is None else self._native.to_json()

    def __str__(self) -> str:
        """Write it for a terminal, in English."""
        return self.to_text()

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        if self._native is not None:
            state["_forms"]["json", "en"] = self.to_json()
        return state


def shown(native: Any) -> Any:
    """Make the result of a native explanation, which keeps the native one to be written by."""
    explanation = native.fields()
    explanation.__dict__["_native"] = native
    return explanation


_CLASSES: dict[str, tuple[type, dict[str, tuple[str, Any, Any]]]] = {}
_NAME = re.compile(r"\w+")


def _kind(annotation: str) -> Any:
    """Tell from the annotation of a field what its text becomes: a decimal, a word or itself."""
    names = _NAME.findall(annotation)
    if "Decimal" in names:
        return "decimal"
    for name in names:
        enum = getattr(words, name, None)
        if isinstance(enum, type) and issubclass(enum, StrEnum):
            return {str(member): member for member in enum}
    return None


T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def result(cls: type[T]) -> type[T]:
    """Make a class a frozen dataclass that the core fills under its name."""
    made = dataclasses.dataclass(frozen=True)(cls)
    missing = dataclasses.MISSING
    _CLASSES[cls.__name__] = (
        made,
        {
            # A trailing underscore keeps a word of the format from being one of Python.
            field.name.rstrip("_"): (field.name, _kind(str(field.type)), None if field.default is missing else field.default)
            for field in dataclasses.fields(cast(Any, made))
        },
    )
    return made


def register() -> None:
    """Tell the core which classes there are; called once, when the package is imported."""
    _attainment.register(_CLASSES, Message)
