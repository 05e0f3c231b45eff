import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { type BundleSize, bundleSize, type Esbuild } from './bundle-size.js';

/** The list of the peers, with their exact versions. */
const LIST = 'test/bench/peers';
/** The peers are installed here, apart from the dependencies of the project. */
const FOLDER = resolve('.build/bench/peers');

interface Peer {
  readonly name: string;
  /** The import that a page would make of it. */
  readonly code: string;
  /** A loader shows the page of a server; an interface draws itself. */
  readonly what: string;
}

const all = (specifier: string): string => `export * from '${specifier}';`;

const PEERS: readonly Peer[] = [
  { name: '@stripe/connect-js', code: all('@stripe/connect-js'), what: 'loader of js.stripe.com and its frames' },
  {
    name: '@nangohq/frontend',
    code: `export { default } from '@nangohq/frontend';`,
    what: 'loader of a page in a frame',
  },
  { name: '@pipedream/sdk', code: all('@pipedream/sdk/browser'), what: 'API client, and loader of a frame' },
  {
    name: '@descope/outbound-applications-widget',
    code: `import '@descope/outbound-applications-widget';`,
    what: 'own interface, with components from a CDN',
  },
  { name: '@teamhanko/hanko-elements', code: all('@teamhanko/hanko-elements'), what: 'own interface' },
  {
    name: '@descope/web-component',
    code: `import '@descope/web-component';`,
    what: 'own interface, with components from a CDN',
  },
  { name: '@useparagon/connect', code: all('@useparagon/connect'), what: 'loader of a page in a frame' },
  {
    name: 'react-dom',
    code: `${all('react')} ${all('react-dom/client')}`,
    what: 'react and react-dom alone: the floor of every peer with React',
  },
  {
    name: '@workos-inc/widgets',
    code: `export { Pipes } from '@workos-inc/widgets/pipes';
      import '@radix-ui/themes/styles.css'; import '@workos-inc/widgets/styles.css';`,
    what: 'own interface with React: Pipes',
  },
  { name: 'auth0-lock', code: `export { default } from 'auth0-lock';`, what: 'own interface' },
  { name: '@clerk/clerk-js', code: all('@clerk/clerk-js'), what: 'own interface' },
];

/** What a page pays for a package, or why that is not known. */
export interface MeasuredPackage {
  readonly name: string;
  readonly version: string;
  readonly what: string;
  readonly size: BundleSize | null;
  readonly problem?: string;
}

/** Installs the peers with esbuild, and returns esbuild, or the reason why that failed. */
export function installPeers(): { readonly esbuild: Esbuild } | { readonly problem: string } {
  mkdirSync(FOLDER, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(LIST, file), join(FOLDER, file));
  // Their scripts are not needed, and not trusted.
  const options = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', ['ci', ...options], { cwd: FOLDER, encoding: 'utf8' });
  if (status !== 0) return { problem: `npm ci failed: ${stderr.trim().split('\n').at(-1) ?? ''}` };
  return { esbuild: createRequire(join(FOLDER, 'package.json'))('esbuild') as Esbuild };
}

/** Builds each peer. One that cannot be installed or built is a line that says so. */
export async function measurePeers(installed: ReturnType<typeof installPeers>): Promise<MeasuredPackage[]> {
  const measured: MeasuredPackage[] = [];
  for (const { name, code, what } of PEERS) {
    const known = { name, version: versionOf(name), what };
    if ('problem' in installed) measured.push({ ...known, size: null, problem: installed.problem });
    else measured.push({ ...known, ...(await trySize(installed.esbuild, code, FOLDER)) });
  }
  return measured;
}

/** Returns what a page pays for an import, or the reason why it cannot be built. */
export async function trySize(
  esbuild: Esbuild,
  code: string,
  folder: string,
): Promise<Pick<MeasuredPackage, 'size' | 'problem'>> {
  try {
    return { size: await bundleSize(esbuild, code, folder) };
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error)
      .split('\n')
      .slice(0, 2)
      .reverse();
    return { size: null, problem: `not built: ${reason}` };
  }
}

function versionOf(name: string): string {
  const { dependencies } = JSON.parse(readFileSync(join(LIST, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  return dependencies[name] ?? '';
}
