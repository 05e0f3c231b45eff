import { ConnectError, connectErrorInfo } from '../model/connect-error.js';

/** A session token, or what fetches one. */
export type SessionTokenSource = string | (() => string | Promise<string>);

/** Holds the token that a function gave, and asks for a new one when told that it expired. */
export class SessionTokens {
  readonly #source: () => SessionTokenSource | undefined;
  #fetched: Promise<string> | undefined;

  /** @param source read anew each time, since a framework may pass another function with every render */
  constructor(source: () => SessionTokenSource | undefined) {
    this.#source = source;
  }

  /** Whether a new one can be had. */
  get renewable(): boolean {
    return typeof this.#source() === 'function';
  }

  /** @throws {@link ConnectError} `unauthorized` when the page's function fails. */
  async current(): Promise<string | undefined> {
    const source = this.#source();
    if (typeof source !== 'function') return source === undefined ? undefined : usable(source);
    this.#fetched ??= ask(source);
    return this.#fetched.catch((thrown) => {
      this.#fetched = undefined;
      throw thrown;
    });
  }

  /** A new one in place of the token that was refused; requests that were refused together share it. */
  async renew(refused: string | undefined): Promise<string | undefined> {
    const fetched = this.#fetched;
    const isCurrent = (await this.current()) === refused;
    if (isCurrent && this.#fetched === fetched) this.#fetched = undefined;
    return this.current();
  }
}

async function ask(source: () => string | Promise<string>): Promise<string> {
  let token: string;
  try {
    token = await source();
  } catch {
    // What the page's function threw may hold the token.
    return usable('');
  }
  return usable(token);
}

/** Visible ASCII only, or `fetch` would refuse the header with a text that holds the token. */
function usable(token: string): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  const message = 'sessionToken gave no token: it must be, or return, a non-empty text without spaces.';
  throw new ConnectError(connectErrorInfo('unauthorized', message));
}
