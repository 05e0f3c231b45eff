import { isLoopbackHostname } from '../../../src/core/model/redirect-url.js';
import { FormBrowser } from '../form-browser.js';
import { readAccount, type StartedLink, startLink } from './account-checks.js';
import type { Check } from './check.js';
import { type Answer, expectAnswer, Finding, type Probe, type Sender } from './probe.js';

/** A browser that is back from the provider. */
interface Return {
  readonly link: StartedLink;
  /** What the provider's flow appended to the address of the callback page. */
  readonly query: URLSearchParams;
}

/** Connects at the provider of `connect-account dev`, as far as the callback page. */
async function goToProvider(probe: Probe): Promise<Return> {
  const link = await startLink(probe);
  const callback = new URL(`${probe.options.endpoint}/callback`);
  const isOutside = (url: URL) => isLoopbackHostname(url.hostname) && url.pathname !== callback.pathname;
  const { url, status } = await new FormBrowser(isOutside).follow(link.redirectUrl);
  if (status !== undefined) {
    throw new Finding(`The flow ended on ${url.origin}${url.pathname} (${status}) and not on the callback page.`);
  }
  if (!url.searchParams.has('state') && !url.searchParams.has('session_uri')) {
    throw new Finding(
      'The callback page is given neither `state` nor `session_uri`: nothing binds the browser to the user.',
    );
  }
  return { link, query: url.searchParams };
}

/** Sends what the callback page sends. */
function report(
  probe: Probe,
  { query, link }: Return,
  as: Sender,
  verifier: string | null = link.verifier,
): Promise<Answer> {
  const session = query.get('session_uri');
  const accountId = query.get('connected_account_id') ?? query.get('connectedAccountId');
  const body = {
    ...(accountId && { connectedAccountId: accountId }),
    ...(session && { sessionUri: session }),
    ...(query.has('state') && { state: query.get('state') }),
    ...(verifier && { bindingVerifier: verifier }),
  };
  return probe.send('POST', '/callback', { as, body });
}

async function checkOwnLink(probe: Probe): Promise<void> {
  const { query } = await goToProvider(probe);
  // A verifier URL proves the user by the session, so browsers may share there.
  if (query.has('session_uri')) return;
  const [first, other] = [await startLink(probe), await startLink(probe)];
  if (other.id === first.id) throw new Finding('Another browser (bindingChallenge) was given the same link.');
}

async function expectNotUsable(probe: Probe, id: string, after: string): Promise<void> {
  const answer = await probe.send('GET', `/connected-accounts/${id}`);
  const { status } = (answer.json ?? {}) as { status?: unknown };
  if (answer.status === 200 && status === 'ACTIVE') throw new Finding(`The account is ACTIVE ${after}.`);
}

async function checkBound(probe: Probe): Promise<void> {
  const back = await goToProvider(probe);
  await expectNotUsable(probe, back.link.id, 'before the browser has proven anything');
  const answer = await report(probe, back, 'user');
  expectAnswer(answer, 200);
  const { connectedAccountId } = answer.json as { connectedAccountId?: unknown };
  if (connectedAccountId !== back.link.id) throw new Finding('POST /callback names another account than the link.');
  const { status } = await readAccount(probe, back.link.id);
  if (status !== 'ACTIVE') throw new Finding(`After the proof the account is ${status}.`);
}

async function checkStranger(probe: Probe): Promise<void> {
  const back = await goToProvider(probe);
  const isSession = back.query.has('session_uri');
  const answer = await report(probe, back, 'nobody', null);
  if (isSession) expectAnswer(answer, [401, 403], undefined, 'from a browser without a proof');
  else expectAnswer(answer, 403, 'browser_mismatch', 'from a browser without a proof');
  await expectNotUsable(probe, back.link.id, 'after a browser without a proof came back');
  if (isSession) return;
  await report(probe, back, 'user');
  await expectNotUsable(probe, back.link.id, 'again: the mismatch must be final');
}

async function checkLastBrowser(probe: Probe): Promise<void> {
  const back = await goToProvider(probe);
  // Upstream redeems a session once, so nothing that comes later can undo it.
  if (back.query.has('session_uri')) return;
  expectAnswer(await report(probe, back, 'user'), 200);
  await report(probe, back, 'nobody', null);
  await expectNotUsable(probe, back.link.id, 'although a second browser brought the same state without a proof');
}

async function checkOtherUser(probe: Probe): Promise<void> {
  const back = await goToProvider(probe);
  const answer = await report(probe, back, 'other');
  expectAnswer(answer, 403, 'browser_mismatch', 'from a browser where another user is signed in');
  await expectNotUsable(probe, back.link.id, 'after the browser of another user came back');
}

async function checkDelete(probe: Probe): Promise<void> {
  const { id } = await startLink(probe);
  const first = await probe.send('DELETE', `/connected-accounts/${id}`);
  if (first.status === 405) return;
  expectAnswer(first, 200);
  const { success } = first.json as { success?: unknown };
  if (success !== true) throw new Finding('DELETE was not answered {"success": true}.');
  expectAnswer(await probe.send('GET', `/connected-accounts/${id}`), 404, 'not_found', 'after the DELETE');
}

/** Who finished a link. These checks sign in at the provider of `connect-account dev`. */
export const BINDING_CHECKS: readonly Check[] = [
  {
    id: 'binding',
    title: 'An account is ACTIVE only after its browser has proven the attempt',
    fix: 'Report INITIATED until POST {endpoint}/callback brought the verifier of the bindingChallenge, or the user who began.',
    needs: ['session', 'auth config', 'local provider'],
    run: checkBound,
  },
  {
    id: 'binding-own-link',
    title: 'Another browser of the same user gets a link of its own',
    fix: 'Share a pending link only between requests with the same bindingChallenge: another browser could not prove it.',
    needs: ['session', 'auth config', 'local provider'],
    run: checkOwnLink,
  },
  {
    id: 'binding-stranger',
    title: 'A browser without a proof takes the account away, for good',
    fix: 'Answer 403 browser_mismatch, delete the account upstream, and remember that: nothing that comes later may make it usable.',
    needs: ['session', 'auth config', 'local provider'],
    run: checkStranger,
  },
  {
    id: 'binding-last-browser',
    title: 'A browser without a proof undoes the binding also when it comes second',
    fix: 'Take the account away for every mismatch within the life of the link and 10 minutes more: who came first proves nothing.',
    needs: ['session', 'auth config', 'local provider'],
    run: checkLastBrowser,
  },
  {
    id: 'binding-other-user',
    title: 'A browser where another user is signed in is a mismatch, whatever the verifier says',
    fix: 'Compare the user of the session first. Take the verifier only where nobody is signed in.',
    needs: ['session', 'other user', 'auth config', 'local provider'],
    run: checkOtherUser,
  },
  {
    id: 'delete',
    title: 'DELETE ends an account',
    fix: 'Delete upstream, answer 200 {"success": true}, and 404 from then on.',
    needs: ['session', 'auth config'],
    run: checkDelete,
  },
];
