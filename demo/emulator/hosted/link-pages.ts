import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { activate, beginAuthorization, failConnection } from '../connection-lifecycle.js';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';
import { type AccountRecord, findAccount, type LinkOutcome, type LinkRecord } from '../emulator-state.js';
import { OAuthError } from '../oauth-leg.js';
import { type AuthConfigRecord, type FieldRecord, findScheme, isRedirecting } from '../toolkit-records.js';
import { bindBrowser } from './browser-binding.js';
import { linkFormPage, messagePage } from './hosted-page-html.js';
import { leaveFlow } from './leave-link.js';

/** An open link with its account and auth config. */
interface OpenLink {
  readonly link: LinkRecord;
  readonly account: AccountRecord;
  readonly authConfig: AuthConfigRecord;
  /** Every connection field of the scheme. */
  readonly declared: readonly FieldRecord[];
  /** The fields that the form shows. The others use their default. */
  readonly fields: readonly FieldRecord[];
}

/** The hosted page `GET /link/{token}`: straight to the provider, consent, or a form; then back to the host. */
export function linkPageRoutes(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const { knobs, route } = emulator;
  const app = new Hono<EmulatorEnv>();
  const styles = readFileSync(`${process.cwd()}/demo/emulator/hosted/hosted.css`, 'utf8');

  app.get('/hosted.css', (context) => context.body(styles, 200, { 'content-type': 'text/css' }));

  app.use('/link/*', async (context, next) => {
    await next();
    const policy = knobs.crossOriginOpenerPolicy;
    if (policy !== undefined) context.header('Cross-Origin-Opener-Policy', policy);
    context.header('Cache-Control', 'no-store');
  });

  app.get('/link/:token', route('hosted.link'), async (context) => {
    const open = findOpenLink(emulator, context.req.param('token'), context.req.query('status') !== undefined);
    if ('refusal' in open) return context.html(messagePage(open.refusal, open.words), open.status);
    if (open.link.outcome !== undefined) return leave(context, emulator, open, open.link.outcome);
    if (knobs.denyLinks) return deny(context, emulator, open);
    const isComplete = open.fields.every(({ name, required }) => !required || Boolean(open.account.val[name]));
    const { authScheme, isComposioManaged } = open.authConfig;
    const asksConsent = isComposioManaged && knobs.hostedConsentPage;
    const needsPage = !isRedirecting(authScheme) || !isComplete || asksConsent;
    return needsPage ? showForm(context, emulator, open, open.account.val) : goToProvider(context, emulator, open);
  });

  app.post('/link/:token', route('hosted.submit'), async (context) => {
    const open = findOpenLink(emulator, context.req.param('token'), false);
    if ('refusal' in open) return context.html(messagePage(open.refusal, open.words), open.status);
    const { decision, ...typed } = await context.req.parseBody();
    if (decision !== 'continue') return deny(context, emulator, open);
    const problem = findProblem(emulator, open, typed);
    if (problem !== undefined) return showForm(context, emulator, open, typed, problem);
    const entries = open.declared.map(({ name, default: preset }) => [name, typed[name] ?? preset]);
    const val = Object.fromEntries(entries.filter(([, value]) => value));
    if (isRedirecting(open.authConfig.authScheme)) {
      open.account.val = { ...open.account.val, ...val };
      return goToProvider(context, emulator, open);
    }
    void activate(emulator, open.account, val);
    open.link.outcome = { status: 'success' };
    return leave(context, emulator, open, open.link.outcome);
  });

  return app;
}

function findOpenLink(
  { state, knobs, clock }: EmulatorContext,
  token: string,
  isReturning: boolean,
): OpenLink | { refusal: string; words: string; status: 404 | 410 } {
  const link = state.links.get(token);
  const account = link && findAccount(state, link.accountId);
  const authConfig = account && state.authConfigs.get(account.authConfigId);
  const startAgain = 'Close this window and start again.';
  if (!link || !account || !authConfig) return { refusal: 'Link not found', words: startAgain, status: 404 };
  if (link.outcome !== undefined && !isReturning) {
    const shown = knobs.usedLinkShowsCallback ? ` It led to ${link.callbackUrl}.` : '';
    return { refusal: 'Link already used', words: `${startAgain}${shown}`, status: 410 };
  }
  if (link.outcome === undefined && (clock.now() >= link.expiresAt || account.status !== 'INITIATED')) {
    return { refusal: 'Link expired', words: startAgain, status: 410 };
  }
  const scheme = findScheme(state.toolkits.get(account.toolkitSlug), authConfig.authScheme);
  const declared = scheme?.fields ?? [];
  return { link, account, authConfig, declared, fields: declared.filter((field) => field.user_visible !== false) };
}

async function goToProvider(context: Context, emulator: EmulatorContext, open: OpenLink): Promise<Response> {
  const { link, account, authConfig } = open;
  const browser = authConfig.isComposioManaged ? bindBrowser(context) : undefined;
  const flow = { accountId: account.id, linkToken: link.token, callbackUrl: link.callbackUrl, browser };
  return context.redirect(await beginAuthorization(emulator, authConfig, flow));
}

function showForm(
  context: Context,
  { state, logoUrl }: EmulatorContext,
  { account, fields }: OpenLink,
  values: Readonly<Record<string, unknown>>,
  problem?: string,
): Response | Promise<Response> {
  const toolkit = state.toolkits.get(account.toolkitSlug);
  if (toolkit === undefined) throw new Error(`No toolkit ${account.toolkitSlug}`);
  const form = { toolkit, logo: logoUrl(toolkit.slug), fields, values, ...(problem !== undefined && { problem }) };
  return context.html(linkFormPage(form), problem === undefined ? 200 : 400);
}

function findProblem(
  { knobs }: EmulatorContext,
  { fields }: OpenLink,
  typed: Readonly<Record<string, unknown>>,
): string | undefined {
  const missing = fields.filter(({ name, required }) => required && !typed[name]);
  if (missing.length > 0) return `Missing required fields: ${missing.map(({ displayName }) => displayName).join(', ')}`;
  const isRejected = Object.values(typed).some((value) => knobs.rejectedCredentials.has(String(value)));
  return isRejected ? 'These credentials were not accepted.' : undefined;
}

function deny(context: Context, emulator: EmulatorContext, open: OpenLink): Response | Promise<Response> {
  failConnection(emulator, open.account, new OAuthError('access_denied', 'The user denied the request.'));
  open.link.outcome = { status: 'failed' };
  return leave(context, emulator, open, open.link.outcome);
}

function leave(
  context: Context,
  emulator: EmulatorContext,
  { account, link }: OpenLink,
  outcome: LinkOutcome,
): Response | Promise<Response> {
  const { parameterNames } = emulator.knobs.callback;
  return leaveFlow(context, emulator, account, { callbackUrl: link.callbackUrl, outcome, parameterNames });
}
