import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { minify } from 'terser';
import { defineConfig, type Plugin, parseAst } from 'vite';

const SINGLE_FILE = 'connect-account.min.js';
const LICENSE_FILE = 'THIRD-PARTY-LICENSES.md';
/** BSD-3-Clause asks for its text beside what is redistributed, so each folder of files has one with all texts. */
const LICENSES = `/*! connect-account: MIT. Of the parts within: ${LICENSE_FILE} */`;

const OWN_MODULES = /\bdist\b.*\.js$/;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

function* nodesOf(value: unknown): Generator<Node> {
  if (value === null || typeof value !== 'object') return;
  if ('type' in value && 'start' in value) yield value as Node;
  for (const part of Object.values(value)) yield* nodesOf(part);
}

const TEXTS = /\b(?:css|html)\s*`/;

/**
 * Shortens the style sheets and templates of a module, which are texts to minifiers. Comments go, but for their line breaks.
 * @param shorten what to do about white space. It is never removed between two inline elements, where it is part of what a
 * screen reader says.
 */
function shortenTexts(code: string, shorten: (text: string) => string): string {
  if (!TEXTS.test(code)) return code;
  const texts = [...nodesOf(parseAst(code))].flatMap(({ type, tag, quasi }) => {
    const { name } = (tag ?? {}) as { name?: string };
    if (type !== 'TaggedTemplateExpression' || (name !== 'css' && name !== 'html')) return [];
    return (quasi as { quasis: readonly Node[] }).quasis.map(({ start, end }) => ({
      start,
      end,
      isStyle: name === 'css',
    }));
  });
  let shortened = code;
  for (const { start, end, isStyle } of texts.sort((one, other) => other.start - one.start)) {
    const text = code.slice(start, end);
    const short = shorten(isStyle ? withoutComments(text) : text);
    shortened = shortened.slice(0, start) + (isStyle ? withoutSpaces(short) : short) + shortened.slice(end);
  }
  return shortened;
}

const withoutComments = (sheet: string): string =>
  sheet.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''));

/** Takes the spaces beside the signs of a style sheet that need none. */
const withoutSpaces = (sheet: string): string => sheet.replaceAll(/ ?([{};,]) ?|(:) /g, '$1$2').replaceAll(';}', '}');

/** Leaves one space of white space in the files for `<script>`. */
const shortenTemplates: Plugin = {
  name: 'shorten-templates',
  transform: {
    filter: { id: OWN_MODULES, code: TEXTS },
    handler: (code) => ({ code: shortenTexts(code, (text) => text.replaceAll(/\s+/g, ' ')), map: null }),
  },
};

/**
 * Declares the properties by the call that Lit's decorators make for each (https://lit.dev/docs/components/properties/), and
 * takes the code of the decorators out. A line that goes leaves its line break.
 */
function declareProperties(code: string): string {
  const CALL = /__decorate\(\[\s*(property|internal)\((.*?)\)\s*\], (\w+)\.prototype, "(\w+)", void 0\);/g;
  const entry = (_: string, kind: string, options: string, __: string, name: string) =>
    `${name}: ${kind === 'internal' ? '{ state: true, attribute: false }' : options || undefined},\n\n`;
  const inOneStatement = (calls: string) => {
    const element = /(\w+)\.prototype/.exec(calls)?.[1];
    const properties = calls.replaceAll(CALL, entry).trimEnd();
    return `for (const [name, options] of Object.entries({ ${properties} })) ${element}.createProperty(name, options);\n`;
  };
  const declared = code
    .replace(/(?:^__decorate\(\[\s*(?:property|internal)\(.*?\)\s*\], .*\);\n)+/gm, inOneStatement)
    .replace(/^var __decorate = [\s\S]*?\n};\n/m, (helper) => helper.replaceAll(/[^\n]/g, ''))
    .replace(/^import .* from 'lit\/decorators\.js';\n/m, '\n');
  if (declared.includes('__decorate'))
    throw new Error('A decorator other than `property` and `state` is not known here.');
  return declared;
}

/** Writes static properties as fields. Safari before 16.4 cannot read the blocks that tsc makes of them. */
const writeStaticFields = (code: string): string =>
  code.replaceAll(/^( +)static \{ this\.(\w+) = ([\s\S]*?); \}$/gm, '$1static $2 = $3;');

/**
 * Takes the indentation of sheets and the decorators out of `dist/`, for the bundles of apps. The line breaks stay, so that the
 * source maps hold.
 */
const shortenModules: Plugin = {
  name: 'shorten-modules',
  buildStart() {
    for (const file of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.js')) continue;
      const path = join('dist', file);
      const code = readFileSync(path, 'utf8');
      const declared = declareProperties(writeStaticFields(code));
      const shortened = shortenTexts(declared, (text) => text.replaceAll(/[^\S\n]*\n[^\S\n]*/g, '\n'));
      if (shortened !== code) writeFileSync(path, shortened);
    }
  },
};

/**
 * Puts the parts into the single file, each loaded from the start. The languages stay out: the file speaks English. So does
 * Floating UI: where a browser has no CSS anchors, panels follow theirs plainly.
 */
const includeParts: Plugin = {
  name: 'include-parts',
  transform: {
    filter: { id: OWN_MODULES, code: /new LatePart\(|follow-anchor\.js/ },
    handler(code, id) {
      if (id.endsWith('/messages/languages.js'))
        return { code: 'export const languages = { __proto__: null };', map: null };
      const imports: string[] = [];
      const included = code.replaceAll(/new LatePart\(\(\) => import\((.*?)\)\)/g, (_, path: string) => {
        imports.push(`import * as part${imports.length} from ${path};`);
        return `new LatePart(null, part${imports.length - 1})`;
      });
      const plain = included.replace("import('./follow-anchor.js')", () => {
        imports.push("import { followPlainly } from './panel-geometry.js';");
        return 'Promise.resolve({ followAnchor: followPlainly })';
      });
      return { code: `${imports.join('')}${plain}`, map: null };
    },
  },
};

/** Rolldown's helper for the exports of a part. It would be a file of its own, and one more request. */
const RUNTIME = 'rolldown-runtime.js';
const EXPORT_ALL = `const __exportAll = (all) => {
  const part = {};
  for (const name in all) Object.defineProperty(part, name, { get: all[name], enumerable: true });
  return part;
};`;

/**
 * Takes the query of `LatePart`, with which Firefox asks again for a part that failed. An import map may pin the files by
 * `integrity`, and would not know a URL with a query, so there is none beside an import map.
 */
const AGAIN = `function again(query) { return (document.querySelector('script[type=importmap]') ? '' : query); }`;

/**
 * Writes the table of languages as a loop, which is a third of its size. Only here, where each language is a file of its
 * own beside `main.js`: other bundlers do not follow an import of a computed path.
 */
const listLanguages: Plugin = {
  name: 'list-languages',
  transform: {
    filter: { id: /\/messages\/languages\.js$/ },
    handler(code, id) {
      const files = [...code.matchAll(/import\(['"]\.\/([\w-]+)\.js['"]\)/g)].map(([, file = '']) => file);
      for (const file of files) {
        const fileName = `${file.toLowerCase()}.js`;
        this.emitFile({ type: 'chunk', id: join(dirname(id), `${file}.js`), fileName });
      }
      const loop = `import { LatePart } from '../core/model/late-part.js';
        export const languages = { __proto__: null };
        for (const tag of '${files.join(' ').toLowerCase()}'.split(' '))
          languages[tag] = new LatePart((query) => import(/* @vite-ignore */ './' + tag + '.js' + again(query)));`;
      return { code: loop, map: null };
    },
  },
};

/** Completes the files of `dist/cdn`. */
const completeParts: Plugin = {
  name: 'complete-parts',
  renderChunk(code) {
    const own = code
      .replaceAll(/\(\) => import\((["'`]\.\/[\w-]+\.js["'`])\)/g, '(query) => import($1 + again(query))')
      .replace(new RegExp(`import \\{ \\w+ as __exportAll \\} from "./${RUNTIME}";`), EXPORT_ALL);
    return { code: own.includes('again(query)') ? `${own}\n${AGAIN}` : own, map: null };
  },
  generateBundle(_, bundle) {
    for (const file of [RUNTIME, `${RUNTIME}.map`]) delete bundle[file];
    // No part may import the file of a page's `<script>`: under a query or after a redirect it would run twice.
    const source = `${LICENSES}\nimport"./list.js";\n`;
    this.emitFile({ type: 'asset', fileName: 'define-connected-accounts-list.js', source });
  },
};

