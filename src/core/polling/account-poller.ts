import type { ConnectSettings } from '../flow/connect-settings.js';
import type { Clock } from '../model/clock.js';
import { ConnectError, type ConnectErrorInfo, connectErrorInfo, toConnectErrorInfo } from '../model/connect-error.js';
import type { ConnectedAccount } from '../model/connection-types.js';
import type { ConnectPorts, PageSignals } from '../model/ports.js';
import { Poll } from './poll.js';

/** So many answers of 401, 403 or 404 in a row end the attempt; after so many failed polls the user is told. */
const PATIENCE = 3;

/** By code as well: a page's own client need not speak HTTP. */
function isRefusal({ status, code }: ConnectErrorInfo): boolean {
  return [401, 403, 404].includes(status ?? 0) || ['unauthorized', 'forbidden', 'not_found'].includes(code);
}

/** Which account is watched, and whom to tell. */
export interface AccountWatch {
  readonly settings: ConnectSettings;
  readonly connectedAccountId: string;
  readonly clock: Clock;
  readonly page: PageSignals;
  readonly signal: AbortSignal;
  /** How long the link lives, in ms. */
  readonly life: number;
  /** The server's word. Answers true when it settles the attempt. */
  onReport(account: ConnectedAccount): boolean;
  /** The backend has failed to answer for a while; polling goes on. */
  onRetrying(): void;
  /** Nothing more is to be expected. */
  onGiveUp(error: ConnectErrorInfo): void;
}

/** Asks the server for an account until that settles the attempt, access is refused for good, or time is up. */
export function watchAccount(watch: AccountWatch): Poll {
  const { settings, connectedAccountId, clock, page, signal, life } = watch;
  const { client, userId, timeout } = settings;
  let failures = 0;
  let refusals = 0;

  async function look(pollSignal: AbortSignal): Promise<boolean> {
    const account = await client.get(connectedAccountId, { userId, signal: pollSignal, retries: 0 });
    if (pollSignal.aborted) return true;
    if (!isAsked(account))
      throw new ConnectError(connectErrorInfo('invalid_response', 'The backend answered about another account.'));
    failures = 0;
    refusals = 0;
    return watch.onReport(account);
  }

  /** Neither a cache's nor another toolkit's account may settle this attempt (mix-up, RFC 9700 §4.4). */
  function isAsked(account: ConnectedAccount): boolean {
    return account.id === connectedAccountId && account.authConfig.id === settings.authConfigId;
  }

  function onFailure(thrown: unknown): boolean {
    const error = toConnectErrorInfo(thrown);
    failures += 1;
    refusals = isRefusal(error) ? refusals + 1 : 0;
    if (refusals >= PATIENCE) {
      watch.onGiveUp(error);
      return true;
    }
    if (failures >= PATIENCE) watch.onRetrying();
    return false;
  }

  function onDeadline(): void {
    watch.onGiveUp(
      life <= timeout
        ? connectErrorInfo('link_expired', 'The link expired before the connection was finished.')
        : connectErrorInfo('timeout', `The account did not become ACTIVE within ${timeout} ms (\`timeout\`).`),
    );
  }

  const deadline = clock.now() + Math.min(life, timeout);
  return new Poll({ clock, page, signal, deadline, look, onFailure, onDeadline });
}

/** What the accounts tell their attempt. */
type WatchEvents = Pick<AccountWatch, 'onReport' | 'onRetrying' | 'onGiveUp'>;

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
    const { onReport, onRetrying, onGiveUp } = this.#events;
    const poll = watchAccount({
      settings: this.#settings,
      connectedAccountId,
      clock,
      page,
      life,
      signal: replaced.signal,
      onReport: (account) => (isNewest() || account.status === 'ACTIVE') && onReport(account),
      onRetrying: () => isNewest() && onRetrying(),
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
