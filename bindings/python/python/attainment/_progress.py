"""Progress of long work: a callback, a bar where tqdm is installed, or nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from typing import Any, Literal, TypeAlias

__all__ = ["Progress", "progress"]

Progress: TypeAlias = Callable[[int, int], object] | Literal[False] | None


@contextlib.contextmanager
def progress(on_progress: Progress, what: str) -> Generator[Callable[[int, int], object] | None]:
    """Give what is to be called with the number done and the number to do."""
    if on_progress is False:
        yield None
        return
    if on_progress is not None:
        yield on_progress
        return
    try:
        from tqdm.auto import tqdm  # pyright: ignore[reportMissingModuleSource, reportUnknownVariableType]
    except ImportError:
        yield None
        return
    bar: Any = tqdm(desc=what, leave=False)

    def tell(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    with contextlib.closing(bar):
        yield tell
