/**
 * `npm run bench`: measures the weight and the speed of everything a page notices, beside its peers and beside empty Lit
 * elements, in one run. Prints it and writes it to `demo/docs/performance.md`. The exit code is 1 when a bound is missed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { ensureChromium } from '../support/chromium.js';
import { measureConsent } from './consent.js';
import { measureElements } from './elements.js';
import type { Figure } from './figure.js';
import { measureList } from './list.js';
import { installPeers, type MeasuredPackage, measurePeers } from './peers.js';
import { measurePhone } from './phone.js';
import { measureEntries, measureScripts, type ScriptSize, scriptFiles } from './sizes.js';

const FILE = 'demo/docs/performance.md';
const PRELOADED = 'dist/cdn/main.js';

type Cells = readonly string[];

function markdownTable(head: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map((title) => (title.endsWith(' kB') ? '---:' : '---'))), ...rows.map(line)].join(
    '\n',
  );
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

function scriptTable(scripts: readonly ScriptSize[]): string {
  const rows = scripts.map(({ file, raw, gzip, brotli }) => [`\`${file}\``, ...[raw, gzip, brotli].map(kilobytes)]);
  return markdownTable(['file', 'raw kB', 'gzip kB', 'brotli kB'], rows);
}

function packageTable(packages: readonly MeasuredPackage[]): string {
  const initial = ({ size }: MeasuredPackage) => size?.initial ?? Number.POSITIVE_INFINITY;
  const rows = [...packages]
    .sort((one, other) => initial(one) - initial(other))
    .map(({ name, version, what, size, problem = '' }) => {
      const sizes = size
        ? [kilobytes(size.initial), kilobytes(size.all), size.css ? kilobytes(size.css) : '']
        : ['', '', ''];
      return [`\`${name}\``, version, ...sizes, problem || what];
    });
  return markdownTable(['package', 'version', 'at first kB', 'all kB', 'css kB', 'what it is'], rows);
}

function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, bound = '', holds }) => [name, value, bound, holds ? '' : '**missed**']);
  return markdownTable(['figure', 'measured', 'bound', ''], rows);
}

function machine(): string {
  const [first] = cpus();
  const chromium = execFileSync(ensureChromium(), ['--version'], { encoding: 'utf8' }).trim();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg()[0]?.toFixed(1);
  return `${cpus().length} × ${first?.model ?? 'unknown CPU'}, ${memory} GB, load ${load}; Node ${process.version}; ${chromium}`;
}

async function measureSizes(): Promise<string> {
  const installed = installPeers();
  const ours = 'esbuild' in installed ? await measureEntries(installed.esbuild) : [];
  const peers = await measurePeers(installed);
  return `## What a page loads

Files for a \`<script>\`, as they are built:

${scriptTable(measureScripts())}

With a bundler: each import built by esbuild (minified, split, es2022) in this run, our entries beside the peers from npm.
Sizes are brotli. "At first" is the entry with its static imports. What a loader fetches from its own server is not counted.

${packageTable([...ours, ...peers])}`;
}

async function measureTimes(): Promise<{ readonly text: string; readonly figures: readonly Figure[] }> {
  const phone = await measurePhone(scriptFiles().filter((file) => file === PRELOADED));
  const elements = await measureElements();
  const list = await measureList();
  const consent = await measureConsent();
  const text = `## A button on a phone

412 px wide, CPU slowed down 4 times, slow 4G (1.6 Mbit/s, 150 ms), one element, nothing cached; the best of 5 rounds.

${figureTable(phone)}

## Many elements beside empty Lit elements

The best of 7 rounds, requests to the backend included.

${figureTable(elements)}

## The list beside plain DOM

1,000 rows unless it says 10,000.

${figureTable(list)}

## From the consent to the event

${figureTable(consent)}`;
  return { text, figures: [...phone, ...elements, ...list, ...consent] };
}

async function main(): Promise<void> {
  const sizes = await measureSizes();
  const { text, figures } = await measureTimes();
  const report = `# Performance

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}. Run that again to repeat every figure; it needs the
npm registry for the peers, whose versions are in \`test/bench/peers/package.json\`. Times depend on the machine, so compare
the ratios, which are of one run. Sizes do not.

Machine: ${machine()}

${sizes}

${text}
`;
  mkdirSync('demo/docs', { recursive: true });
  writeFileSync(FILE, report);
  console.log(report);
  if (figures.some(({ holds }) => !holds)) process.exitCode = 1;
}

await main();
