/**
 * Writes custom-elements.json from the JSDoc of the elements.
 * With `--check` it writes nothing and exits 1 when the committed file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';

const FILE = 'custom-elements.json';

const manifest = await cli({ argv: ['analyze', '--config', 'test/config/manifest.config.js'], noWrite: true });
const text = `${JSON.stringify(manifest, null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (readFileSync(FILE, 'utf8') !== text) {
  console.error(`${FILE} is stale: run \`npm run build\` and commit it.`);
  process.exitCode = 1;
}
