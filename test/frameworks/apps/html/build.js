import { copyFileSync } from 'node:fs';

copyFileSync('node_modules/connect-account/dist/connect-account.min.js', 'dist/connect-account.min.js');
for (const page of ['index.html', 'other.html', 'page.js']) copyFileSync(page, `dist/${page}`);
