/** The first key of an object that is none of these. A misspelt option must not silently do nothing. */
export function unknownKey(given: object, known: readonly string[]): string | undefined {
  return Object.keys(given).find((key) => !known.includes(key));
}
