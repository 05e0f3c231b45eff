import type { ComposioClientLike, ComposioLike } from '../../../src/server.js';

/** What an upstream answers, by the members of the raw client. A function is given what was sent, anything else is the answer. */
export interface FakeAnswers {
  readonly list?: unknown;
  readonly link?: unknown;
  readonly create?: unknown;
  readonly refresh?: unknown;
  readonly delete?: unknown;
  readonly updateStatus?: unknown;
  readonly patch?: unknown;
  readonly authConfig?: unknown;
  readonly toolkit?: unknown;
  readonly post?: unknown;
}

const AUTH_CONFIG = {
  id: 'ac_github',
  auth_scheme: 'OAUTH2',
  is_composio_managed: true,
  status: 'ENABLED',
  toolkit: { slug: 'github', logo: 'https://logos.composio.dev/api/github' },
};

/** An upstream that lies as it is told; what it is not told is the answer of an ordinary day, with no account. */
export function fakeComposio(answers: FakeAnswers): ComposioLike {
  const answer = async (planned: unknown, ordinary: unknown = {}, sent?: unknown) => {
    if (typeof planned === 'function') return planned(sent);
    return planned === undefined ? ordinary : planned;
  };
  const client: ComposioClientLike = {
    link: { create: (body) => answer(answers.link, {}, body) },
    connectedAccounts: {
      list: (query) => answer(answers.list, { items: [], total_pages: 1 }, query),
      create: () => answer(answers.create),
      refresh: () => answer(answers.refresh),
      patch: () => answer(answers.patch),
      updateStatus: () => answer(answers.updateStatus),
      delete: () => answer(answers.delete),
    },
    authConfigs: { retrieve: () => answer(answers.authConfig, AUTH_CONFIG) },
    toolkits: { retrieve: () => answer(answers.toolkit, { name: 'GitHub' }) },
    post: () => answer(answers.post),
  };
  return { getClient: () => client };
}

/** An account as upstream sends it. */
export function wireAccount(more: object = {}): Record<string, unknown> {
  return {
    id: 'ca_1',
    toolkit: { slug: 'github' },
    auth_config: { id: 'ac_github', auth_scheme: 'OAUTH2', is_composio_managed: true, is_disabled: false },
    word_id: 'github_red-castle',
    alias: null,
    user_id: 'user_ada',
    status: 'ACTIVE',
    status_reason: null,
    is_disabled: false,
    created_at: '2026-09-24T12:00:00.000Z',
    updated_at: '2026-09-24T12:01:00.000Z',
    state: { authScheme: 'OAUTH2', val: { status: 'ACTIVE', access_token: 'REDACTED' } },
    data: {},
    ...more,
  };
}