/**
 * Minifies again what Oxc has minified, which saves 2 %. A module is always read as UTF-8, but a classic script in the encoding
 * of its page, so the single file has no character beyond ASCII.
 */
const minifyAgain: Plugin = {
  name: 'minify-again',
  async writeBundle({ dir = '' }, bundle) {
    const files = Object.values(bundle).filter(({ type }) => type === 'chunk');
    const codes = new Map<string, string>();
    for (const { fileName } of files) {
      const { code = '' } = await minify(readFileSync(join(dir, fileName), 'utf8'), {
        module: true,
        ecma: 2020,
        compress: { passes: 3 },
        format: { comments: /^!/, ascii_only: fileName === SINGLE_FILE },
      });
      codes.set(fileName, code);
    }
    shortenExports(codes, 'main.js');
    for (const [fileName, code] of codes) writeFileSync(join(dir, fileName), code);
  },
};

/** Lets the parts import from a file by the names that its minified code has anyway. It is imported statically only. */
function shortenExports(codes: Map<string, string>, name: string): void {
  const code = codes.get(name);
  const [list, names = ''] = /export\{([^}]*)\}/.exec(code ?? '') ?? [];
  if (!code || !list) return;
  // A name may be the same inside and outside, and stands alone then.
  const locals = new Map(
    names.split(',').map((entry) => {
      const [local = '', external = local] = entry.split(' as ');
      return [external, local] as const;
    }),
  );
  codes.set(name, code.replace(list, `export{${[...locals.values()].sort()}}`));
  const imports = new RegExp(`import\\{([^}]*)\\}from"\\./${name}"`, 'g');
  for (const [file, part] of codes) {
    const renamed = (_: string, imported: string) => {
      const entries = imported.split(',').map((entry) => {
        const [external = '', local = external] = entry.split(' as ');
        return `${locals.get(external) ?? external} as ${local}`;
      });
      return `import{${entries}}from"./${name}"`;
    };
    if (file !== name) codes.set(file, part.replace(imports, renamed));
  }
}

