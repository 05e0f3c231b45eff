import type { Messages } from './messages.js';

/** The languages besides English, loaded when a page asks for one by its `lang`. */
export const languages: Readonly<Record<string, () => Promise<{ readonly default: Messages }>>> = {
  ar: () => import('./ar.js'),
  de: () => import('./de.js'),
};
