import type { ReactiveElement } from 'lit';
import { HttpConnectionClient } from '../core/http/http-connection-client.js';
import type { ConnectErrorInfo } from '../core/model/connect-error.js';
import type { ConnectionClient } from '../core/model/connection-client.js';
import type { ConnectErrorCode } from '../core/model/error-codes.js';

/** What the page author does about an error that no user can help. `{origin}` stands for the page's own. */
const ADVICE: Partial<Record<ConnectErrorCode, string>> = {
  unauthorized:
    'Its `identify` found no signed-in user: let the page have the session cookie, or set the property sessionToken.',
  forbidden: 'Set user-id to the id that its `identify` returns.',
  internal_error: 'Its log says why.',
  csrf_rejected:
    'It does not know the origin {origin} of this page: pass that as `origin` to createConnectHandler, or list it in `allowedOrigins`.',
  network_error:
    'If it is up, it refuses the origin {origin} of this page (CORS): list that in `allowedOrigins` of createConnectHandler, and name the backend in `connect-src` of the page’s policy.',
  invalid_response:
    'If it is a page of the app, the app’s fallback for unknown paths came first: mount the handler before it, or correct the attribute endpoint.',
};

/** A message for the page author, and what it is about. */
export type Advice = readonly [message: string, key: string];

/**
 * Returns what only the page author can repair. Users read calmer words.
 * @param error null if the backend does not serve auth configs
 */
export function adviceFor(
  { localName }: Element,
  client: ConnectionClient,
  error: ConnectErrorInfo | null,
): readonly Advice[] {
  // The page's own client has its own words.
  if (!(client instanceof HttpConnectionClient)) return [];
  const { endpoint } = client;
  const text = error ? repairOf(error, endpoint) : notMounted(endpoint);
  return text === null ? [] : [[`<${localName}>: ${text}`, error?.code ?? 'not mounted']];
}

/** Returns what to do about attributes, unless the properties that they stand for have been set meanwhile. */
export function attributeAdvice(element: Element, attributes: readonly string[]): readonly Advice[] {
  const { localName } = element;
  return attributes.flatMap((attribute) => {
    const property = attribute.replace(/-?(token|data)$/, (_, word: string) => word[0]?.toUpperCase() + word.slice(1));
    const isUnused = element.hasAttribute(attribute) && Reflect.get(element, property) === undefined;
    return isUnused ? [[`<${localName}>: ${noEffect(attribute, property)}`, `${localName} ${attribute}`]] : [];
  });
}

/** Returns what the page author can repair of an error, or null. */
function repairOf(error: ConnectErrorInfo, endpoint: string): string | null {
  const advice = ADVICE[error.code];
  // Without another origin a failed request tells of the network, not of the page.
  const isOwnNetwork = error.code === 'network_error' && endpoint.startsWith(`${self.origin}/`);
  const isOtherAnswer = error.code === 'invalid_response' && !error.message.includes('JSON');
  if (!advice || isOwnNetwork || isOtherAnswer) return null;
  // The message of an element may begin with its tag.
  const message = error.message.replace(/^<.*?>: /, '');
  return `${message} The backend is ${endpoint}. ${advice.replace('{origin}', self.origin)}`;
}

/** Returns what to do where nothing knows the routes of the protocol. A backend of links alone is no mistake. */
function notMounted(endpoint: string): string {
  return `There is no connect-account backend at ${endpoint}, or one that offers links only: it knows neither auth-configs nor connected-accounts. Mount the handler of connect-account/server.js there, or correct the attribute endpoint.`;
}

/** Returns what to set in place of an attribute. It is text: of a function or an object it holds the source, or `[object Object]`. */
function noEffect(attribute: string, property: string): string {
  return `the attribute ${attribute} has no effect. Set the property ${property} instead, by a script or by your framework's way to bind one (Vue: \`:${property}.prop\`, Solid: \`prop:${property}\`, Angular: \`[${property}]\`).`;
}

/** Returns what to write in place of a word that an attribute does not know. The first of `known` is its default. */
export function wordAdvice(
  { localName }: Element,
  attribute: string,
  word: string,
  known: readonly string[],
): readonly Advice[] {
  const text = `the attribute ${attribute} has no value "${word}", so it is "${known[0]}". Set it to one of: ${known.join(', ')}.`;
  return [[`<${localName}>: ${text}`, `${localName} ${attribute} ${word}`]];
}

const PREFIX = '--connect-account-';
const USED = /var\(\s*(--connect-account-[\w-]+)/g;

/** By the end of its name: the CSS property that a custom property is a value of. The first that fits. */
const MEANINGS: ReadonlyArray<readonly [RegExp, string]> = [
  [/radius$/, 'border-radius'],
  [/(?:space|padding|gap)$/, 'padding'],
  [/(?:height|width|size|small-text)$/, 'width'],
  [/density$/, 'flex-grow'],
  [/shadow$/, 'box-shadow'],
  [/ring$/, 'outline'],
  [/offset$/, 'outline-offset'],
  [/weight$/, 'font-weight'],
  [/spacing$/, 'letter-spacing'],
  [/duration$/, 'transition-duration'],
  [/easing$/, 'transition-timing-function'],
  [/opacity$/, 'opacity'],
  [/font$/, 'font-family'],
  [/(?:background|surface|hover)$/, 'background'],
  [/(?:accent|text|muted|border|line|danger|success|warning|color)$/, 'color'],
];

/**
 * Gives the custom properties of an element that have a nonsense value their defaults, and returns which. CSS takes such a
 * value for one of its own, like no corners or no ground, under which a text may be unreadable.
 */
export function checkTheme(host: ReactiveElement): readonly Advice[] {
  if (typeof CSS === 'undefined' || !CSS.supports) return [];
  const style = getComputedStyle(host);
  const sheets = (host.constructor as typeof ReactiveElement).elementStyles;
  const css = sheets.map((sheet) => ('cssText' in sheet ? sheet.cssText : '')).join('');
  const names = new Set(Array.from(css.matchAll(USED), ([, name = '']) => name));
  const wrong = [...names].filter((name) => !isKnown(name, style.getPropertyValue(name).trim()));
  if (wrong.length === 0) return [];
  const values = wrong.map((name) => `${name}: ${style.getPropertyValue(name).trim()}`).join('; ');
  for (const name of wrong) host.style.setProperty(name, 'initial');
  const text = `<${host.localName}>: CSS does not know these values, so the defaults are used: ${values}. demo/docs/theming.md of connect-account says what each is for.`;
  return [[text, text]];
}

function isKnown(name: string, value: string): boolean {
  const [, property] = MEANINGS.find(([end]) => end.test(name.slice(PREFIX.length))) ?? [];
  // With a unit, a line height is a length.
  const isNumber = name.endsWith('line-height') && Number(value) > 0;
  return !property || value === '' || isNumber || CSS.supports(property, value);
}
