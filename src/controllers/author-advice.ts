import type { ConnectErrorCode, ConnectErrorInfo } from '../core/model/connect-error.js';
import { warnAuthor } from './author-errors.js';

/** What the page author does about an error that no user can help. `{origin}` stands for the page's own. */
const ADVICE: Partial<Record<ConnectErrorCode, string>> = {
  unauthorized:
    'Its `identify` found no signed-in user: let the page have the session cookie, or set the property sessionToken.',
  csrf_rejected:
    'It does not know the origin {origin} of this page: pass that as `origin` to createConnectHandler, or list it in `allowedOrigins`.',
  network_error:
    'If it is up, it refuses the origin {origin} of this page (CORS): list that in `allowedOrigins` of createConnectHandler, and name the backend in `connect-src` of the page’s policy.',
  invalid_response:
    'If it is a page of the app, the app’s fallback for unknown paths came first: mount the handler before it, or correct the attribute endpoint.',
};

/**
 * Says in the console of the page, once for each kind of error, what only its author can repair. Users read calmer words.
 * @param endpoint base URL of the backend
 */
export function adviseAuthor(tag: string, error: ConnectErrorInfo, endpoint: string): void {
  const advice = ADVICE[error.code];
  // Without another origin a failed request tells of the network, not of the page.
  const isOther = !endpoint.startsWith(`${self.origin}/`);
  if (!advice || (error.code === 'network_error' && !isOther)) return;
  if (error.code === 'invalid_response' && !/JSON/.test(error.message)) return;
  const text = `<${tag}>: ${error.message} The backend is ${endpoint}. ${advice.replace('{origin}', self.origin)}`;
  warnAuthor(text, error.code);
}

/** Says that nothing at the endpoint knows the routes of the protocol. A backend of links alone is no mistake. */
export function adviseMounting(tag: string, endpoint: string): void {
  const text = `<${tag}>: There is no connect-account backend at ${endpoint}, or one that offers links only: it knows neither auth-configs nor connected-accounts. Mount the handler of connect-account/server.js there, or correct the attribute endpoint.`;
  warnAuthor(text, 'not mounted');
}

/** Says that an attribute has no effect. It is text: of a function or an object it holds the source, or `[object Object]`. */
export function adviseAttribute(tag: string, attribute: string): void {
  const name = attribute.replace(/-?(token|data)$/, (_, word: string) => word[0]?.toUpperCase() + word.slice(1));
  warnAuthor(
    `<${tag}>: the attribute ${attribute} has no effect. Set the property ${name} instead, by a script or by your framework's way to bind one (Vue: \`:${name}.prop\`, Solid: \`prop:${name}\`, Angular: \`[${name}]\`).`,
  );
}
