import { type AuthConfig, MAX_IDS_PER_REQUEST } from '../../core/model/connection-types.js';
import { getAuthConfig } from '../composio/auth-configs.js';
import { isAllowedAuthConfig } from '../handler/access.js';
import { spendCalls, type UserContext } from '../handler/context.js';
import { invalidRequest, jsonResponse, RequestError } from '../http/errors.js';
import { idList } from '../http/request-fields.js';

/** `GET auth-configs`: returns those that exist and are allowed, in the requested order. */
export async function listAuthConfigsRoute(context: UserContext): Promise<Response> {
  const ids = idList(context.query, 'ids');
  if (ids === undefined) throw invalidRequest(`\`ids\` is missing: name up to ${MAX_IDS_PER_REQUEST} auth configs.`);
  await spendCalls(context, 1);
  const allowed = ids.filter((id) => isAllowedAuthConfig(context, id));
  const found = await Promise.all(allowed.map((id) => findAuthConfig(context, id)));
  return jsonResponse(200, { items: found.filter((authConfig) => authConfig !== null) });
}

async function findAuthConfig(context: UserContext, id: string): Promise<AuthConfig | null> {
  try {
    return await getAuthConfig(context.upstream, context.toolkits, id);
  } catch (error) {
    if (error instanceof RequestError && error.code === 'auth_config_not_found') return null;
    throw error;
  }
}
