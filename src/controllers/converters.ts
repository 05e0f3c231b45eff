import type { ComplexAttributeConverter } from 'lit';

/**
 * Converts an attribute that is on when it is there, but for the word `false`. Template languages write
 * `allow-multiple="false"` (Astro, Svelte and Vue) or `"False"` (Django) where they mean to leave it out.
 */
export const switchConverter: ComplexAttributeConverter<boolean> = { fromAttribute: isOn };

/** Returns the value of a switch. A framework may set the property to the text of its attribute. */
export function isOn(value: unknown): boolean {
  return typeof value === 'string' ? !/^\s*false\s*$/i.test(value) : value === true;
}

/** Converts an attribute of tokens separated by spaces or commas: `toolkit-slugs="github, slack"`. */
export const tokenListConverter: ComplexAttributeConverter<readonly string[]> = { fromAttribute: tokens };

/** Returns the items of a list. React sets the property to the text of its attribute after a change of the route. */
export function tokens<Token extends string>(value: readonly Token[] | string | null | undefined): readonly Token[] {
  return typeof value === 'string' ? (value.split(/[\s,]+/).filter(Boolean) as Token[]) : (value ?? []);
}
