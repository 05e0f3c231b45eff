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
  /** Where the app expects the file that all apps share. */
  readonly caseFile: string;
  /** Folder of the built pages, or the script of package.json that starts a server on `PORT`. */
  readonly serves: { readonly folder: string } | { readonly script: string };
  /** Path of the page. Default: `/`. */
  readonly path?: string;
  /** What a change of the route does to the elements: they are removed, the page is left, or they are kept. */
  readonly routeChange: 'removes' | 'leaves' | 'keeps';
  /** File whose part between two `snippet` comments is in the documentation, and its language. */
  readonly snippet: { readonly file: string; readonly language: string };
  /** What a developer must know beside the snippet. */
  readonly advice: string;
}

/** All of them, in the order of the table. */
export const FRAMEWORKS: readonly Framework[] = [
  {
    name: 'html',
    title: 'Plain HTML',
    packages: [],
    caseFile: 'dist/case.js',
    serves: { folder: 'dist' },
    routeChange: 'leaves',
    snippet: { file: 'index.html', language: 'html' },
    advice: 'A script sets functions, objects and arrays as properties. It may run before or after the elements load.',
  },
  {
    name: 'react',
    title: 'React (Vite, StrictMode)',
    packages: ['react', 'vite'],
    caseFile: 'src/case.ts',
    serves: { folder: 'dist' },
    routeChange: 'removes',
    snippet: { file: 'src/accounts.tsx', language: 'tsx' },
    advice: 'Import the components. They register the elements.',
  },
  {
    name: 'next',
    title: 'Next.js (App Router, server-rendered)',
    packages: ['next', 'react'],
    caseFile: 'app/case.ts',
    serves: { script: 'start' },
    routeChange: 'removes',
    snippet: { file: 'app/accounts.tsx', language: 'tsx' },
    advice:
      'Use the components in a file with `\'use client\'`, because their props are functions. A plain tag gets its attributes only: React sets no property and no listener on a custom element that its server has rendered ([react#35446](https://github.com/facebook/react/issues/35446)).',
  },
  {
    name: 'vue',
    title: 'Vue',
    packages: ['vue', 'vite'],
    caseFile: 'src/case.ts',
    serves: { folder: 'dist' },
    routeChange: 'removes',
    snippet: { file: 'src/Accounts.vue', language: 'vue' },
    advice:
      'Tell the compiler which tags are elements: `vue({ template: { compilerOptions: { isCustomElement: (tag) => /^connect(ed)?-account/.test(tag) } } })`. Bind functions, objects and arrays in camel case: `:session-token` would set an attribute.',
  },
];
