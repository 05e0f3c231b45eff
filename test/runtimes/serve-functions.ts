/**
 * Serves a backend whose platform calls exported functions: `serve-functions.js next|lambda FILE`. It runs in a process of its
 * own, because the Redis client of these backends lives as long as its process.
 */
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { getRequestListener } from '@hono/node-server';

type Serve = (request: Request) => Promise<Response>;

/** What the module of an example exports. */
interface Module extends Readonly<Record<string, Serve | undefined>> {}

interface LambdaResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Next.js has one exported function for each method. Its build loads the module without secrets. */
async function serveNext(file: string): Promise<Serve> {
  const { env } = process;
  process.env = { NODE_ENV: 'production' };
  const route: Module = await import(pathToFileURL(file).href);
  process.env = env;
  return (request) => route[request.method]?.(request) ?? Promise.resolve(new Response(null, { status: 405 }));
}

async function serveLambda(file: string): Promise<Serve> {
  const { handler } = (await import(pathToFileURL(file).href)) as { handler(event: object): Promise<LambdaResponse> };
  return async (request) => {
    const { statusCode, headers, body } = await handler(await toLambdaEvent(request));
    return new Response(body, { status: statusCode, headers });
  };
}

/** Makes what API Gateway makes of a request, payload format 2.0. */
async function toLambdaEvent(request: Request): Promise<object> {
  const { pathname, search, host } = new URL(request.url);
  const body = Buffer.from(await request.arrayBuffer());
  const { cookie, ...headers } = Object.fromEntries(request.headers);
  return {
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    ...(body.byteLength > 0 && { body: body.toString('base64'), isBase64Encoded: true }),
    requestContext: { domainName: host, http: { method: request.method, path: pathname } },
  };
}

const [platform, file = ''] = process.argv.slice(2);
const serve = await (platform === 'next' ? serveNext : serveLambda)(file);
createServer(getRequestListener(serve)).listen(Number(process.env['PORT']), 'localhost');
