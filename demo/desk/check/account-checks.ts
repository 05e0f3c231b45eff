import { createHash, randomBytes } from 'node:crypto';
import { parseConnectionLink } from '../../../src/core/http/http-writes.js';
import {
  parseAuthConfigs,
  parseConnectedAccount,
  parseConnectedAccountPage,
} from '../../../src/core/http/wire-format.js';
import type { ConnectedAccount, ConnectionLink } from '../../../src/core/model/connection-types.js';
import { checkRedirectUrl } from '../../../src/core/model/redirect-url.js';
import type { Check } from './check.js';
import { type Answer, expectAnswer, expectOffered, Finding, nameOf, type Probe, type Sender } from './probe.js';
import { ACCOUNT_ROUTES, listIds, UNKNOWN_ID } from './route-checks.js';

/** A link and the verifier of the browser that asked for it. */
export interface StartedLink extends ConnectionLink {
  readonly verifier: string;
}

/** Reads an answer as the elements do. @throws Finding with the field that they would refuse */
function readAs<Value>(answer: Answer, parse: (value: unknown) => Value): Value {
  try {
    return parse(answer.json);
  } catch (error) {
    throw new Finding(`${nameOf(answer)}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Asks for a link as a browser of the user does, with a verifier of its own unless one is given. */
export async function startLink(probe: Probe, verifier = randomBytes(32).toString('base64url')): Promise<StartedLink> {
  const bindingChallenge = createHash('sha256').update(verifier).digest('base64url');
  const body = { authConfigId: probe.options.authConfigId, bindingChallenge, allowMultiple: true };
  const answer = await probe.send('POST', '/connected-accounts/link', { body });
  expectAnswer(answer, 201);
  const link = readAs(answer, parseConnectionLink);
  probe.made.add(link.id);
  return { ...link, verifier };
}

/** Reads an account. @throws Finding if it cannot be read */
export async function readAccount(probe: Probe, id: string): Promise<ConnectedAccount> {
  const answer = await probe.send('GET', `/connected-accounts/${id}`);
  expectAnswer(answer, 200);
  return readAs(answer, parseConnectedAccount);
}

/** Returns an answer without the request's id, which may differ. */
function withoutRequestId({ status, text }: Answer): string {
  return `${status} ${text.replace(/"requestId"\s*:\s*"[^"]*"/, '"requestId":""')}`;
}

async function checkOwnership(probe: Probe): Promise<void> {
  const { id } = await startLink(probe);
  for (const [method, suffix, body] of ACCOUNT_ROUTES) {
    const send = (one: string, as: Sender) =>
      probe.send(method, `/connected-accounts/${one}${suffix}`, { as, ...(body && { body }) });
    const unknown = await send(UNKNOWN_ID, 'other');
    const foreign = await send(id, 'other');
    if (withoutRequestId(foreign) === withoutRequestId(unknown)) continue;
    const difference = `${foreign.status} for a foreign account, ${unknown.status} for an unknown one`;
    throw new Finding(
      `${method} …/connected-accounts/{id}${suffix} was answered ${difference}; the bodies are not equal.`,
    );
  }
  const account = await readAccount(probe, id);
  if (account.id !== id) throw new Finding('The account is gone after another user asked for it.');
  if ((await listIds(probe, 'other')).includes(id)) throw new Finding('The list of another user has the account.');
}

async function checkAuthConfigs(probe: Probe): Promise<void> {
  const id = probe.options.authConfigId ?? '';
  const answer = await probe.send('GET', `/auth-configs?ids=${encodeURIComponent(id)},ac_connectAccountCheck`);
  expectOffered(answer);
  expectAnswer(answer, 200);
  const ids = readAs(answer, parseAuthConfigs).map((one) => one.id);
  if (ids.join() !== id) throw new Finding(`It returned ${ids.join(', ') || 'nothing'} for ${id} and an unknown id.`);
}

async function checkLink(probe: Probe): Promise<void> {
  const { id, redirectUrl, expiresAt } = await startLink(probe);
  if (checkRedirectUrl(redirectUrl, probe.options.origin) === null) {
    throw new Finding('`redirectUrl` is not plain https without a user name, so the elements refuse it.');
  }
  if (Date.parse(expiresAt) <= Date.now()) throw new Finding('`expiresAt` is in the past.');
  const { status } = await readAccount(probe, id);
  if (status !== 'INITIATED' && status !== 'INITIALIZING') throw new Finding(`A new account is ${status}.`);
}

async function checkSharing(probe: Probe): Promise<void> {
  const first = await startLink(probe);
  const again = await startLink(probe, first.verifier);
  if (again.id !== first.id) throw new Finding('Two equal requests of one browser made two links.');
}

/** What a user sees of accounts, and what nobody else sees. */
export const ACCOUNT_CHECKS: readonly Check[] = [
  {
    id: 'auth-configs',
    title: 'Auth configs have the form of the protocol, and unknown ones are left out',
    fix: 'Return {"items": [{id, authScheme, toolkit: {slug, name}, fields: […]}]}, and skip ids that you do not know.',
    needs: ['session', 'auth config'],
    run: checkAuthConfigs,
  },
  {
    id: 'list',
    title: 'The list has the form of the protocol',
    fix: 'Return {"items": […], "nextCursor": null or text, "totalPages": number}.',
    needs: ['session'],
    async run(probe) {
      const answer = await probe.send('GET', '/connected-accounts?limit=5');
      expectOffered(answer);
      expectAnswer(answer, 200);
      const { items } = readAs(answer, parseConnectedAccountPage);
      if (items.length > 5) throw new Finding(`It returned ${items.length} accounts for limit=5.`);
    },
  },
  {
    id: 'link',
    title: 'A link leads to https, and its account is readable and pending',
    fix: 'Answer 201 {id, status, redirectUrl, expiresAt}, and let GET …/connected-accounts/{id} find the account at once.',
    needs: ['session', 'auth config'],
    run: checkLink,
  },
  {
    id: 'link-sharing',
    isAdvice: true,
    title: 'Equal requests of one browser share a pending link',
    fix: 'Keep pending links by user, auth config and bindingChallenge: a second tab would else make a second account.',
    needs: ['session', 'auth config'],
    run: checkSharing,
  },
  {
    id: 'ownership',
    title: 'The account of another user is answered byte for byte like an unknown one',
    fix: 'Check the owner before anything else, and answer both with the same 404. A 403 tells that the account exists.',
    needs: ['session', 'other user', 'auth config'],
    run: checkOwnership,
  },
];
