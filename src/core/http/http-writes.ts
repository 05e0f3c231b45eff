import { ConnectError, connectErrorInfo, isNotOffered } from '../model/connect-error.js';
import type {
  AccountUpdate,
  DeleteOptions,
  InitiateOptions,
  LinkOptions,
  NewLink,
  RefreshOptions,
  RequestOptions,
} from '../model/connection-client.js';
import type { ConnectedAccount, ConnectionLink, StartedConnection } from '../model/connection-types.js';
import { waitForConnection } from '../polling/wait-for-connection.js';
import { accountPath, type HttpRequester } from './http-requester.js';
import {
  date,
  must,
  parseConnectedAccount,
  type Reader,
  requireAccount,
  shape,
  status,
  text,
  textOrNull,
} from './wire-format.js';

// The responses to requests that change something. Invalid data is refused.

/** Parses a link. Its URL is checked before use. @throws {@link ConnectError} `invalid_response` */
export const parseConnectionLink: Reader<ConnectionLink> = shape({
  id: text,
  status,
  redirectUrl: text,
  expiresAt: date,
});

/** Parses a started connection. Its URL is checked before use. @throws {@link ConnectError} `invalid_response` */
const parseStartedConnection: Reader<StartedConnection> = shape({ id: text, status, redirectUrl: textOrNull });

const isTrue = (value: unknown): value is true => value === true;

/** Checks that an account was deleted. @throws {@link ConnectError} `invalid_response` if it was not */
export const parseDeletion = shape({ success: must(isTrue, 'true') });

/** The requests of the protocol that change something. They are loaded with the first of them. */
export const httpWrites = {
  async link(
    http: HttpRequester,
    userId: string,
    authConfigId: string,
    link: LinkOptions = {},
    options: RequestOptions = {},
  ): Promise<NewLink> {
    const body = { userId, authConfigId, ...link };
    const result = await http
      .write('POST', '/connected-accounts/link', body, options)
      .catch((error) => refuseUnmounted(error, http.endpoint));
    const serverTime = Date.parse(result.date ?? '');
    return { ...parseConnectionLink(result.body), ...(Number.isFinite(serverTime) && { serverTime }) };
  },

  async initiate(
    http: HttpRequester,
    userId: string,
    authConfigId: string,
    initiate: InitiateOptions = {},
    options: RequestOptions = {},
  ): Promise<StartedConnection> {
    const request = { userId, authConfigId, credentials: {}, ...initiate };
    const { body } = await http.write('POST', '/connected-accounts', request, options);
    return parseStartedConnection(body);
  },

  async delete(http: HttpRequester, id: string, options: DeleteOptions = {}): Promise<void> {
    try {
      const query = { userId: options.userId, revoke: options.revoke === false ? 'false' : undefined };
      parseDeletion((await http.remove(accountPath(id), query, options)).body);
    } catch (error) {
      // The account is gone, as requested.
      if (!(error instanceof ConnectError && error.info.status === 404)) throw error;
    }
  },

  async refresh(
    http: HttpRequester,
    id: string,
    refresh: RefreshOptions = {},
    options: RequestOptions = {},
  ): Promise<StartedConnection> {
    const request = { userId: options.userId, ...refresh };
    const { body } = await http.write('POST', `${accountPath(id)}/refresh`, request, options);
    const started = parseStartedConnection(body);
    // A scheme that redirects gets a new account.
    return started.redirectUrl === null ? requireAccount(started, id) : started;
  },

  async update(
    http: HttpRequester,
    id: string,
    change: AccountUpdate,
    options: RequestOptions = {},
  ): Promise<ConnectedAccount> {
    const { body } = await http.write('PATCH', accountPath(id), { userId: options.userId, ...change }, options);
    return requireAccount(parseConnectedAccount(body), id);
  },

  waitForConnection,
};

/** Every backend makes links, so one that does not is another server, or is mounted elsewhere. */
function refuseUnmounted(error: unknown, endpoint: string): never {
  if (!isNotOffered(error)) throw error;
  const message = `There is no connect-account backend at ${endpoint}: it makes no links. Mount the handler of connect-account/server.js there, or correct the attribute endpoint.`;
  throw new ConnectError(connectErrorInfo('invalid_configuration', message), { cause: error });
}
