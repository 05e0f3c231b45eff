/** Bundles the command `npx connect-account` with the emulator and the provider of the demo into `dist/desk/`. */
import { chmodSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { build } from 'vite';

const ENTRY = 'demo/desk/connect-account.ts';

await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: ENTRY,
    outDir: 'dist/desk',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      // Packages stay imports: those of the package itself, and those that the command asks for by name.
      external: (id) => id !== ENTRY && !id.startsWith('.') && !isAbsolute(id),
      output: {
        banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
      },
    },
  },
});
chmodSync('dist/desk/connect-account.js', 0o755);
