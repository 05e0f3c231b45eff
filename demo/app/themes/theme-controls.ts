import { type ManifestItem, readManifest } from '../manifest.js';

/** A control of the theme builder, for one custom property. */
export interface ThemeControl {
  /** `--connect-account-accent` */
  readonly name: string;
  readonly description: string;
  /** The value that it has by itself, if the manifest says one. */
  readonly usual: string;
  /** Whether it is a color, which may differ in light and dark. */
  readonly isColor: boolean;
}

/** Controls under one heading. */
export interface ThemeSection {
  readonly title: string;
  readonly controls: readonly ThemeControl[];
}

const PREFIX = '--connect-account-';
/** System colors, and the functions that make a color. A shadow and an outline begin with a length. */
const COLOR = /^(?:light-dark\(|color-mix\(|#|transparent|currentcolor|[A-Z]\w+$)/i;
/** Boxes that have properties of their own, as their names begin. The longest comes first. */
const BOX = /^(?<box>[a-z]+)-/;

/** Returns the custom properties of both elements, the theme first and then each box that has some of its own. */
export function themeSections(): readonly ThemeSection[] {
  const items = ['connect-account', 'connected-accounts-list'].flatMap((tag) => readManifest(tag).cssProperties);
  const unique = [...new Map(items.map((item) => [item.name, item])).values()];
  const sections = new Map<string, ThemeControl[]>([['Theme', []]]);
  for (const item of unique) {
    const title = sectionOf(item.name, unique);
    sections.set(title, [...(sections.get(title) ?? []), control(item)]);
  }
  return [...sections].map(([title, controls]) => ({ title, controls }));
}

function control({ name, description, default: usual = '' }: ManifestItem): ThemeControl {
  const resolved = usual.replace(/^var\(--[\w-]+,\s*(.*)\)$/, '$1');
  return { name, description, usual, isColor: COLOR.test(resolved) };
}

/** A property belongs to a box when others begin with the same word, as `menu-radius` and `menu-shadow`. */
function sectionOf(name: string, all: readonly ManifestItem[]): string {
  const { box } = BOX.exec(name.slice(PREFIX.length))?.groups ?? {};
  if (box === undefined || all.some((other) => other.name === PREFIX + box)) return 'Theme';
  const siblings = all.filter((other) => other.name.startsWith(`${PREFIX}${box}-`));
  return siblings.length > 2 ? `${box[0]?.toUpperCase()}${box.slice(1)}` : 'Theme';
}
