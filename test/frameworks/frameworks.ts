/** A framework, or one way to use it, and the app that shows it. */
export interface Framework {
  /** Name for the command line. */
  readonly name: string;
  readonly title: string;
  /** Folder in `apps/`. Default: the name. */
  readonly app?: string;
  /** Packages whose versions the table shows. */
  readonly packages: readonly string[];
  /** True if its tools need a newer Node than this project. */
  readonly needsNewNode?: boolean;
  /** Folder of the app for the files that all apps share. `dist`: compiled, for apps without a compiler. */
  readonly sharedFolder: string;
  /** Folder of the built pages, or `start`: the script of package.json that starts a server on `PORT`. */
  readonly serves: { readonly folder: string } | 'start';
  /** Path of the page. Default: `/`. */
  readonly path?: string;
  /** What a change of the route does to the elements: they are removed, the page is left, or they are kept. */
  readonly routeChange: 'removes' | 'leaves' | 'keeps';
  /** True if its listeners are still there when the elements are removed. Default: true where they are removed. */
  readonly hearsRemoval?: boolean;
  /** Files whose parts between two comments `snippet` are in the documentation, or the whole files without such comments. */
  readonly snippets: readonly string[];
  /** The program that checks the types of its templates when the app is built, or `–` where there is none. */
  readonly types: string;
  /** What a developer must know beside the snippets. */
  readonly advice: string;
}

const DEFER =
  'Write `defer-hydration` on the tags, set functions, objects and listeners on each new element, and then remove the attribute: until then the element reads nothing.';

const TURBO = {
  app: 'turbo',
  packages: ['@hotwired/turbo'],
  sharedFolder: 'dist',
  serves: { folder: 'dist' },
} as const;

