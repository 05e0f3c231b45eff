import type { PropertyDeclaration, ReactiveElement } from 'lit';
import type { ConnectErrorInfo } from '../core/model/connect-error.js';
import type { ConnectionClient } from '../core/model/connection-client.js';
import { LatePart } from '../core/model/late-part.js';
import type { Advice } from './author-advice.js';

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
  say((part) => part.adviceFor(element, client, error));
}

/** Says in the console which attributes have no effect, because they stand for functions or objects. */
export function adviseAttributes(element: Element, attributes: readonly string[]): void {
  say((part) => part.attributeAdvice(element, attributes));
}

/** Says in the console that an attribute has a word that it does not know, and that the first of `known` stands in. */
export function adviseWord(element: Element, attribute: string, word: string, known: readonly string[]): void {
  say((part) => part.wordAdvice(element, attribute, word, known));
}

/** Gives the nonsense values of a theme their defaults, and names them in the console. */
export function adviseTheme(element: ReactiveElement): void {
  say((part) => part.checkTheme(element));
}

/** The words are no use to users, so a page that cannot load them does without. */
function say(choose: (part: typeof import('./author-advice.js')) => readonly Advice[]): void {
  advicePart.load().then(
    (part) => {
      for (const [message, key] of choose(part)) warnAuthor(message, key);
    },
    () => {},
  );
}
