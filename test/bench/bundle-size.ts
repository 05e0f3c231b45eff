import { brotliCompressSync } from 'node:zlib';

/** The part of esbuild that is used. It is installed with the peers, so its types are not at hand. */
export interface Esbuild {
  build(options: Readonly<Record<string, unknown>>): Promise<{
    readonly outputFiles: ReadonlyArray<{ readonly path: string; readonly contents: Uint8Array }>;
    readonly metafile: { readonly outputs: Readonly<Record<string, BuiltFile>> };
  }>;
}

interface BuiltFile {
  readonly entryPoint?: string;
  readonly imports: ReadonlyArray<{ readonly path: string; readonly kind: string }>;
}

/** The name of the code that is built. */
const ENTRY = 'entry.js';

/** Sizes in bytes, compressed with brotli at its best. */
export interface BundleSize {
  /** What a page loads before anything happens: the entry, and what that imports statically. */
  readonly initial: number;
  /** With all that is loaded later. */
  readonly all: number;
  readonly css: number;
}

/** Builds one import as a page would, with its dependencies, and returns what a page pays for it. */
export async function bundleSize(esbuild: Esbuild, code: string, folder: string): Promise<BundleSize> {
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents: code, resolveDir: folder, sourcefile: ENTRY },
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    metafile: true,
    write: false,
    outdir: 'out',
    logLevel: 'silent',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff': 'dataurl', '.woff2': 'dataurl' },
  });
  const sizes = new Map(outputFiles.map(({ path, contents }) => [path, brotliCompressSync(contents).length]));
  const sizeOf = (paths: Iterable<string>): number => {
    const wanted = [...paths];
    return [...sizes].reduce(
      (sum, [path, size]) => sum + (wanted.some((end) => path.endsWith(`/${end}`)) ? size : 0),
      0,
    );
  };
  const names = Object.keys(metafile.outputs);
  return {
    initial: sizeOf(staticImports(metafile.outputs)),
    all: sizeOf(names.filter((name) => name.endsWith('.js'))),
    css: sizeOf(names.filter((name) => name.endsWith('.css'))),
  };
}

/** Returns the entry and the files that it imports statically, directly or not. A set grows while it is walked. */
function staticImports(outputs: Readonly<Record<string, BuiltFile>>): ReadonlySet<string> {
  const found = new Set(Object.keys(outputs).filter((name) => outputs[name]?.entryPoint === ENTRY));
  for (const name of found) {
    for (const { path, kind } of outputs[name]?.imports ?? []) if (kind === 'import-statement') found.add(path);
  }
  return found;
}
