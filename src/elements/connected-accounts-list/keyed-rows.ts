import { noChange, nothing } from 'lit';
import { type ChildPart, Directive, type DirectiveParameters, directive } from 'lit/directive.js';
import { insertPart, removePart, setChildPartValue, setCommittedValue } from 'lit/directive-helpers.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';

/** Marks the first row that is visible. */
const FIRST = 'data-first';
/** Marks a row whose app is that of the visible row above it. */
const SAME_APP = 'data-same-app';

class KeyedRows extends Directive {
  /** The parts of the rows by account id, in the order of the page. */
  #parts: ReadonlyMap<string, ChildPart> = new Map();
  #first: Element | undefined;

  render(
    _accounts: readonly ConnectedAccount[],
    _renderRow: (account: ConnectedAccount) => unknown,
    _shown: readonly ConnectedAccount[],
  ): unknown {
    return nothing;
  }

  override update(container: ChildPart, [accounts, renderRow, shown]: DirectiveParameters<this>): unknown {
    const before = this.#removeAllBut(new Set(accounts.map(({ id }) => id)));
    const inPlace = [...before.values()];
    const parts = new Map<string, ChildPart>();
    // The parts that moved up. Those that they passed stay as they are.
    const moved = new Set<ChildPart | undefined>();
    let next = 0;
    for (const account of accounts) {
      while (moved.has(inPlace[next])) next += 1;
      const old = before.get(account.id);
      const isInPlace = old !== undefined && old === inPlace[next];
      const part = isInPlace ? old : insertPart(container, inPlace[next], old);
      if (isInPlace) next += 1;
      else moved.add(part);
      parts.set(account.id, setChildPartValue(part, renderRow(account)));
    }
    this.#parts = parts;
    this.#show(accounts, new Set(shown.map(({ id }) => id)));
    // Lit passes connections and disconnections on to the parts in this array.
    setCommittedValue(container, [...parts.values()]);
    return noChange;
  }

  /** Returns the parts that stay. */
  #removeAllBut(ids: ReadonlySet<string>): ReadonlyMap<string, ChildPart> {
    return new Map(
      [...this.#parts].filter(([id, part]) => {
        if (ids.has(id)) return true;
        const { endNode } = part;
        removePart(part);
        // Lit leaves this comment.
        endNode?.parentNode?.removeChild(endNode);
        return false;
      }),
    );
  }

  #show(accounts: readonly ConnectedAccount[], ids: ReadonlySet<string>): void {
    let first: Element | undefined;
    let above: string | undefined;
    for (const { id, toolkit } of accounts) {
      const row = this.#parts.get(id)?.startNode?.nextSibling;
      if (!(row instanceof HTMLElement)) continue;
      const isHidden = !ids.has(id);
      if (row.hidden !== isHidden) row.hidden = isHidden;
      if (isHidden) continue;
      first ??= row;
      const isSame = toolkit.slug === above;
      if (row.hasAttribute(SAME_APP) !== isSame) row.toggleAttribute(SAME_APP, isSame);
      above = toolkit.slug;
    }
    if (first === this.#first) return;
    this.#first?.removeAttribute(FIRST);
    first?.setAttribute(FIRST, '');
    this.#first = first;
  }
}

/**
 * Renders one element for each account, and keeps it while the account is listed. Those that are not in `shown` are hidden:
 * to hide 10,000 rows takes a tenth of the time of removing and building them again.
 *
 * Lit's `repeat` leaves a comment in the page for each row that goes, which slows down the next removals
 * (https://github.com/lit/lit/issues/5298, https://github.com/lit/lit/issues/5010).
 */
export const keyedRows = directive(KeyedRows);

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
