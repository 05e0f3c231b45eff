import type { ConnectedAccount } from '../model/connection-types.js';

/** Searches accounts by their texts. The normalized texts are cached, so that each further letter costs little. */
export class AccountSearch {
  readonly #texts = new WeakMap<ConnectedAccount, string>();

  /**
   * Returns the accounts that have every word of `text` in their name, alias, identity or app. An empty text matches all.
   * @param kept id of an account that is found in any case
   */
  find(accounts: readonly ConnectedAccount[], text: string, kept?: string): readonly ConnectedAccount[] {
    const words = normalize(text).split(/\s+/).filter(Boolean);
    if (words.length === 0) return accounts;
    return accounts.filter((account) => {
      const searched = this.#textOf(account);
      return account.id === kept || words.every((word) => searched.includes(word));
    });
  }

  #textOf(account: ConnectedAccount): string {
    const cached = this.#texts.get(account);
    if (cached !== undefined) return cached;
    const { displayName, alias, wordId, toolkit } = account;
    const text = normalize([displayName, alias, wordId, toolkit.name, toolkit.slug].filter(Boolean).join('\n'));
    this.#texts.set(account, text);
    return text;
  }
}

/** Removes case and accents, so that "jose" matches "José". */
function normalize(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
