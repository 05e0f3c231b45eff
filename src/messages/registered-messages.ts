import type { PartialMessages } from './messages.js';

/**
 * What the page has registered, by normalized tag. There is one map for the page, because `registerMessages()` is for the
 * page: elements that are created later read it too. No request and no user ever changes it.
 */
const registered = new Map<string, readonly PartialMessages[]>();

/** Called after each registration, by the elements that are in the page. */
export const registrationListeners = new Set<() => void>();

/** The names of built-in languages for what sites write instead. There is no prototype, or `constructor` would be one. */
const ALIASES: Readonly<Record<string, string | null>> = {
  __proto__: null,
  no: 'nb',
  nn: 'nb',
  iw: 'he',
  pt: 'pt-br',
  zh: 'zh-cn',
};

/** Returns a tag as it is compared: `DE_at`, which is no tag but often written, is `de-at`. */
export function normalizeTag(tag: string): string {
  return tag.trim().replaceAll('_', '-').toLowerCase();
}

/** Returns the name of the language whose texts fit a normalized tag best: `zh-tw` for `zh-hant-hk`, `de` for `de-at`. */
export function languageName(tag: string): string {
  const primary = tag.replace(/[^a-z].*/, '');
  return /^zh-(?!hans).*(hant|tw|hk|mo)/.test(tag) ? 'zh-tw' : (ALIASES[primary] ?? primary);
}

/**
 * Adds a language for all elements of the page, or changes some texts of one. `tag` is what the page has in `lang`: texts for
 * `de` are for `de-AT` too, and those for `de-AT` come before them. Texts that are missing are those of the built-in language,
 * or English.
 */
export function registerMessages(tag: string, messages: PartialMessages): void {
  if (!tag?.trim?.() || Object(messages) !== messages)
    throw new TypeError('registerMessages() takes a language tag and an object with texts.');
  const key = normalizeTag(tag);
  registered.set(key, [...registeredFor(key), messages]);
  for (const listener of registrationListeners) listener();
}

/**
 * Returns what has been registered for a normalized tag, the closest last. Texts for `pt-BR` change what a page in `pt-PT`
 * shows, so they are first.
 */
export function registeredMessages(tag: string): readonly PartialMessages[] {
  const parts = tag.split('-');
  return [languageName(tag), ...parts.map((_, index) => parts.slice(0, index + 1).join('-'))].flatMap(registeredFor);
}

function registeredFor(key: string): readonly PartialMessages[] {
  return registered.get(key) ?? [];
}
