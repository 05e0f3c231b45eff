/** The imports of each file. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/**
 * Finds the cycles of a graph: sets of files in which each file leads to each other. The algorithm is Tarjan's for
 * strongly connected components.
 */
export function importCycles(graph: ImportGraph): string[][] {
  const cycles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.size - 1);
    open.push(file);
    const lower = (to: number | undefined) => lowest.set(file, Math.min(lowest.get(file) ?? 0, to ?? 0));
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) {
        visit(next);
        lower(lowest.get(next));
      } else if (open.includes(next)) {
        lower(order.get(next));
      }
    }
    if (lowest.get(file) !== order.get(file)) return;
    const members = open.splice(open.indexOf(file));
    if (members.length > 1 || graph.get(file)?.includes(file)) cycles.push(members.sort());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return cycles;
}
