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
/** How the names of colors end, but for `small-text`, which is a length. */
const COLOR = /-(?:accent|accent-text|surface|hover|text|muted|border|line|danger|success|warning|background|color)$/;
const LENGTH = /^(?:[\d.]|calc\()/;
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
  return { name, description, usual, isColor: COLOR.test(name) && !LENGTH.test(usual) };
}

/** A property belongs to a box when others begin with the same word, as `menu-radius` and `menu-shadow`. */
function sectionOf(name: string, all: readonly ManifestItem[]): string {
  const { box } = BOX.exec(name.slice(PREFIX.length))?.groups ?? {};
  if (box === undefined || all.some((other) => other.name === PREFIX + box)) return 'Theme';
  const siblings = all.filter((other) => other.name.startsWith(`${PREFIX}${box}-`));
  return siblings.length > 2 ? `${box[0]?.toUpperCase()}${box.slice(1)}` : 'Theme';
}
