"""Rows of baskets for the picture book: those of the drawings, and odd ones."""

from __future__ import annotations

from ui.widgets.line_row import Fragment, LineRow


def lines() -> list[LineRow]:
    """The basket of drawing 01, with a prescription, a weighed line and an offer."""
    return [
        LineRow(
            "1",
            "维生素C咀嚼片",
            "100片/瓶",
            quantity="2 × 39.00",
            list="78.00",
            net="74.00",
            sub=(Fragment("会员价 37.00"), Fragment("−4.00", "saved")),
            count="2",
        ),
        LineRow(
            "2",
            "碳酸钙D3片",
            "60片/瓶",
            quantity="1 × 68.00",
            list="68.00",
            net="64.60",
            sub=(Fragment("金卡95折"), Fragment("−3.40", "saved")),
            count="1",
        ),
        LineRow(
            "3",
            "感冒灵颗粒",
            "9袋/盒",
            quantity="2 × 15.80",
            list="31.60",
            net="22.51",
            sub=(
                Fragment("第二件半价"),
                Fragment("−7.90", "saved"),
                Fragment("金卡95折"),
                Fragment("−1.19", "saved"),
            ),
            count="2",
        ),
        *_other_lines(),
    ]


def _other_lines() -> list[LineRow]:
    saved = Fragment("−1.50", "saved")
    return [
        LineRow(
            "4",
            "阿托伐他汀钙片",
            "20mg × 7片",
            chips=("处方",),
            quantity="1 × 42.60",
            list="42.60",
            net="42.60",
            sub=(Fragment("处方药不参加优惠"), Fragment("追溯码 1/1 已采")),
            count="1",
        ),
        LineRow(
            "5",
            "枸杞子（散装）",
            quantity="0.375 kg × 96.00",
            list="36.00",
            net="34.20",
            sub=(Fragment("金卡95折"), Fragment("−1.80", "saved")),
        ),
        LineRow(
            "6",
            "医用外科口罩",
            "50只/盒",
            quantity="1 × 29.90",
            list="29.90",
            net="28.40",
            sub=(Fragment("金卡95折"), saved),
            count="1",
            unit="29.90 / 盒",
        ),
        LineRow(
            "",
            "每满 100 减 10",
            net="−20.00",
            kind="offer",
            sub=(Fragment("整单·处方药除外·再加 76.29 元，再减 10.00"),),
        ),
    ]


def odd_lines() -> list[LineRow]:
    """Thirty lines, with names and amounts that hardly fit."""
    rows = [
        LineRow(
            str(no),
            f"复方氨酚烷胺胶囊（第 {no} 种）",
            "12粒/盒",
            quantity="10 × 1,296.00",
            list="12,960.00",
            net="12,312.00",
            count="10",
            sub=(Fragment("金卡95折"), Fragment("−648.00", "saved")),
        )
        for no in range(1, 30)
    ]
    long = "注射用重组人促红素（CHO细胞）预充式注射器·冷藏运输·医保限门诊特殊病使用超长名称超长名称"
    rows.append(
        LineRow(
            "30",
            long,
            "10000IU/1ml/支 × 1支/盒",
            chips=("处方", "冷藏"),
            count="100",
            quantity="100 × 9,999.99",
            list="999,999.00",
            net="999,999.00",
            sub=(Fragment("处方药不参加优惠"),) * 9,
        )
    )
    return rows
