import type { PropertyDeclaration, ReactiveElement } from 'lit';
import type { ConnectErrorInfo } from '../core/model/connect-error.js';

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
