import { LatePart } from '../core/model/late-part.js';
import type { Messages } from './messages.js';

/**
 * The languages other than English, by their tags in lower case. Each is loaded when the `lang` of a page asks for it. The
 * imports are written out, because bundlers do not follow one with a computed path.
 */
export const languages: Readonly<Record<string, LatePart<{ readonly default: Messages }>>> = {
  ar: new LatePart(() => import('./ar.js')),
  de: new LatePart(() => import('./de.js')),
};
