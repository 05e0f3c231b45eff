import { LatePart } from '../core/model/late-part.js';
import type { Messages } from './messages.js';

/** The languages other than English. Each is loaded when the `lang` of a page asks for it. */
export const languages: Readonly<Record<string, LatePart<{ readonly default: Messages }>>> = {
  ar: new LatePart(() => import('./ar.js')),
  de: new LatePart(() => import('./de.js')),
};
