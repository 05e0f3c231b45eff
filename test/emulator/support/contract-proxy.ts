import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { type HttpServer, startHttpServer } from '../../../demo/start-http-server.js';
import { loadComposioContract } from './composio-contract.js';

/** A proxy between a client and the emulator that checks each response against Composio's OpenAPI document. */
export interface ContractProxy extends HttpServer {
  /** The violations found so far. */
  readonly violations: readonly string[];
  /** The number of responses checked. */
  readonly checked: { count: number };
}

/** Starts the proxy. A 429 and a web page pass unchecked: a rate limit has no error envelope on the live API. */
export async function startContractProxy(target: string): Promise<ContractProxy> {
  const contract = loadComposioContract();
  const violations: string[] = [];
  const checked = { count: 0 };
  const app = new Hono();

  app.all('*', async (context) => {
    const { pathname, search } = new URL(context.req.url);
    const response = await proxy(`${target}${pathname}${search}`, context.req);
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    if (!isJson || response.status === 429) return response;
    const body = await response.clone().text();
    const { status } = response;
    const violation = contract.findViolation({ method: context.req.method, path: pathname, status, body });
    checked.count += 1;
    if (violation !== undefined) violations.push(violation);
    return response;
  });

  const server = await startHttpServer(() => getRequestListener(app.fetch), { host: '127.0.0.1' });
  return { ...server, violations, checked };
}
