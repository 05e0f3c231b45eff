/** A mistake on the command line, in words that say the fix. It is printed without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
