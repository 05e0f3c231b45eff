import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Esbuild } from './bundle-size.js';
import { type MeasuredPackage, trySize } from './peers.js';

/** A file of `dist/` for a `<script>`, with its sizes in bytes. */
export interface ScriptSize {
  readonly file: string;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** Returns the files that a page loads without a bundler: the single file, and the parts in `dist/cdn`. */
export function scriptFiles(): readonly string[] {
  const single = readdirSync('dist').filter((name) => name.endsWith('.min.js'));
  const parts = existsSync('dist/cdn') ? readdirSync('dist/cdn', { recursive: true, encoding: 'utf8' }) : [];
  return [...single, ...parts.map((name) => posix.join('cdn', name))]
    .filter((name) => name.endsWith('.js'))
    .map((name) => `dist/${name}`)
    .sort();
}

export function measureScripts(): ScriptSize[] {
  return scriptFiles().map((file) => {
    const content = readFileSync(file);
    return {
      file,
      raw: content.length,
      gzip: gzipSync(content, { level: 9 }).length,
      brotli: brotliCompressSync(content).length,
    };
  });
}

/** The entries for the server, which no page loads. */
const NOT_FOR_PAGES = /server|redis-store/;

/** What each entry is, beside the elements. */
const KINDS: Readonly<Record<string, string>> = {
  './core.js': 'ours: the flow without an interface',
  './callback-page.js': 'ours: for the page where the provider flow ends',
  './testing.js': "ours: for the tests of a host's page",
  './doctor.js': 'ours: for developers',
  './react.js': 'ours: own interface, without React itself',
};

/** Builds every entry of package.json that has code for a page, each by itself. */
export async function measureEntries(esbuild: Esbuild): Promise<MeasuredPackage[]> {
  const { exports, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Readonly<Record<string, string | { readonly default?: string }>>;
    version: string;
  };
  const measured: MeasuredPackage[] = [];
  for (const [name, target] of Object.entries(exports)) {
    const file = typeof target === 'string' ? target : (target.default ?? '');
    if (!file.endsWith('.js') || file.includes('*') || NOT_FOR_PAGES.test(file) || !hasCode(file)) continue;
    const code = `import '${file}'; export * from '${file}';`;
    const what = KINDS[name] ?? 'ours: own interface';
    measured.push({
      name: posix.join('connect-account', name),
      version,
      what,
      ...(await trySize(esbuild, code, resolve())),
    });
  }
  return measured;
}

/** Entries with types alone are empty files. */
function hasCode(file: string): boolean {
  return /\bimport\b|\bfrom\b/.test(readFileSync(file, 'utf8'));
}
