"""活动名单的文件: who signed up for an activity, masked, as pages to print, XLSX or CSV."""

from __future__ import annotations

from pathlib import Path

from core.actions.activities import Attended
from core.errors import BadReportFile
from core.members.activity import Place
from ui.devices.files import table_bytes
from ui.devices.table_pages import Printed, table_workbook, tables_pdf
from ui.manage.activities.state import day_words, file_rows, people_columns, time_words
from ui.text import tr


def people_bytes(seen: Attended, path: Path) -> bytes:
    """The file that a name ends in: .pdf, .xlsx or .csv. Raises BadReportFile.

    Whoever left it is on no list.
    """
    activity = seen.activity
    there = [each for each in seen.people if each.enrolled.place is not Place.LEFT]
    heads, rows = file_rows(seen, there)
    match path.suffix.lower():
        case ".csv":
            return table_bytes(heads, rows)
        case ".xlsx":
            return table_workbook(tr("活动名单"), heads, rows)
        case ".pdf":
            facts = [day_words(activity.on), time_words(activity), activity.where]
            at_right = [column.is_number for column in people_columns()]
            printed = Printed(
                activity.title,
                "　".join(filter(None, facts)),
                tr("{count} 位", count=f"{len(rows):,}"),
                heads,
                rows,
                at_right,
                tr("还没有人报名。"),
            )
            return tables_pdf([printed])
    raise BadReportFile(path.name)
