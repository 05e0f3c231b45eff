/** Readers for JSON of which nothing is known. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one in place of anything else. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The entries that are objects. */
export function asObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The text, or `null` in place of anything else and of nothing. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** The address of a page or picture, or `null` when it is not http(s). */
export function asWebUrl(value: unknown): string | null {
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value) ? value : null;
}

/** Whether a text can be an id of Composio. A comma would read as two ids on the wire, a slash as another path. */
export function isWireId(text: string): boolean {
  return /^[\w-]{1,128}$/.test(text);
}
