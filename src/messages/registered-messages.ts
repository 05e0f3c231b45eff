import type { PartialMessages } from './messages.js';

/**
 * What the page has registered, in this order. It is one list for the page, because `registerMessages()` is: elements that
 * are created later read it too. No request and no user ever changes it.
 */
const registered: Array<readonly [tag: string, messages: PartialMessages]> = [];
const listeners = new Set<() => void>();

/** The names of built-in languages for tags that sites use instead. */
const ALIASES: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb', iw: 'he', pt: 'pt-br', zh: 'zh-cn' };

/** Returns a tag as it is compared: `DE_at`, which is no tag but often written, is `de-at`. */
export function normalizeTag(tag: string): string {
  return tag.trim().replaceAll('_', '-').toLowerCase();
}

/** Returns the name of the language whose texts fit a normalized tag best: `zh-tw` for `zh-hant-hk`, `de` for `de-at`. */
export function languageName(tag: string): string {
  const primary = tag.replace(/-.*/, '');
  if (/^zh-(hant|tw|hk|mo)/.test(tag)) return 'zh-tw';
  return Object.hasOwn(ALIASES, primary) ? (ALIASES[primary] as string) : primary;
}

/**
 * Adds a language for all elements of the page, or changes some texts of one. `tag` is what the page has in `lang`: texts for
 * `de` are for `de-AT` too, and those for `de-AT` come before them. Texts that are missing are those of the built-in language,
 * or English.
 */
export function registerMessages(tag: string, messages: PartialMessages): void {
  if (!tag || typeof tag !== 'string' || !messages || typeof messages !== 'object')
    throw new TypeError("registerMessages() takes a tag and texts, like ('de-AT', { connect: '…' }).");
  registered.push([normalizeTag(tag), messages]);
  for (const listener of listeners) listener();
}

/** Returns what has been registered for a normalized tag, the closest last. */
export function registeredMessages(tag: string): readonly PartialMessages[] {
  const name = languageName(tag);
  const rank = (own: string) => {
    if (languageName(own) === name && `${tag}-`.startsWith(`${own}-`)) return own.length;
    // Texts for `pt-BR` change what a page in `pt-PT` shows.
    return own === name ? 1 : 0;
  };
  return registered
    .filter(([own]) => rank(own))
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([, messages]) => messages);
}

/** Calls `listener` after each registration. Returns a function that ends this. */
export function onRegistration(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
