import type { ConnectSettings } from '../flow/connect-settings.js';
import type { ConnectPorts } from '../model/ports.js';
import { type AccountWatch, watchAccount } from './account-poller.js';
import type { Poll } from './poll.js';

/** What the accounts tell their attempt. */
type WatchEvents = Pick<AccountWatch, 'onReport' | 'onStruggle' | 'onGiveUp'>;

interface Watched {
  readonly poll: Poll;
  readonly replaced: AbortController;
}

/**
 * Asks the server for every account that an attempt made a link for: usually one. After a reload the link is gone, and
 * a backend may make another account when it is asked again, while the first window is still open.
 */
export class AttemptWatch {
  readonly #settings: ConnectSettings;
  readonly #ports: ConnectPorts;
  readonly #events: WatchEvents;
  readonly #watched = new Map<string, Watched>();
  #newest: string | null = null;

  constructor(settings: ConnectSettings, ports: ConnectPorts, events: WatchEvents) {
    this.#settings = settings;
    this.#ports = ports;
    this.#events = events;
  }

  /**
   * From now on this account decides. Of the ones before, only ACTIVE counts: whichever window is finished first.
   * @param life how long its link lives from now, in ms
   */
  watch(connectedAccountId: string, life: number): void {
    this.#watched.get(connectedAccountId)?.replaced.abort();
    this.#newest = connectedAccountId;
    const replaced = new AbortController();
    const isNewest = () => this.#newest === connectedAccountId;
    const { clock, page } = this.#ports;
    const { onReport, onStruggle, onGiveUp } = this.#events;
    const poll = watchAccount({
      settings: this.#settings,
      connectedAccountId,
      clock,
      page,
      life,
      signal: replaced.signal,
      onReport: (account) => (isNewest() || account.status === 'ACTIVE') && onReport(account),
      onStruggle: () => isNewest() && onStruggle(),
      onGiveUp: (error) => isNewest() && onGiveUp(error),
    });
    this.#watched.set(connectedAccountId, { poll, replaced });
  }

  /** Something may have happened: ask soon. */
  hint(): void {
    for (const { poll } of this.#watched.values()) poll.hint();
  }

  stop(): void {
    for (const { replaced } of this.#watched.values()) replaced.abort();
  }
}
