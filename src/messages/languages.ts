import { LatePart } from '../core/model/late-part.js';
import type { Messages } from './messages.js';

/**
 * The languages other than English, by their tags in lower case. Each is loaded when the `lang` of a page asks for it. The
 * imports are written out, because bundlers do not follow one with a computed path. There is no prototype, or a page in
 * `constructor` would have one.
 */
export const languages: Readonly<Record<string, LatePart<{ readonly default: Messages }> | null>> = {
  __proto__: null,
  ar: new LatePart(() => import('./ar.js')),
  cs: new LatePart(() => import('./cs.js')),
  da: new LatePart(() => import('./da.js')),
  de: new LatePart(() => import('./de.js')),
  es: new LatePart(() => import('./es.js')),
  fa: new LatePart(() => import('./fa.js')),
  fi: new LatePart(() => import('./fi.js')),
  fr: new LatePart(() => import('./fr.js')),
  he: new LatePart(() => import('./he.js')),
  hi: new LatePart(() => import('./hi.js')),
  it: new LatePart(() => import('./it.js')),
  ja: new LatePart(() => import('./ja.js')),
  ko: new LatePart(() => import('./ko.js')),
  nb: new LatePart(() => import('./nb.js')),
  nl: new LatePart(() => import('./nl.js')),
  pl: new LatePart(() => import('./pl.js')),
  'pt-br': new LatePart(() => import('./pt-BR.js')),
  ru: new LatePart(() => import('./ru.js')),
  sv: new LatePart(() => import('./sv.js')),
  tr: new LatePart(() => import('./tr.js')),
  uk: new LatePart(() => import('./uk.js')),
  'zh-cn': new LatePart(() => import('./zh-CN.js')),
  'zh-tw': new LatePart(() => import('./zh-TW.js')),
};
