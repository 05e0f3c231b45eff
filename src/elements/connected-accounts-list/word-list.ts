import type { ComplexAttributeConverter } from 'lit';

/** An array as an attribute: `toolkit-slugs="github, slack"`. */
export const wordList: ComplexAttributeConverter<readonly string[]> = {
  fromAttribute: (text) => (text ?? '').split(/[\s,]+/).filter(Boolean),
};
