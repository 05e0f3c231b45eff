import type { AuthConfig } from '../../core/model/connection-types.js';
import { authConfigNotFound, RequestError } from '../http/request-error.js';
import { readAuthConfig, type Toolkit, toolkitSlugOf } from './auth-config-dto.js';
import type { ToolkitDirectory } from './toolkit-directory.js';
import type { Upstream } from './upstream-calls.js';
import { upstreamError } from './upstream-error.js';
import { objectOf } from './wire-value.js';

/**
 * An auth config with the fields of its toolkit.
 *
 * @throws RequestError `auth_config_not_found` for an unknown id
 */
export async function getAuthConfig(upstream: Upstream, toolkits: ToolkitDirectory, id: string): Promise<AuthConfig> {
  const wire = await retrieveAuthConfig(upstream, id);
  const slug = toolkitSlugOf(wire);
  if (slug === null || objectOf(wire)['id'] !== id) throw upstreamError();
  const authConfig = readAuthConfig(wire, await getToolkit(upstream, toolkits, slug));
  if (authConfig === null) throw upstreamError();
  return authConfig;
}

/** A toolkit's name, logo and fields, remembered for a while. One that Composio does not know is named by its slug. */
export function getToolkit(upstream: Upstream, toolkits: ToolkitDirectory, slug: string): Promise<Toolkit> {
  return toolkits.get(slug, async () => {
    try {
      return await upstream.send((client, options) => client.toolkits.retrieve(slug, undefined, options));
    } catch (thrown) {
      if (thrown instanceof RequestError && thrown.code === 'not_found') return null;
      throw thrown;
    }
  });
}

async function retrieveAuthConfig(upstream: Upstream, id: string): Promise<unknown> {
  try {
    return await upstream.send((client, options) => client.authConfigs.retrieve(id, options));
  } catch (thrown) {
    throw thrown instanceof RequestError && thrown.code === 'not_found' ? authConfigNotFound() : thrown;
  }
}
