import type { Check } from './check.js';
import { type Answer, expectAnswer, Finding, type Probe } from './probe.js';

const CANARY = 'connect-account-check-<b>canary</b>';
const SCRIPT_TYPE = /^(?:text|application)\/(?:javascript|ecmascript)/i;

/** Opens the callback page as a browser that comes from the provider does: from another site, without a session. */
function openPage(probe: Probe, query = ''): Promise<Answer> {
  const headers = { accept: 'text/html', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  return probe.send('GET', `/callback${query}`, { as: 'nobody', headers });
}

/** Returns the sources of a directive, with the fallback to `default-src`. */
function sourcesOf(policy: string, directive: string): readonly string[] {
  const directives = new Map(
    policy.split(/[;,]/).map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      return [name.toLowerCase(), sources] as const;
    }),
  );
  return directives.get(directive) ?? directives.get('default-src') ?? ['*'];
}

async function checkPolicy(probe: Probe): Promise<void> {
  const { headers } = await openPage(probe);
  const policy = headers.get('content-security-policy') ?? '';
  if (policy === '') throw new Finding('GET /callback has no Content-Security-Policy.');
  const loose = sourcesOf(policy, 'script-src').filter((source) => /^(?:\*|https?:|data:|'unsafe-\w+')$/.test(source));
  if (loose.length > 0) throw new Finding(`Its policy lets scripts run by ${loose.join(' and ')}.`);
  if (!sourcesOf(policy, 'connect-src').some((source) => source !== "'none'")) {
    throw new Finding('Its policy forbids the POST of its own script: connect-src is none.');
  }
}

async function checkScript(probe: Probe): Promise<void> {
  const { text, headers } = await openPage(probe);
  const scripts = [...text.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)];
  if (scripts.length === 0) throw new Finding('GET /callback has no script.');
  const sources = sourcesOf(headers.get('content-security-policy') ?? '', 'script-src');
  for (const [, attributes = '', code = ''] of scripts) {
    const [, src] = /\bsrc\s*=\s*["']?([^"'\s>]+)/i.exec(attributes) ?? [];
    if (src !== undefined)
      await checkScriptFile(new URL(src, `${probe.options.endpoint}/callback`), attributes, sources);
    else if (!(await isAllowedInline(code, attributes, sources))) {
      throw new Finding('Its policy blocks its inline script: neither its hash nor a nonce is in script-src.');
    }
  }
}

async function checkScriptFile(url: URL, attributes: string, sources: readonly string[]): Promise<void> {
  const [, integrity = ''] = /\bintegrity\s*=\s*["']?([^"'\s>]+)/i.exec(attributes) ?? [];
  const own = ["'self'", '*', 'https:', 'http:', url.origin, `${url.origin}${url.pathname}`, `'${integrity}'`];
  if (!hasNonce(attributes, sources) && !sources.some((source) => own.includes(source) || isFolderOf(source, url))) {
    throw new Finding(`Its policy blocks its script ${url.pathname}.`);
  }
  const response = await fetch(url);
  await response.body?.cancel();
  const type = response.headers.get('content-type') ?? '';
  if (response.ok && SCRIPT_TYPE.test(type)) return;
  throw new Finding(`Its script ${url.pathname} was answered ${response.status} as ${type || 'no type'}.`);
}

function hasNonce(attributes: string, sources: readonly string[]): boolean {
  const [, nonce] = /\bnonce\s*=\s*["']?([^"'\s>]+)/i.exec(attributes) ?? [];
  return nonce !== undefined && sources.includes(`'nonce-${nonce}'`);
}

/** Returns whether a source of a policy is a folder that the file is in. */
function isFolderOf(source: string, { href }: URL): boolean {
  return /^https?:\/\/.*\/$/.test(source) && href.startsWith(source);
}

async function isAllowedInline(code: string, attributes: string, sources: readonly string[]): Promise<boolean> {
  if (hasNonce(attributes, sources)) return true;
  for (const name of ['SHA-256', 'SHA-384', 'SHA-512']) {
    const digest = new Uint8Array(await crypto.subtle.digest(name, new TextEncoder().encode(code)));
    const hash = btoa(String.fromCharCode(...digest));
    if (sources.includes(`'${name.toLowerCase().replace('-', '')}-${hash}'`)) return true;
  }
  return sources.includes("'unsafe-inline'");
}

/** The page on which the provider's flow ends. */
export const CALLBACK_CHECKS: readonly Check[] = [
  {
    id: 'callback-page',
    title: 'The callback page is HTML and needs no session',
    fix: 'Serve GET {endpoint}/callback as text/html without asking who is signed in: a SameSite=Strict cookie is not sent on the way back from the provider.',
    async run(probe) {
      const answer = await openPage(probe, '?status=success&connected_account_id=ca_check');
      expectAnswer(answer, 200);
      const type = answer.headers.get('content-type') ?? '';
      if (!/^text\/html\b/i.test(type)) throw new Finding(`GET /callback is sent as ${type || 'no type'}.`);
    },
  },
  {
    id: 'callback-opener-policy',
    title: 'The callback page has no Cross-Origin-Opener-Policy',
    fix: 'Leave Cross-Origin-Opener-Policy out on this one path, also where a middleware (helmet) or a proxy sends it for the whole app.',
    async run(probe) {
      const policy = (await openPage(probe)).headers.get('cross-origin-opener-policy');
      if (policy !== null && policy !== 'unsafe-none') throw new Finding(`Cross-Origin-Opener-Policy is ${policy}.`);
    },
  },
  {
    id: 'callback-policy',
    title: 'The callback page has a strict Content-Security-Policy that lets it work',
    fix: "Send Content-Security-Policy: default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none' with it.",
    run: checkPolicy,
  },
  {
    id: 'callback-script',
    title: 'The script of the callback page can run',
    fix: 'Load {endpoint}/callback.js, or dist/callback-page.js of the package, from the page, and allow it in script-src.',
    run: checkScript,
  },
  {
    id: 'callback-script-file',
    isAdvice: true,
    title: 'The script is also served as callback.js',
    fix: 'Serve the bundled script of the page at GET {endpoint}/callback.js as text/javascript, for hosts behind a proxy that adds a policy.',
    async run(probe) {
      const answer = await probe.send('GET', '/callback.js', { as: 'nobody' });
      expectAnswer(answer, 200);
      const type = answer.headers.get('content-type') ?? '';
      if (!SCRIPT_TYPE.test(type)) throw new Finding(`GET /callback.js is sent as ${type || 'no type'}.`);
    },
  },
  {
    id: 'callback-static',
    title: 'Nothing from the query is written into the callback page',
    fix: 'Serve the same bytes for every query. The script reads the query.',
    async run(probe) {
      const { text } = await openPage(
        probe,
        `?error=${encodeURIComponent(CANARY)}&state=${encodeURIComponent(CANARY)}`,
      );
      if (text.includes('canary')) throw new Finding('The value of a parameter appears in the page.');
    },
  },
];
