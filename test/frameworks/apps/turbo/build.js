import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

copyFileSync('node_modules/connect-account/dist/connect-account.min.js', 'dist/connect-account.min.js');
copyFileSync('node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js', 'dist/turbo.js');
copyFileSync('page.js', 'dist/page.js');

const accounts = readFileSync('accounts.html', 'utf8');
for (const page of ['index.html', 'other.html', 'frame/index.html', 'frame/other.html', 'morph/index.html']) {
  mkdirSync(dirname(`dist/${page}`), { recursive: true });
  writeFileSync(`dist/${page}`, readFileSync(page, 'utf8').replace('<!-- accounts -->', accounts));
}
