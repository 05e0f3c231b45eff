import { copyFileSync } from 'node:fs';

copyFileSync('node_modules/connect-account/dist/connect-account.min.js', 'dist/connect-account.min.js');
copyFileSync('node_modules/htmx.org/dist/htmx.min.js', 'dist/htmx.min.js');
for (const file of ['index.html', 'other.html', 'page.js']) copyFileSync(file, `dist/${file}`);