/** What lets Lit load on a server is of no use in a file for pages. */
const dropPageStandIn: Plugin = {
  name: 'drop-page-stand-in',
  load: { filter: { id: /\/page-stand-in\.js$/ }, handler: () => 'export const removePageStandIn = () => {};' },
};

/**
 * The files of `dist/cdn` beside `connect-account.js`, and the modules that each is loaded for. A module that several of them
 * need is in the first.
 */
const PARTS = {
  main: /\/dist\/define-when-used\.js$|rolldown\/runtime/,
  errors: /\/(?:response-error|en-errors)\.js$/,
  attempt: /\/(?:connect-attempt|attempt-ports|http-writes|attempt-view)\.js$/,
  following: /\/(?:accounts-following|remote-changes)\.js$/,
  panel: /\/(?:anchored-panel-(?:controller|styles)|styles\/(?:buttons|icons))\.js$/,
  menu: /\/account-menu\.js$/,
  form: /\/credentials-panel\.js$/,
  list: /\/define-connected-accounts-list\.js$/,
};

const COMMON = { target: 'es2022', reportCompressedSize: false, license: { fileName: LICENSE_FILE } } as const;
// `minify` again: in library mode Vite leaves the white space of an ES module alone.
const OUTPUT = { minify: true, comments: false, postBanner: LICENSES } as const;

/**
 * Makes the files for `<script>` of the modules in `dist/`, which tsc emits one to one: so `sideEffects`
 * of package.json, which names files of `dist/`, holds for them too.
 *
 * - `dist/connect-account.min.js`: one file, everything in it.
 * - `dist/cdn/`, with `--mode cdn`: the button in `main.js`, and the rest in parts that are loaded when they are needed.
 */
export default defineConfig(({ mode }) => {
  const plugins = [dropPageStandIn, shortenTemplates, minifyAgain];
  if (mode !== 'cdn') {
    // A function around everything keeps the page's globals clean, even where the file is loaded as a classic script.
    const lib = {
      entry: 'dist/define.js',
      formats: ['iife' as const],
      name: 'connectAccount',
      fileName: () => SINGLE_FILE,
    };
    const build = { ...COMMON, lib, emptyOutDir: false, rolldownOptions: { output: OUTPUT } };
    return { plugins: [shortenModules, includeParts, ...plugins], build };
  }
  const groups = Object.entries(PARTS).map(([name, test], index) => ({
    name,
    test,
    priority: Object.keys(PARTS).length - index,
  }));
  const output = { ...OUTPUT, entryFileNames: '[name].js', chunkFileNames: '[name].js', codeSplitting: { groups } };
  const lib = { entry: { 'connect-account': 'dist/define-when-used.js' }, formats: ['es' as const] };
  return {
    plugins: [listLanguages, ...plugins, completeParts],
    build: { ...COMMON, lib, outDir: 'dist/cdn', rolldownOptions: { output } },
  };
});
