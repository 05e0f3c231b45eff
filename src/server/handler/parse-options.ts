import { z } from 'zod';

/**
 * Parses the options of a function of this package. A misspelt option is an error too, since it would silently do nothing.
 *
 * @param caller the name of that function
 * @throws Error that names the first invalid option and how to fix it
 */
export function parseOptions<Shape extends z.core.$ZodLooseShape>(
  caller: string,
  schema: z.ZodObject<Shape, z.core.$strict>,
  options: unknown,
): z.output<z.ZodObject<Shape, z.core.$strict>> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new Error(`${caller}: ${describe(parsed.error.issues[0], Object.keys(schema.shape))}.`);
}

function describe(issue: z.core.$ZodIssue | undefined, known: readonly string[]): string {
  if (issue?.code === 'unrecognized_keys') {
    return `unknown option \`${issue.keys[0]}\`. Valid options: ${known.join(', ')}`;
  }
  const [option] = issue?.path ?? [];
  return option === undefined ? 'pass an object of options' : `\`${String(option)}\` ${issue?.message}`;
}

/** The schema of a callback. Zod's own would wrap it. */
export function functionSchema<Callback>(rule: string): z.ZodType<Callback, Callback> {
  return z.custom<Callback>((value) => typeof value === 'function', rule);
}
