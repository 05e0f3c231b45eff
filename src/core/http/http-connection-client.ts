import type { CompleteConnectionClient, ListQuery, NewLink, RequestOptions } from '../model/connection-client.js';
import type {
  AuthConfig,
  ConnectedAccount,
  ConnectedAccountPage,
  StartedConnection,
} from '../model/connection-types.js';
import { LatePart } from '../model/late-part.js';
import { accountPath, HttpRequester, type HttpRequesterOptions } from './http-requester.js';
import { parseAuthConfigs, parseConnectedAccount, parseConnectedAccountPage, requireAccount } from './wire-format.js';

/** The requests that change something, or wait. Most pages only read. */
const writesPart = new LatePart(() => import('./http-writes.js'));

/** Loads the requests that change something ahead of the first of them. */
export function prepareWrites(): void {
  writesPart.prefetch();
}

async function writes() {
  return (await writesPart.load()).httpWrites;
}

/** The {@link ConnectionClient} that talks to the host's backend over HTTP. */
export class HttpConnectionClient implements CompleteConnectionClient {
  readonly #http: HttpRequester;

  constructor(options: HttpRequesterOptions) {
    this.#http = new HttpRequester(options);
  }

  /** The base URL of the backend. */
  get endpoint(): string {
    return this.#http.endpoint;
  }

  async authConfigs(ids: readonly string[], options: RequestOptions = {}): Promise<readonly AuthConfig[]> {
    const query = { ids: ids.join(','), userId: options.userId };
    return parseAuthConfigs((await this.#http.read('/auth-configs', query, options)).body);
  }

  async link(...link: Parameters<CompleteConnectionClient['link']>): Promise<NewLink> {
    return (await writes()).link(this.#http, ...link);
  }

  async initiate(...initiate: Parameters<CompleteConnectionClient['initiate']>): Promise<StartedConnection> {
    return (await writes()).initiate(this.#http, ...initiate);
  }

  async waitForConnection(
    ...wait: Parameters<CompleteConnectionClient['waitForConnection']>
  ): Promise<ConnectedAccount> {
    return (await writes()).waitForConnection(this, ...wait);
  }

  async get(connectedAccountId: string, options: RequestOptions = {}): Promise<ConnectedAccount> {
    const { body } = await this.#http.read(accountPath(connectedAccountId), { userId: options.userId }, options);
    return requireAccount(parseConnectedAccount(body), connectedAccountId);
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

  async delete(...account: Parameters<CompleteConnectionClient['delete']>): Promise<void> {
    return (await writes()).delete(this.#http, ...account);
  }

  async refresh(...refresh: Parameters<CompleteConnectionClient['refresh']>): Promise<StartedConnection> {
    return (await writes()).refresh(this.#http, ...refresh);
  }

  async update(...update: Parameters<CompleteConnectionClient['update']>): Promise<ConnectedAccount> {
    return (await writes()).update(this.#http, ...update);
  }

  enable(connectedAccountId: string, options: RequestOptions = {}): Promise<ConnectedAccount> {
    return this.update(connectedAccountId, { enabled: true }, options);
  }

  disable(connectedAccountId: string, options: RequestOptions = {}): Promise<ConnectedAccount> {
    return this.update(connectedAccountId, { enabled: false }, options);
  }
}
