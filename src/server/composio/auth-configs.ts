import type { AuthConfig } from '../../core/model/connection-types.js';
import { authConfigNotFound, RequestError } from '../http/errors.js';
import { getToolkitSlug, readAuthConfig, readToolkit, type Toolkit } from './auth-config-dto.js';
import type { Upstream } from './upstream-calls.js';
import { upstreamError } from './upstream-error.js';
import { asObject } from './wire-value.js';

/**
 * Reads an auth config and the fields of its toolkit.
 *
 * @throws RequestError `auth_config_not_found` for an unknown id
 */
export async function getAuthConfig(upstream: Upstream, toolkits: ToolkitDirectory, id: string): Promise<AuthConfig> {
  const wire = await retrieveAuthConfig(upstream, id);
  const slug = getToolkitSlug(wire);
  if (slug === null || asObject(wire)['id'] !== id) throw upstreamError();
  const authConfig = readAuthConfig(wire, await getToolkit(upstream, toolkits, slug));
  if (authConfig === null) throw upstreamError();
  return authConfig;
}

/** Reads a toolkit's name, logo and fields, and caches them. A toolkit unknown to Composio is named by its slug. */
export function getToolkit(upstream: Upstream, toolkits: ToolkitDirectory, slug: string): Promise<Toolkit> {
  return toolkits.get(slug, async () => {
    try {
      return await upstream.send((client, options) => client.toolkits.retrieve(slug, undefined, options));
    } catch (error) {
      if (error instanceof RequestError && error.code === 'not_found') return null;
      throw error;
    }
  });
}

async function retrieveAuthConfig(upstream: Upstream, id: string): Promise<unknown> {
  try {
    return await upstream.send((client, options) => client.authConfigs.retrieve(id, options));
  } catch (error) {
    throw error instanceof RequestError && error.code === 'not_found' ? authConfigNotFound() : error;
  }
}

/** Names, logos and fields change only with releases of Composio's toolkits. */
const TOOLKIT_LIFETIME_MS = 10 * 60_000;

/** A handler's cache of toolkits, so that a list of accounts does not cost a call per logo. */
export interface ToolkitDirectory {
  /** Returns the toolkit, reading it with `fetch` if it is not cached. Errors are not cached. */
  get(slug: string, fetch: () => Promise<unknown>): Promise<Toolkit>;
  /** Returns the toolkit if it is cached. */
  peek(slug: string): Toolkit | undefined;
}

export function createToolkitDirectory(): ToolkitDirectory {
  const known = new Map<string, { readonly toolkit: Toolkit; readonly expiresAt: number }>();
  return {
    async get(slug, fetch) {
      const entry = known.get(slug);
      if (entry !== undefined && entry.expiresAt > Date.now()) return entry.toolkit;
      const toolkit = readToolkit(await fetch(), slug);
      known.set(slug, { toolkit, expiresAt: Date.now() + TOOLKIT_LIFETIME_MS });
      return toolkit;
    },
    peek: (slug) => known.get(slug)?.toolkit,
  };
}
