import { readFileSync } from 'node:fs';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { InteractionResults, Provider } from 'oidc-provider';
import { PROVIDER_LOGINS } from './provider-logins.js';
import { consentPage, errorPage, loginPage } from './provider-pages.js';
import type { ProviderKnobs } from './start-provider.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;
type InteractionContext = Context<{ Bindings: HttpBindings }>;

/**
 * The pages between the authorization request and its answer: sign in, then consent.
 * @see https://github.com/panva/node-oidc-provider/blob/main/docs/README.md#user-flows
 */
export function createInteractionApp(provider: Provider, knobs: ProviderKnobs): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const styles = readFileSync(`${process.cwd()}/demo/provider/provider.css`, 'utf8');

  app.get('/provider.css', (context) => context.body(styles, 200, { 'content-type': 'text/css' }));

  app.get('/interaction/:uid', async (context) => {
    const interaction = await readInteraction(provider, context);
    if (knobs.autoConsent !== undefined) {
      return finish(provider, context, await consentAs(provider, interaction, knobs));
    }
    const prompt = interaction.prompt.name === 'login' ? 'login' : 'consent';
    const policy = knobs.crossOriginOpenerPolicy[prompt];
    if (policy !== undefined) context.header('Cross-Origin-Opener-Policy', policy);
    context.header('Cache-Control', 'no-store');
    return context.html(await renderPrompt(provider, interaction));
  });

  app.post('/interaction/:uid/login', async (context) => {
    const { login } = await context.req.parseBody();
    if (!PROVIDER_LOGINS.some((known) => known.login === login))
      return context.html(errorPage('Unknown account.'), 400);
    return finish(provider, context, { login: { accountId: String(login) } });
  });

  app.post('/interaction/:uid/consent', async (context) => {
    const interaction = await readInteraction(provider, context);
    const { decision } = await context.req.parseBody();
    if (decision === 'switch') return context.redirect(await forgetSession(provider, interaction), 303);
    if (decision === 'allow') return finish(provider, context, await grantConsent(provider, interaction, knobs));
    const denial = { error: 'access_denied', error_description: 'The user denied the request.' };
    return finish(provider, context, denial);
  });

  app.onError((error, context) => context.html(errorPage(error.message), 400));
  return app;
}

function readInteraction(provider: Provider, { env }: InteractionContext): Promise<Interaction> {
  return provider.interactionDetails(env.incoming, env.outgoing);
}

async function finish(provider: Provider, context: InteractionContext, result: InteractionResults): Promise<Response> {
  const { incoming, outgoing } = context.env;
  const mergeWithLastSubmission = !('error' in result);
  return context.redirect(
    await provider.interactionResult(incoming, outgoing, result, { mergeWithLastSubmission }),
    303,
  );
}

async function renderPrompt(provider: Provider, interaction: Interaction): Promise<string> {
  const client = await provider.Client.find(String(interaction.params['client_id']));
  const service = String(client?.['service_name'] ?? 'the provider');
  if (interaction.prompt.name === 'login') return String(await loginPage(service, interaction.uid));
  const login = interaction.session?.accountId ?? '';
  return String(await consentPage(service, client?.clientName ?? 'An app', login, interaction.uid));
}

async function consentAs(
  provider: Provider,
  interaction: Interaction,
  knobs: ProviderKnobs,
): Promise<InteractionResults> {
  if (interaction.prompt.name === 'login') return { login: { accountId: knobs.autoConsent ?? '' } };
  return grantConsent(provider, interaction, knobs);
}

async function grantConsent(
  provider: Provider,
  { grantId, params, session }: Interaction,
  { revokesWholeGrant }: ProviderKnobs,
): Promise<InteractionResults> {
  const known = grantId !== undefined && revokesWholeGrant ? await provider.Grant.find(grantId) : undefined;
  const accountId = session?.accountId ?? '';
  const grant = known ?? new provider.Grant({ accountId, clientId: String(params['client_id']) });
  grant.addOIDCScope(String(params['scope'] ?? ''));
  return { consent: { grantId: await grant.save() } };
}

/** Signs the browser out and returns the URL that restarts the same authorization request. */
async function forgetSession(provider: Provider, interaction: Interaction): Promise<string> {
  const session = await provider.Session.findByUid(interaction.session?.uid ?? '');
  await session?.destroy();
  return `/auth?${new URLSearchParams(interaction.params as Record<string, string>)}`;
}
