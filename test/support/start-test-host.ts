import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Composio } from '@composio/core';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { type Emulator, startEmulator } from '../../demo/emulator/start-emulator.js';
import { type Provider, startProvider } from '../../demo/provider/start-provider.js';
import { startHttpServer } from '../../demo/start-http-server.js';
import {
  type BindingMode,
  type ConnectHandlerOptions,
  createConnectHandler,
  createSessionToken,
  identifyBySessionToken,
  type SessionTokenClaims,
} from '../../src/server.js';

const ENDPOINT = '/api/connect';

/** A very strict policy: no inline script or style, no foreign origin, and Trusted Types. */
const strictPolicy = (connectTo = ''): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${connectTo}; img-src 'self' https:; ` +
  "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

/** A request to the endpoint. */
export interface EndpointRequest {
  readonly method: string;
  readonly path: string;
  /** Wall-clock time of arrival, in ms with fractions. */
  readonly at: number;
  readonly status: number;
}

export interface TestHostOptions {
  /** Runs between the page and the handler and can respond in its place. */
  intercept?(request: Request, handle: (request: Request) => Promise<Response>): Promise<Response> | Response;
  /** An origin that the page may connect to beside its own. */
  readonly connectTo?: string;
  /** The `<script>` of the page, in place of that of `dist/cdn`. */
  readonly script?: string;
  /** Markup before all scripts, like an import map. */
  readonly head?: string;
  /** Called for each file of `dist/cdn`. Resolves when it may be served; with false, the connection breaks. */
  serve?(file: string): Promise<boolean> | boolean;
  /** More headers of the page, for example a `Cross-Origin-Opener-Policy`. */
  readonly pageHeaders?: Readonly<Record<string, string>>;
  /** The handler's binding. In `verifier` mode the emulated project has a verifier URL. Default `state`. */
  readonly binding?: BindingMode;
  /** More options of the handler. */
  readonly handler?: Pick<ConnectHandlerOptions, 'allowedOrigins' | 'callbackUrls'>;
  /** More headers of the callback page. */
  readonly callbackHeaders?: Readonly<Record<string, string>>;
}

/** A small SaaS app with the real handler and the built files, an emulated Composio and an OAuth provider. */
export interface TestHost {
  readonly origin: string;
  readonly emulator: Emulator;
  readonly provider: Provider;
  /** Requests of the elements and the callback page to the endpoint, in the order of the responses. */
  readonly requests: readonly EndpointRequest[];
  /**
   * URL of a page with this body.
   * @param as Id of the user that it signs in by a `SameSite=Strict` cookie. Without it, nobody is signed in.
   */
  page(body: string, as?: string): string;
  /** The same for a page in a frame of another site, which gets no cookie: it signs in by a session token. */
  framePage(body: string, as: string): string;
  /** Starts the handler again, as a deployment does. Its store in memory is empty then, and its secret is the same. */
  restart(): void;
  /** A session token for pages of other sites. */
  createToken(claims: SessionTokenClaims): Promise<string>;
  close(): Promise<void>;
}

/** Starts everything on free ports: the host on `localhost`, the others on `127.0.0.1`, which is another site. */
export async function startTestHost(options: TestHostOptions = {}): Promise<TestHost> {
  const provider = await startProvider();
  const emulator = await startEmulator({ provider });
  // Most tests are about the window and its ways, and save a click. Those of the hosted page turn it on.
  emulator.knobs.hostedConsentPage = false;
  const bodies: string[] = [];
  const requests: EndpointRequest[] = [];
  const secret = randomBytes(32).toString('base64url');
  const { binding = 'state' } = options;
  const start = (origin: string) => createHandler({ origin, secret, binding, ...options.handler }, emulator);
  let handler: Handler;
  const server = await startHttpServer(
    (origin) => {
      if (binding === 'verifier') emulator.knobs.verifierUrl = `${origin}${ENDPOINT}/callback`;
      handler = start(origin);
      const app = createHostApp((request) => handler(request), options, bodies, requests);
      app.get('/scripts/sign-in.js', async (context) => {
        const token = await createSessionToken({ userId: context.req.query('as') ?? '' }, secret);
        const script = `document.querySelector('connect-account').sessionToken = '${token}';`;
        return context.body(script, 200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' });
      });
      return getRequestListener(app.fetch);
    },
    { host: 'localhost' },
  );
  return {
    origin: server.origin,
    emulator,
    provider,
    requests,
    page: (body, as = '') => `${server.origin}/pages/${bodies.push(body) - 1}?as=${as}`,
    framePage: (body, as) => {
      const signIn = `<script type="module" src="/scripts/sign-in.js?as=${as}"></script>`;
      return `${server.origin}/pages/${bodies.push(`${signIn}${body}`) - 1}`;
    },
    restart: () => {
      handler = start(server.origin);
    },
    createToken: (claims) => createSessionToken(claims, secret),
    close: async () => {
      await Promise.all([server.close(), emulator.close(), provider.close()]);
    },
  };
}

type Handler = (request: Request) => Promise<Response>;

function createHandler(
  options: Omit<ConnectHandlerOptions, 'composio' | 'identify'> & { readonly secret: string },
  emulator: Emulator,
): Handler {
  const composio = new Composio({
    apiKey: emulator.apiKey,
    baseURL: emulator.origin,
    allowTracking: false,
    disableVersionCheck: true,
  });
  const identifyByToken = identifyBySessionToken(options.secret);
  const identify = async (request: Request) => identifyByCookie(request) ?? (await identifyByToken(request));
  return createConnectHandler({ composio, identify, store: 'memory', ...options });
}

function identifyByCookie(request: Request): { userId: string } | null {
  const [, userId] = /(?:^|; )session=([^;]+)/.exec(request.headers.get('cookie') ?? '') ?? [];
  return userId === undefined ? null : { userId };
}

function createHostApp(
  handler: Handler,
  options: TestHostOptions,
  bodies: string[],
  requests: EndpointRequest[],
): Hono<{ Bindings: HttpBindings }> {
  const {
    intercept = (request, handle) => handle(request),
    connectTo,
    pageHeaders = {},
    callbackHeaders = {},
  } = options;
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.get('/pages/:number', (context) => {
    const userId = context.req.query('as');
    if (userId) setCookie(context, 'session', userId, { httpOnly: true, sameSite: 'Strict', path: '/' });
    const headers = { 'content-security-policy': strictPolicy(connectTo), 'cache-control': 'no-store', ...pageHeaders };
    return context.html(pageAround(bodies[Number(context.req.param('number'))] ?? '', options), 200, headers);
  });

  // The browser requests the icon by itself. A data URL would violate the policy of the page in Firefox.
  app.get('/favicon.ico', (context) => context.body(null, 204));

  app.on('GET', ['/scripts/:name', '/src/events/:name'], async (context, next) => {
    const name = context.req.param('name');
    const file = scriptFile(name);
    if (file === undefined) return next();
    if ((await options.serve?.(name)) === false) {
      context.env.incoming.socket.destroy();
      return context.body(null);
    }
    // A page in a sandboxed frame has no origin, so its modules are cross-origin requests.
    const headers = { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' };
    return context.body(readFileSync(file), 200, headers);
  });

  app.all(`${ENDPOINT}/*`, async (context) => {
    const at = performance.timeOrigin + performance.now();
    const { method, path } = context.req;
    const response = await intercept(context.req.raw, handler);
    // `Response.error()` means a broken connection.
    if (response.type === 'error') {
      context.env.incoming.socket.destroy();
      return context.body(null);
    }
    if (method === 'GET' && path === `${ENDPOINT}/callback`) {
      for (const [name, value] of Object.entries(callbackHeaders)) response.headers.set(name, value);
    }
    requests.push({ method, path, at, status: response.status });
    return response;
  });
  return app;
}

const SCRIPTS: Readonly<Record<string, URL | string>> = {
  'record-page.js': new URL('record-page.js', import.meta.url),
  'event-names.js': new URL('../../src/events/event-names.js', import.meta.url),
  'connect-account.min.js': 'dist/connect-account.min.js',
};

/** Returns the file of a script: one of the few above, or one of `dist/cdn`. */
function scriptFile(name: string): URL | string | undefined {
  const part = /^[\w-]+\.js$/.test(name) ? `dist/cdn/${name}` : '';
  return SCRIPTS[name] ?? (existsSync(part) ? part : undefined);
}

const SCRIPT = '<script type="module" src="/scripts/connect-account.js"></script>';

const pageAround = (body: string, { script = SCRIPT, head = '' }: TestHostOptions): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Test host</title>
    ${head}<script type="module" nonce="abc" src="/scripts/record-page.js"></script>
  </head>
  <body>
    ${body}
    ${script}
  </body>
</html>`;
