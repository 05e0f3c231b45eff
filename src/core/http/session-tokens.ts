import { ConnectError, connectErrorInfo } from '../model/connect-error.js';

/** A session token, or a function that fetches one. */
export type SessionTokenSource = string | (() => string | Promise<string>);

/** Caches the token that a function returned, and fetches a new one after a 401. */
export class SessionTokens {
  readonly #source: () => SessionTokenSource | undefined;
  #fetched: Promise<string> | undefined;

  /** @param source is read on each use, since a framework may pass another function with every render */
  constructor(source: () => SessionTokenSource | undefined) {
    this.#source = source;
  }

  /** Whether a new token can be fetched. */
  get isRenewable(): boolean {
    return typeof this.#source() === 'function';
  }

  /** Returns the token to send. @throws {@link ConnectError} `unauthorized` if the page's function fails */
  async current(): Promise<string | undefined> {
    const source = this.#source();
    if (typeof source !== 'function') return source === undefined ? undefined : checkToken(source);
    this.#fetched ??= fetchToken(source);
    return this.#fetched.catch((error) => {
      this.#fetched = undefined;
      throw error;
    });
  }

  /** Returns a new token in place of the refused one. Requests that were refused together share it. */
  async renew(refused: string | undefined): Promise<string | undefined> {
    const fetched = this.#fetched;
    const isCurrent = (await this.current()) === refused;
    if (isCurrent && this.#fetched === fetched) this.#fetched = undefined;
    return this.current();
  }
}

async function fetchToken(source: () => string | Promise<string>): Promise<string> {
  let token: string;
  try {
    token = await source();
  } catch {
    // The error of the page's function may hold the token, so it is not passed on.
    return checkToken('');
  }
  return checkToken(token);
}

/** Requires visible ASCII. For anything else `fetch` would reject the header with an error that holds the token. */
function checkToken(token: string): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  const message = '`sessionToken` must be, or return, a non-empty string without spaces.';
  throw new ConnectError(connectErrorInfo('unauthorized', message));
}
