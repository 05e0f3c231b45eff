import type { ConnectedAccount } from '../../core/model/connection-types.js';

/**
 * Puts the accounts of one app together, where the first of them stands. Otherwise the order is kept. The same list has the
 * same result, so that nothing is rendered again for it.
 */
export class AppGroups {
  #listed: readonly ConnectedAccount[] = [];
  #grouped: readonly ConnectedAccount[] = [];

  group(accounts: readonly ConnectedAccount[]): readonly ConnectedAccount[] {
    if (accounts === this.#listed) return this.#grouped;
    const groups = new Map<string, ConnectedAccount[]>();
    for (const account of accounts) {
      const group = groups.get(account.toolkit.slug);
      if (group) group.push(account);
      else groups.set(account.toolkit.slug, [account]);
    }
    this.#listed = accounts;
    this.#grouped = [...groups.values()].flat();
    return this.#grouped;
  }
}
