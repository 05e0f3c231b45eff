import type { ConnectedAccount } from '../model/connection-types.js';

/** Finds accounts by what a user remembers of them. Keeps what it looked at, so that the next letter costs little. */
export class AccountSearch {
  readonly #texts = new WeakMap<ConnectedAccount, string>();

  /** Those that have every word of `text` somewhere in their name, alias, identity or app. All, for an empty text. */
  find(accounts: readonly ConnectedAccount[], text: string): readonly ConnectedAccount[] {
    const words = plain(text).split(/\s+/).filter(Boolean);
    if (words.length === 0) return accounts;
    return accounts.filter((account) => {
      const searched = this.#textOf(account);
      return words.every((word) => searched.includes(word));
    });
  }

  #textOf(account: ConnectedAccount): string {
    const known = this.#texts.get(account);
    if (known !== undefined) return known;
    const { displayName, alias, wordId, toolkit } = account;
    const text = plain([displayName, alias, wordId, toolkit.name, toolkit.slug].filter(Boolean).join('\n'));
    this.#texts.set(account, text);
    return text;
  }
}

/** Without case and accents: whoever looks for "jose" means "José". */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
