import { isLoopbackHostname } from '../../../src/core/model/redirect-url.js';
import { ACCOUNT_CHECKS } from './account-checks.js';
import { ANSWER_CHECKS } from './answer-checks.js';
import { BINDING_CHECKS } from './binding-checks.js';
import { CALLBACK_CHECKS } from './callback-checks.js';
import type { Check } from './check.js';
import { INPUT_CHECKS } from './input-checks.js';
import { ORIGIN_CHECKS } from './origin-checks.js';
import { Finding, type Need, NotOffered, Probe, type ProbeOptions } from './probe.js';
import { ROUTE_CHECKS } from './route-checks.js';

/** All checks, in the order in which they run. */
export const ALL_CHECKS: readonly Check[] = [
  ...CALLBACK_CHECKS,
  ...ROUTE_CHECKS,
  ...ORIGIN_CHECKS,
  ...INPUT_CHECKS,
  ...ACCOUNT_CHECKS,
  ...BINDING_CHECKS,
  ...ANSWER_CHECKS,
];

/** The outcome of one check. */
export type CheckResult = { readonly check: Check } & (
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed' | 'advised' | 'skipped'; readonly why: string }
);

/** The option that gives a check what it needs. */
const HOW_TO_GIVE: Readonly<Record<Need, string>> = {
  session: 'a session: --header "Cookie: …" or --token …',
  'other user': 'a second user: --other-header "Cookie: …" or --other-token …',
  'auth config': 'an auth config: --auth-config-id ac_…',
  'allowed origin': 'an origin that the backend allows: --allowed-origin https://…',
  'local provider': 'a backend on `npx connect-account dev`, whose provider can be signed in to by a script',
};

/** Runs the checks one after another, and deletes what they made. */
export async function* runChecks(options: ProbeOptions, checks = ALL_CHECKS): AsyncGenerator<CheckResult> {
  const probe = new Probe(options);
  let isProviderLocal: boolean | undefined;
  for (const check of checks) {
    const missing = (check.needs ?? []).find((need) => need !== 'local provider' && !isGiven(need, options));
    if (missing !== undefined) {
      yield { check, outcome: 'skipped', why: `needs ${HOW_TO_GIVE[missing]}` };
      continue;
    }
    if (check.needs?.includes('local provider')) {
      isProviderLocal ??= await leadsToThisMachine(probe);
      if (!isProviderLocal) {
        yield { check, outcome: 'skipped', why: `needs ${HOW_TO_GIVE['local provider']}` };
        continue;
      }
    }
    yield await runCheck(check, probe);
  }
  await cleanUp(probe);
}

function isGiven(need: Need, options: ProbeOptions): boolean {
  switch (need) {
    case 'session':
      return Object.keys(options.session).length > 0;
    case 'other user':
      return Object.keys(options.otherSession).length > 0;
    case 'auth config':
      return options.authConfigId !== undefined;
    case 'allowed origin':
      return options.allowedOrigin !== undefined;
    case 'local provider':
      return true;
  }
}

/** Returns whether links of the backend lead to an emulated Composio on this machine. */
async function leadsToThisMachine(probe: Probe): Promise<boolean> {
  const body = { authConfigId: probe.options.authConfigId, allowMultiple: true };
  const { json } = await probe.send('POST', '/connected-accounts/link', { body });
  const { id, redirectUrl } = (json ?? {}) as { id?: unknown; redirectUrl?: unknown };
  if (typeof id === 'string') probe.made.add(id);
  return (
    typeof redirectUrl === 'string' && URL.canParse(redirectUrl) && isLoopbackHostname(new URL(redirectUrl).hostname)
  );
}

async function runCheck(check: Check, probe: Probe): Promise<CheckResult> {
  try {
    await check.run(probe);
    return { check, outcome: 'passed' };
  } catch (error) {
    if (error instanceof NotOffered) return { check, outcome: 'skipped', why: error.message };
    const outcome = check.isAdvice ? 'advised' : 'failed';
    if (error instanceof Finding) return { check, outcome, why: error.message };
    const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return { check, outcome: 'failed', why: `${error instanceof Error ? error.message : error}${cause}` };
  }
}

async function cleanUp(probe: Probe): Promise<void> {
  for (const id of probe.made) await probe.send('DELETE', `/connected-accounts/${id}`).catch(() => undefined);
}
