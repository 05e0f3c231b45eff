/** Command line of `npm run docs`: writes the site into a folder, by default `.build/docs`. Any server can serve it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSite } from './build-site.js';

const FOLDER = '.build/docs';

const files = await buildSite();
rmSync(FOLDER, { recursive: true, force: true });
for (const [path, content] of files) {
  const target = join(FOLDER, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}
console.log(`${FOLDER} has ${files.size} files. Its links are relative, so it may be served under any path.`);
