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

/**
 * The files of `dist/cdn` beside `connect-account.js`, and the modules that each is loaded for. A module that several of them
 * need is in the first.
 */
const PARTS = {
  main: /\/dist\/define-when-used\.js$|rolldown\/runtime/,
  attempt: /\/(?:connect-attempt|http-writes|attempt-view)\.js$/,
  panel: /\/anchored-panel-controller\.js$/,
  menu: /\/menu-part\.js$/,
  form: /\/form-part\.js$/,
  list: /\/connected-accounts-list\.js$/,
};

export default defineConfig(({ mode }) => {
  return {
    plugins: [minifyStyleSheets],
    build:
      mode === 'cdn'
        ? {
            lib: { entry: { 'connect-account': 'dist/define-when-used.js' }, formats: ['es'] },
            outDir: 'dist/cdn',
            sourcemap: true,
            target: 'es2022',
            reportCompressedSize: false,
            rolldownOptions: {
              output: {
                minify: true,
                comments: false,
                postBanner: LICENSES,
                entryFileNames: '[name].js',
                chunkFileNames: '[name].js',
                codeSplitting: {
                  groups: Object.entries(PARTS).map(([name, test], index) => ({ name, test, priority: 10 - index })),
                },
              },
            },
          }
        : {
            lib: { entry: 'dist/define.js', formats: ['es'], fileName: () => 'connect-account.min.js' },
            emptyOutDir: false,
            sourcemap: true,
            target: 'es2022',
            reportCompressedSize: false,
            // `minify` again: in library mode Vite leaves the white space of an ES module alone.
            rolldownOptions: { output: { codeSplitting: false, minify: true, comments: false, postBanner: LICENSES } },
          },
  };
});
