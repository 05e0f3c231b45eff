/** A queue of ids in which each owner gets the same share, however many ids they have. */
export interface FairQueue {
  readonly size: number;
  add(owner: string, id: string): void;
  remove(owner: string, id: string): void;
  /** Returns the number of ids that are taken before the newest of this owner, at most. */
  before(owner: string): number;
  /** Takes out up to `count` ids: one of each owner in turn. */
  take(count: number): string[];
}

export function createFairQueue(): FairQueue {
  /** The ids of each owner, oldest first. The owner whose turn is next is first. */
  const idsByOwner = new Map<string, Set<string>>();
  let size = 0;

  function remove(owner: string, id: string): void {
    const ids = idsByOwner.get(owner);
    if (!ids?.delete(id)) return;
    size -= 1;
    if (ids.size === 0) idsByOwner.delete(owner);
  }

  /** Takes one id of the owner whose turn it is, who goes to the end then. */
  function takeOne(): string | undefined {
    for (const [owner, ids] of idsByOwner) {
      const [id] = ids;
      idsByOwner.delete(owner);
      if (id === undefined) continue;
      ids.delete(id);
      if (ids.size > 0) idsByOwner.set(owner, ids);
      size -= 1;
      return id;
    }
    return undefined;
  }

  return {
    get size() {
      return size;
    },
    add(owner, id) {
      const ids = idsByOwner.get(owner) ?? new Set();
      if (ids.has(id)) return;
      ids.add(id);
      size += 1;
      idsByOwner.set(owner, ids);
    },
    remove,
    before(owner) {
      const own = idsByOwner.get(owner)?.size ?? 0;
      return Math.min(own * idsByOwner.size, size) - 1;
    },
    take(count) {
      const taken: string[] = [];
      while (taken.length < count) {
        const id = takeOne();
        if (id === undefined) break;
        taken.push(id);
      }
      return taken;
    },
  };
}
