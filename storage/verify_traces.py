"""核对追溯码: each code has its line, no more codes than units, and what came back was sold."""

from __future__ import annotations

TRACES = {
    "trace_without_line": (
        "SELECT code FROM sold_traces WHERE NOT EXISTS (SELECT 1 FROM sale_lines "
        "WHERE sale_lines.sale_id = sold_traces.sale_id AND sale_lines.no = line_no)"
    ),
    "traces_beyond_units": (
        "SELECT min(sold_traces.code) FROM sold_traces JOIN sale_lines "
        "ON sale_lines.sale_id = sold_traces.sale_id AND sale_lines.no = line_no "
        "GROUP BY sold_traces.sale_id, line_no HAVING count(*) > max((quantity_milli + 999) / 1000)"
    ),
    "batch_without_line": (
        "SELECT batch FROM sold_batches WHERE NOT EXISTS (SELECT 1 FROM sale_lines "
        "WHERE sale_lines.sale_id = sold_batches.sale_id AND sale_lines.no = line_no)"
    ),
    "untraced_without_line": (
        "SELECT reason FROM untraced_lines WHERE NOT EXISTS (SELECT 1 FROM sale_lines "
        "WHERE sale_lines.sale_id = untraced_lines.sale_id AND sale_lines.no = line_no)"
    ),
    "traces_back_beyond_units": (
        "SELECT min(back.code) FROM returned_traces AS back JOIN sold_traces "
        "ON sold_traces.sale_id = back.sale_id AND sold_traces.code = back.code "
        "JOIN return_lines AS part ON part.return_id = back.return_id AND part.no = line_no "
        "GROUP BY back.return_id, line_no HAVING count(*) > max((quantity_milli + 999) / 1000)"
    ),
    "trace_back_unsold": (
        "SELECT code FROM returned_traces AS back WHERE NOT EXISTS (SELECT 1 FROM sold_traces "
        "WHERE sold_traces.sale_id = back.sale_id AND sold_traces.code = back.code)"
    ),
    "trace_back_twice": (
        "SELECT code FROM returned_traces GROUP BY sale_id, code HAVING count(*) > 1"
    ),
}
"""What is wrong, by the question that finds it; each row is one finding."""
