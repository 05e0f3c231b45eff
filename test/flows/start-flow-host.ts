import { setTimeout as delay } from 'node:timers/promises';
import { startTestHost, type TestHost } from '../support/start-test-host.js';
import type { FaultKind, FlowPlan } from './flow-plan.js';

/** A host that plays a separate plan for each user. */
export interface FlowHost {
  readonly host: TestHost;
  /** Sets the plan of this user's flow. */
  expect(userId: string, plan: FlowPlan): void;
  /** The last link made for this user, which the user follows late or never. */
  linkOf(userId: string): FlowLink | undefined;
  /** Returns whether Composio holds an ACTIVE account of this user. */
  hasActive(userId: string): boolean;
  close(): Promise<void>;
}

export interface FlowLink {
  readonly id: string;
  readonly redirectUrl: string;
}

interface UserFlow {
  readonly plan: FlowPlan;
  requests: number;
  link: FlowLink | undefined;
}

/** Starts a host. Its provider consents at once. */
export async function startFlowHost(): Promise<FlowHost> {
  const flows = new Map<string, UserFlow>();
  const host = await startTestHost({
    intercept: async (request, handle) => {
      const flow = flows.get(userOf(request));
      if (flow === undefined || isCallbackPage(request)) return handle(request);
      flow.requests += 1;
      const fault = flow.plan.faults[flow.requests];
      if (fault === 'slow') await delay(700);
      else if (fault !== undefined) return answer(fault);
      const response = await handle(request);
      return isLinkRequest(request) && response.ok ? keepLink(flow, response, host.provider.origin) : response;
    },
  });
  host.emulator.knobs.hostedConsentPage = false;
  host.provider.knobs.autoConsent = 'octocat';
  return {
    host,
    expect: (userId, plan) => void flows.set(userId, { plan, requests: 0, link: undefined }),
    linkOf: (userId) => flows.get(userId)?.link,
    hasActive: (userId) =>
      host.emulator.accounts.all().some((account) => account.userId === userId && account.status === 'ACTIVE'),
    close: host.close,
  };
}

/** The provider's page for users who wait there. Nothing happens on it. */
async function keepLink(flow: UserFlow, response: Response, providerOrigin: string): Promise<Response> {
  const link = await response.json();
  flow.link = link;
  if (flow.plan.ending === 'consent') return Response.json(link, { status: 201 });
  return Response.json({ ...link, redirectUrl: `${providerOrigin}/provider.css` }, { status: 201 });
}

function answer(fault: Exclude<FaultKind, 'slow'>): Response {
  switch (fault) {
    case 'status-500':
      return new Response(null, { status: 500 });
    case 'status-429':
      return new Response(null, { status: 429, headers: { 'retry-after': '1' } });
    case 'web-page':
      return new Response('<!doctype html>', { status: 502, headers: { 'content-type': 'text/html' } });
    case 'sign-in-page':
      return new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
    case 'half-json':
      return new Response('{"error":{', { status: 503, headers: { 'content-type': 'application/json' } });
    case 'no-connection':
      return Response.error();
  }
}

function userOf(request: Request): string {
  return /(?:^|; )session=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '';
}

function isCallbackPage({ method, url }: Request): boolean {
  return method === 'GET' && url.includes('/callback');
}

function isLinkRequest({ method, url }: Request): boolean {
  return method === 'POST' && url.endsWith('/link');
}
