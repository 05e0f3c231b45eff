/** Returns rows as aligned lines: the first column to the left, the others to the right. */
export function textTable(rows: ReadonlyArray<ReadonlyArray<string | number>>): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length))) ?? [];
  const line = (row: ReadonlyArray<string | number>) =>
    row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? String(cell).padEnd(width) : String(cell).padStart(width);
    });
  return rows.map((row) => line(row).join('  ')).join('\n');
}
