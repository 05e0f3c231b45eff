import type { Messages } from './messages.js';

/** The languages other than English. Each is loaded when the `lang` of a page asks for it. */
export const languages: Readonly<Record<string, () => Promise<{ readonly default: Messages }>>> = {
  ar: () => import('./ar.js'),
  de: () => import('./de.js'),
};