/** All of them, in the order of the table. */
export const FRAMEWORKS: readonly Framework[] = [
  {
    name: 'html',
    title: 'Plain HTML',
    packages: [],
    sharedFolder: 'dist',
    serves: { folder: 'dist' },
    routeChange: 'leaves',
    snippets: ['index.html', 'page.js'],
    types: '–',
    advice:
      'Set functions and objects in the module that imports the elements: then no request goes out without them. If another script sets them, write `defer-hydration` on the tags and remove it there.',
  },
  {
    name: 'react',
    title: 'React (Vite, StrictMode)',
    packages: ['react', 'vite'],
    sharedFolder: 'src',
    serves: { folder: 'dist' },
    routeChange: 'removes',
    snippets: ['src/accounts.tsx'],
    types: 'tsc',
    advice: 'Import the components of `connect-account/react.js`, which register the elements.',
  },
  {
    name: 'next',
    title: 'Next.js (App Router)',
    packages: ['next', 'react'],
    sharedFolder: 'app',
    serves: 'start',
    routeChange: 'removes',
    snippets: ['app/accounts.tsx'],
    types: 'next build',
    advice:
      "Use the components in a file with `'use client'`, because their props are functions. Do not use the tags: React sets no property and no listener on a custom element that its server has rendered ([react#35446](https://github.com/facebook/react/issues/35446)).",
  },
  {
    name: 'vue',
    title: 'Vue',
    packages: ['vue', 'vite'],
    sharedFolder: 'src',
    serves: { folder: 'dist' },
    routeChange: 'removes',
    snippets: ['vite.config.js', 'src/Accounts.vue'],
    types: 'vue-tsc',
    advice:
      'Tell the compiler which tags are elements. Bind functions, objects and arrays in camel case: `:session-token` would set an attribute. vue-tsc reports missing and wrong values, and unknown names only with `strictTemplates`.',
  },
  {
    name: 'nuxt',
    title: 'Nuxt',
    packages: ['nuxt', 'vue'],
    needsNewNode: true,
    sharedFolder: 'app',
    serves: 'start',
    routeChange: 'removes',
    snippets: ['nuxt.config.ts', 'app/plugins/connect-account.client.ts', 'app/components/Accounts.vue'],
    types: '–',
    advice:
      'As in Vue. Register the elements in a plugin for the browser. They exist some tasks before Vue sets their properties: `defer-hydration` keeps them from reading without a token.',
  },
  {
    name: 'svelte',
    title: 'Svelte',
    packages: ['svelte', 'vite'],
    sharedFolder: 'src',
    serves: { folder: 'dist' },
    routeChange: 'removes',
    snippets: ['src/Accounts.svelte'],
    types: 'svelte-check',
    advice:
      'Import `connect-account/define.js` before the component is mounted: on a tag that is not registered yet, Svelte sets a function as a string. Write functions, objects and arrays in camel case.',
  },
  {
    name: 'sveltekit',
    title: 'SvelteKit',
    packages: ['@sveltejs/kit', 'svelte'],
    needsNewNode: true,
    sharedFolder: 'src/lib',
    serves: 'start',
    routeChange: 'removes',
    snippets: ['src/lib/Accounts.svelte'],
    types: 'svelte-check',
    advice:
      'As in Svelte. The import of `connect-account/define.js` does nothing on the server. The elements exist before Svelte sets their properties: `defer-hydration` keeps them from reading without a token. The server writes properties into the page as attributes, and functions as their source: bind nothing that is secret.',
  },
  {
    name: 'angular',
    title: 'Angular',
    packages: ['@angular/core'],
    needsNewNode: true,
    sharedFolder: 'src',
    serves: { folder: 'dist' },
    routeChange: 'removes',
    hearsRemoval: false,
    snippets: ['src/accounts.ts'],
    types: 'ngc, not the names on the tags',
    advice:
      'Add `CUSTOM_ELEMENTS_SCHEMA`, and import `connect-account/define.js` in `main.ts`. Bind properties in camel case: `[sessionToken]`. Angular does not check the names of attributes and events on a custom element. It removes its listeners before the element, so it does not hear the `account-connect-cancel` of a removal.',
  },
  {
    name: 'solid',
    title: 'Solid',
    packages: ['solid-js', 'vite'],
    sharedFolder: 'src',
    serves: { folder: 'dist' },
    routeChange: 'removes',
    snippets: ['src/accounts.tsx'],
    types: 'tsc',
    advice:
      'Use attribute names for values, `prop:` for functions, objects and arrays, and `on:` for events. `userId={…}` without `prop:` does nothing.',
  },
  {
    name: 'preact',
    title: 'Preact',
    packages: ['preact', 'vite'],
    sharedFolder: 'src',
    serves: { folder: 'dist' },
    routeChange: 'removes',
    snippets: ['src/accounts.tsx'],
    types: 'tsc',
    advice:
      'Use attribute names for values, camel case for functions and objects, and `onaccount-connected` for events. On a tag that a server has rendered, Preact sets no object: set it through a `ref`.',
  },
  {
    name: 'astro',
    title: 'Astro (ClientRouter)',
    packages: ['astro'],
    needsNewNode: true,
    sharedFolder: 'src',
    serves: 'start',
    routeChange: 'removes',
    snippets: ['src/pages/index.astro', 'src/accounts.ts'],
    types: '–',
    advice: `A page sets attributes, a script the rest. ${DEFER} Without the client router, the listener of \`astro:page-load\` is not needed.`,
  },
  {
    name: 'htmx',
    title: 'htmx (boosted links)',
    packages: ['htmx.org'],
    sharedFolder: 'dist',
    serves: { folder: 'dist' },
    routeChange: 'removes',
    snippets: ['index.html', 'page.js'],
    types: '–',
    advice: DEFER,
  },
  {
    name: 'turbo-drive',
    title: 'Turbo Drive',
    ...TURBO,
    routeChange: 'removes',
    snippets: ['accounts.html', 'page.js'],
    types: '–',
    advice: DEFER,
  },
  {
    name: 'turbo-frames',
    title: 'Turbo Frames',
    ...TURBO,
    path: '/frame/',
    routeChange: 'removes',
    snippets: ['frame/index.html', 'page.js'],
    types: '–',
    advice: 'As with Turbo Drive.',
  },
  {
    name: 'turbo-morph',
    title: 'Turbo, refresh by morphing',
    ...TURBO,
    path: '/morph/',
    routeChange: 'keeps',
    snippets: ['morph/index.html', 'page.js'],
    types: '–',
    advice:
      'The elements stay, and so do their windows. As with Turbo Drive, because a refresh brings `defer-hydration` back.',
  },
];
