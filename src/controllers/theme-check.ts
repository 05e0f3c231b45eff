import type { ReactiveElement } from 'lit';
import { warnAuthor } from './author-errors.js';

const PREFIX = '--connect-account-';
const USED = /var\(\s*(--connect-account-[\w-]+)/g;

/** By the end of its name: the CSS property that a custom property is a value of. The first that fits. */
const MEANINGS: ReadonlyArray<readonly [RegExp, string]> = [
  [/radius$/, 'border-radius'],
  [/(?:space|padding|gap)$/, 'padding'],
  [/(?:height|width|size|small-text)$/, 'width'],
  [/density$/, 'flex-grow'],
  [/shadow$/, 'box-shadow'],
  [/ring$/, 'outline'],
  [/offset$/, 'outline-offset'],
  [/weight$/, 'font-weight'],
  [/spacing$/, 'letter-spacing'],
  [/duration$/, 'transition-duration'],
  [/easing$/, 'transition-timing-function'],
  [/opacity$/, 'opacity'],
  [/font$/, 'font-family'],
  [/(?:background|surface|hover)$/, 'background'],
  [/(?:accent|text|muted|border|line|danger|success|warning|color)$/, 'color'],
];

/**
 * Gives the custom properties of an element that have a nonsense value their defaults, and names them in the console. CSS
 * takes such a value for one of its own, like no corners or no ground, under which a text may be unreadable.
 */
export function checkTheme(host: ReactiveElement): void {
  if (typeof CSS === 'undefined' || !CSS.supports) return;
  const style = getComputedStyle(host);
  const sheets = (host.constructor as typeof ReactiveElement).elementStyles;
  const text = sheets.map((sheet) => ('cssText' in sheet ? sheet.cssText : '')).join('');
  const names = new Set(Array.from(text.matchAll(USED), ([, name = '']) => name));
  const wrong = [...names].filter((name) => !isKnown(name, style.getPropertyValue(name).trim()));
  if (wrong.length === 0) return;
  const values = wrong.map((name) => `${name}: ${style.getPropertyValue(name).trim()}`).join('; ');
  warnAuthor(
    `<${host.localName}>: CSS does not know these values, so the defaults are used: ${values}. demo/docs/theming.md of connect-account says what each is for.`,
  );
  for (const name of wrong) host.style.setProperty(name, 'initial');
}

function isKnown(name: string, value: string): boolean {
  const [, property] = MEANINGS.find(([end]) => end.test(name.slice(PREFIX.length))) ?? [];
  // With a unit, a line height is a length.
  const isNumber = name.endsWith('line-height') && Number(value) > 0;
  return !property || value === '' || isNumber || CSS.supports(property, value);
}
