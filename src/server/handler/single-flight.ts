/** Runs of equal work that happen at the same time become one, whose outcome all share. */
export interface SingleFlight {
  run<Outcome>(key: string, work: () => Promise<Outcome>): Promise<Outcome>;
}

/** A key must name one kind of work, so that its outcomes have one type. */
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
