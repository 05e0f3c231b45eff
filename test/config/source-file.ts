import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { parseSync } from 'vite';

/** A parsed file of TypeScript. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** All nodes of the syntax tree. */
  readonly nodes: readonly Node[];
  readonly comments: readonly Comment[];
}

/** A node of ESTree. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

export interface Comment {
  readonly text: string;
  readonly start: number;
  readonly isDoc: boolean;
}

/** Returns the paths of the TypeScript files below a folder. */
export function sourcePaths(folder: string): string[] {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
    .sort();
}

/** Parses a file. @throws Error on a syntax error. */
export function parseSource(path: string, text = readFileSync(path, 'utf8')): SourceFile {
  const { program, comments, errors } = parseSync(path, text, { lang: 'ts' });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const nodes = [...nodesOf(program)];
  return {
    path,
    text,
    lines: text.replace(/\n$/, '').split('\n').length,
    nodes,
    comments: [...comments.map(readComment), ...styleComments(nodes)],
  };
}

/** Returns a place as `src/core/flow/connect-flow.ts:12`. */
export function placeOf({ path, text }: SourceFile, start: number): string {
  return `${path}:${text.slice(0, start).split('\n').length}`;
}

/** Returns the source files that a file imports or re-exports by a relative path, types included. */
export function importsOf({ path, nodes }: SourceFile): string[] {
  const specifiers = nodes.flatMap(({ type, source }) => {
    const value = (source as { value?: unknown } | null | undefined)?.value;
    const names = /^(?:Import|Export)(?:.*Declaration|Expression)$|^TSImportType$/.test(type);
    return names && typeof value === 'string' && value.startsWith('.') ? [value] : [];
  });
  return specifiers.map((specifier) => posix.join(posix.dirname(path), specifier.replace(/\.js$/, '.ts')));
}

/** Returns the names that a file declares: functions, classes, members, types and constants. */
export function declaredNames({ nodes }: SourceFile): Set<string> {
  const names = nodes.flatMap(({ type, id, key }) => {
    const named = /(?:Declaration|Declarator)$/.test(type)
      ? id
      : /^(?:MethodDefinition|PropertyDefinition|Property)$/.test(type)
        ? key
        : null;
    const { name } = (named ?? {}) as { name?: unknown };
    return typeof name === 'string' ? [name] : [];
  });
  return new Set(names);
}

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const one of value) yield* nodesOf(one);
  } else if (value !== null && typeof value === 'object') {
    if ('type' in value && 'start' in value) yield value as unknown as Node;
    for (const one of Object.values(value)) yield* nodesOf(one);
  }
}

function readComment({ type, value, start }: { type: string; value: string; start: number }): Comment {
  const isDoc = type === 'Block' && value.startsWith('*');
  return { text: value.replace(/^[ \t]*\*+/gm, '').trim(), start, isDoc };
}

/** Returns the CSS comments in templates. */
function styleComments(nodes: readonly Node[]): Comment[] {
  return nodes.flatMap(({ type, value, start }) => {
    if (type !== 'TemplateElement') return [];
    const { raw } = value as { raw: string };
    const found = raw.matchAll(/\/\*([\s\S]*?)\*\//g);
    return [...found].map(({ 1: text = '', index }) => ({ text: text.trim(), start: start + index, isDoc: false }));
  });
}
