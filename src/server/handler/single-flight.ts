/** Merges equal work that runs at the same time. All callers share one outcome. */
export interface SingleFlight {
  run<Outcome>(key: string, work: () => Promise<Outcome>): Promise<Outcome>;
}

/** Creates a {@link SingleFlight}. A key must stand for one kind of work, because its outcomes have one type. */
export function createSingleFlight(): SingleFlight {
  const running = new Map<string, Promise<unknown>>();
  return {
    run<Outcome>(key: string, work: () => Promise<Outcome>): Promise<Outcome> {
      const current = running.get(key);
      if (current !== undefined) return current as Promise<Outcome>;
      const started = work().finally(() => running.delete(key));
      running.set(key, started);
      return started;
    },
  };
}
