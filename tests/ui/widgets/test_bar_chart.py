"""柱图: bars stand on zero, also where some hang below it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.look import Look
from ui.widgets.bar_chart import Bar, BarChart


def test_what_is_below_zero_hangs_from_the_line(look: Look, qtbot: QtBot) -> None:
    chart = BarChart(look, name="chart", spoken="图", nothing="没有。")
    qtbot.addWidget(chart)
    chart.resize(400, 240)
    chart.show_bars([Bar("1", 100), Bar("2", -100)])
    image = chart.picture().toImage()
    plot = chart._plot()
    middle = int(plot.top() + plot.height() / 2)
    left, right = int(plot.left() + plot.width() / 4), int(plot.left() + plot.width() * 3 / 4)
    up, down = look.colour("chart_1"), look.colour("chart_2")
    assert image.pixelColor(left, middle - 20) == up
    assert image.pixelColor(left, middle + 20) not in (up, down)
    assert image.pixelColor(right, middle + 20) == down
    assert image.pixelColor(right, middle - 20) not in (up, down)


def test_where_all_is_nothing_a_sentence_stands_there(look: Look, qtbot: QtBot) -> None:
    chart = BarChart(look, name="chart", spoken="图", nothing="没有。")
    qtbot.addWidget(chart)
    chart.resize(400, 240)
    blank = chart.picture().toImage()
    chart.show_bars([Bar("1", 0), Bar("2", 0, before=0)])
    assert chart.accessibleDescription() == "没有。"
    assert chart.picture().toImage() != blank, "nothing is said before anything is known"
    chart.show_bars([Bar("1", 0, before=3)])
    assert not chart.is_bare
