import type { PropertyDeclaration, ReactiveElement } from 'lit';
import { HttpConnectionClient } from '../core/http/http-connection-client.js';
import type { ConnectErrorInfo } from '../core/model/connect-error.js';
import type { ConnectionClient } from '../core/model/connection-client.js';
import { LatePart } from '../core/model/late-part.js';

/**
 * Returns an error in the terms of the page author: with the tag of the element, and with the attribute in place of each
 * setting. Core names settings in backticks, like `userId`.
 */
export function nameAttributes(error: ConnectErrorInfo, element: ReactiveElement): ConnectErrorInfo {
  const { elementProperties } = element.constructor as typeof ReactiveElement;
  const message = error.message.replaceAll(/`(\w+)`/g, (setting, name: string) => {
    const attribute = attributeFor(name, elementProperties.get(name));
    return attribute === null ? setting : `the attribute ${attribute}`;
  });
  const isForAuthor = error.code === 'invalid_configuration' || message !== error.message;
  return isForAuthor ? Object.freeze({ ...error, message: `<${element.localName}>: ${message}` }) : error;
}

function attributeFor(property: string, declaration: PropertyDeclaration | undefined): string | null {
  if (!declaration || declaration.attribute === false) return null;
  return typeof declaration.attribute === 'string' ? declaration.attribute : property.toLowerCase();
}

/** What the console of this page has been told. A page with many elements is told once. */
const shown = new Set<string>();

/**
 * Warns the page author in the console.
 * @param key what the message is about; a page hears of it once
 */
export function warnAuthor(message: string, key = message): void {
  if (shown.has(key)) return;
  shown.add(key);
  console.warn(message);
}

const advicePart = new LatePart(() => import('./author-advice.js'));

/**
 * Says in the console what only the page author can repair.
 * @param error null if the backend does not serve auth configs
 */
export function advise(element: Element, client: ConnectionClient, error: ConnectErrorInfo | null): void {
  // The page's own client has its own words.
  if (!(client instanceof HttpConnectionClient)) return;
  const { endpoint } = client;
  withAdvice(element, error?.code ?? 'not mounted', (advice) =>
    error ? advice.adviceFor(error, endpoint) : advice.mountingAdvice(endpoint),
  );
}

/** Says in the console that an attribute has no effect, because it stands for a function or an object. */
export function adviseAttribute(element: Element, attribute: string, property: string): void {
  withAdvice(element, `${element.localName} ${attribute}`, (advice) => advice.attributeAdvice(attribute, property));
}

/** Says in the console that an attribute has a word that it does not know, and that the first of `known` stands in. */
export function adviseWord(element: Element, attribute: string, word: string, known: readonly string[]): void {
  withAdvice(element, `${element.localName} ${attribute} ${word}`, (advice) => advice.wordAdvice(attribute, word, known));
}

/** The words are no use to users, so a page that cannot load them does without. */
function withAdvice(
  { localName }: Element,
  key: string,
  choose: (advice: typeof import('./author-advice.js')) => string | null,
): void {
  advicePart.load().then(
    (advice) => {
      const text = choose(advice);
      if (text !== null) warnAuthor(`<${localName}>: ${text}`, key);
    },
    () => {},
  );
}
