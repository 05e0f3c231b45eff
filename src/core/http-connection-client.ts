import { ConnectFailure, connectError } from './connect-error.js';
import type { ConnectionClient, LinkOptions, ListQuery, NewLink, RequestOptions } from './connection-client.js';
import type { AuthConfig, ConnectedAccount, ConnectedAccountPage } from './connection-types.js';
import { HttpRequester, type HttpRequesterOptions } from './http-requester.js';
import {
  parseAuthConfigs,
  parseConnectedAccount,
  parseConnectedAccountPage,
  parseConnectionLink,
} from './wire-format.js';

/** The {@link ConnectionClient} that speaks to the host's backend as in the backend protocol. */
export class HttpConnectionClient implements ConnectionClient {
  readonly #http: HttpRequester;

  constructor(options: HttpRequesterOptions) {
    this.#http = new HttpRequester(options);
  }

  async authConfigs(ids: readonly string[], options: RequestOptions = {}): Promise<readonly AuthConfig[]> {
    const query = { ids: ids.join(','), userId: options.userId };
    return parseAuthConfigs((await this.#http.read('/auth-configs', query, options)).body);
  }

  async link(
    userId: string,
    authConfigId: string,
    link: LinkOptions = {},
    options: RequestOptions = {},
  ): Promise<NewLink> {
    const answer = await this.#http.write(
      'POST',
      '/connected-accounts/link',
      { userId, authConfigId, ...link },
      options,
    );
    const serverTime = Date.parse(answer.date ?? '');
    return { ...parseConnectionLink(answer.body), ...(Number.isFinite(serverTime) && { serverTime }) };
  }

  async get(connectedAccountId: string, options: RequestOptions = {}): Promise<ConnectedAccount> {
    const { body } = await this.#http.read(accountPath(connectedAccountId), { userId: options.userId }, options);
    return sameAccount(parseConnectedAccount(body), connectedAccountId);
  }

  async list(query: ListQuery = {}, options: RequestOptions = {}): Promise<ConnectedAccountPage> {
    const { authConfigIds, toolkitSlugs, statuses, cursor, limit, orderBy } = query;
    const parameters = {
      userId: options.userId,
      authConfigIds: authConfigIds?.join(','),
      toolkitSlugs: toolkitSlugs?.join(','),
      statuses: statuses?.join(','),
      cursor,
      limit: limit?.toString(),
      orderBy,
    };
    return parseConnectedAccountPage((await this.#http.read('/connected-accounts', parameters, options)).body);
  }

  async enable(connectedAccountId: string, options: RequestOptions = {}): Promise<ConnectedAccount> {
    const change = { userId: options.userId, enabled: true };
    const { body } = await this.#http.write('PATCH', accountPath(connectedAccountId), change, options);
    return sameAccount(parseConnectedAccount(body), connectedAccountId);
  }

  async delete(connectedAccountId: string, options: RequestOptions = {}): Promise<void> {
    try {
      await this.#http.remove(accountPath(connectedAccountId), { userId: options.userId }, options);
    } catch (thrown) {
      // Gone is what was asked for.
      if (!(thrown instanceof ConnectFailure && thrown.error.status === 404)) throw thrown;
    }
  }
}

function accountPath(connectedAccountId: string): string {
  return `/connected-accounts/${encodeURIComponent(connectedAccountId)}`;
}

/** An answer about another account is no answer: a cache or a proxy mixed something up. */
function sameAccount(account: ConnectedAccount, connectedAccountId: string): ConnectedAccount {
  if (account.id === connectedAccountId) return account;
  throw new ConnectFailure(
    connectError('invalid_response', 'The backend answered about another account than was asked for.'),
  );
}
