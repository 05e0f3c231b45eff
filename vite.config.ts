import { defineConfig, type Plugin } from 'vite';

const LICENSES = '/*! connect-account: MIT. Within: Lit, (c) Google LLC, BSD-3-Clause; Floating UI, MIT. */';

/** A style sheet is a text to the minifier, which leaves its comments and its indents alone. */
const minifyStyleSheets: Plugin = {
  name: 'minify-style-sheets',
  transform: {
    filter: { id: /\bdist\b.*\.js$/ },
    handler: (code) => ({ code: code.replace(/\bcss ?`(?:\\.|[^`\\])*`/g, minifyStyleSheet), map: null }),
  },
};

const minifyStyleSheet = (sheet: string): string => sheet.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ');

/** What lets Lit load on a server is of no use in a file for pages. */
const dropPageStandIn: Plugin = {
  name: 'drop-page-stand-in',
  load: { filter: { id: /\/page-stand-in\.js$/ }, handler: () => 'export const removePageStandIn = () => {};' },
};

/**
 * Makes `dist/connect-account.min.js`: the one file for `<script type="module">`, everything in it.
 * It is made of the modules beside it, which tsc emits one to one: so decorators are lowered once, by one compiler,
 * and `sideEffects` of package.json, which names files of `dist/`, holds for it too.
 */
export default defineConfig({
  plugins: [minifyStyleSheets, dropPageStandIn],
  build: {
    lib: { entry: 'dist/define.js', formats: ['es'], fileName: () => 'connect-account.min.js' },
    emptyOutDir: false,
    sourcemap: true,
    target: 'es2022',
    reportCompressedSize: false,
    // `minify` again: in library mode Vite leaves the white space of an ES module alone.
    rolldownOptions: { output: { codeSplitting: false, minify: true, comments: false, postBanner: LICENSES } },
  },
});
