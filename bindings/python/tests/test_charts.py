"""Charts: what notebooks are handed, and files through vl-convert."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

import attainment
from frames import COLUMNS, PLAN, library

ASSESSMENT = PLAN.assess(COLUMNS, as_of=2020, method=["linear", "destatis-2023"])


def chart() -> attainment.Chart:
    return ASSESSMENT.chart("target_path", target="rd", area="EU", source="Eurostat", lang="zh")


def test_a_chart_is_a_specification_and_a_caption() -> None:
    drawn = chart()
    assert drawn.kind == "target_path"
    assert drawn.lang == "zh"
    assert "Eurostat" in drawn.caption
    bundle = drawn._repr_mimebundle_()
    assert bundle["application/vnd.vegalite.v5+json"] == drawn.to_dict() == json.loads(drawn.to_json())
    assert drawn.caption in bundle["text/plain"]
    assert pickle.loads(pickle.dumps(drawn)) == drawn
    drawn.to_dict().clear()
    assert drawn.to_dict()


def test_what_cannot_be_drawn_is_said() -> None:
    for kind in ("pie", "scores"):
        with pytest.raises(attainment.AssessError) as caught:
            ASSESSMENT.chart(kind)
        assert caught.value.findings[0].help
    with pytest.raises(ValueError, match="theme"):
        ASSESSMENT.chart("target_path", theme="pink")


def test_a_chart_is_saved_as_json_without_anything_installed(tmp_path: Path) -> None:
    chart().save(tmp_path / "chart.json")
    assert json.loads((tmp_path / "chart.json").read_text(encoding="utf-8")) == chart().to_dict()
    with pytest.raises(ValueError, match="docx"):
        chart().save(tmp_path / "chart.docx")


def test_scorecards_and_simulations_are_drawn() -> None:
    scheme = attainment.Scheme.from_dict(
        {"attainment": 1, "id": "s", "normalise": {"by": "min_max", "to": [0, 100]}, "aggregate": "arithmetic",
         "indicators": {"a": {"direction": "increase"}, "b": {"direction": "increase"}}, "pillars": ["a", "b"]}
    )  # fmt: skip
    card = attainment.score({"area": ["x", "y", "z"], "a": [3, 1, 2], "b": [3, 2, 1]}, scheme)
    told: list[tuple[int, int]] = []
    robustness = card.robustness(1, 600, on_progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    assert card.chart("scores").to_dict()["$schema"]
    assert robustness.chart().kind == "rank_intervals"
    again = pickle.loads(pickle.dumps(robustness))
    assert again == robustness
    assert again.to_html("zh") == robustness.to_html("zh")
    with pytest.raises(ValueError, match="pickle"):
        again.chart()
    stopped = card.robustness(1, 100_000, on_progress=lambda done, total: done < 1000)
    assert stopped.stopped
    assert stopped.runs < 100_000

    class Broken(Exception):
        pass

    def breaks(done: int, total: int) -> None:
        raise Broken

    with pytest.raises(Broken):
        card.robustness(1, 100_000, on_progress=breaks)


def test_files_and_altair(tmp_path: Path) -> None:
    alt = library("altair", "charts")
    library("vl_convert", "charts")
    assert isinstance(chart().to_altair(), alt.TopLevelMixin)
    for form, begins in (("png", b"\x89PNG"), ("svg", b"<svg"), ("html", b"<!DOCTYPE html>"), ("pdf", b"%PDF")):
        chart().save(tmp_path / f"chart.{form}")
        assert (tmp_path / f"chart.{form}").read_bytes().startswith(begins), form
