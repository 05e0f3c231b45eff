/** The accounts of this instance's links that may have to be removed, and when. It is kept in memory and has no timer. */
export interface RemovalQueue {
  /** @param dueAt ms since 1970 */
  watch(accountId: string, dueAt: number): void;
  /** Takes out up to `limit` accounts whose time has come. */
  takeDue(limit: number): readonly string[];
}

export function createRemovalQueue(): RemovalQueue {
  const dueTimes = new Map<string, number>();
  let nextDue = Number.POSITIVE_INFINITY;
  return {
    watch(accountId, dueAt) {
      dueTimes.set(accountId, dueAt);
      nextDue = Math.min(nextDue, dueAt);
    },
    takeDue(limit) {
      const now = Date.now();
      // Almost every request ends here.
      if (now < nextDue) return [];
      const due = [...dueTimes].filter(([, dueAt]) => dueAt <= now).slice(0, limit);
      for (const [accountId] of due) dueTimes.delete(accountId);
      nextDue = due.length === limit ? now : smallest(dueTimes.values());
      return due.map(([accountId]) => accountId);
    },
  };
}

function smallest(times: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const time of times) least = Math.min(least, time);
  return least;
}
