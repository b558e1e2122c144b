"""Lines of CSV files that the engine could not cut into columns."""

from collections.abc import Sequence

from .report import EXAMPLES, Example, Report
from .tables import Table
from .workspace import Workspace

EXCERPT = 60


def refuse_malformed(space: Workspace, report: Report, tables: Sequence[Table]) -> None:
    """Count the malformed lines met so far, once each whatever the number of readings."""
    names = {str(table.path): table.name for table in tables}
    if not any(table.is_csv for table in tables):
        return
    lines = """
        SELECT DISTINCT ON (s.file_path, e.line) s.file_path, e.line, e.csv_line
        FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id)"""
    count = space.value(f"SELECT count(*) FROM ({lines})")
    examples = [
        Example(names.get(path, path), line, "malformed", (text or "")[:EXCERPT])
        for path, line, text in space.rows(f"{lines} ORDER BY e.line LIMIT {EXAMPLES}")
    ]
    report.refuse("malformed", count, examples)
