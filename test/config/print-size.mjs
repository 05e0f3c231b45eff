/** Prints what the single-file build costs a page, and the hash for its `integrity` attribute. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const FILE = 'dist/connect-account.min.js';
const kilobytes = (/** @type {Buffer} */ data) => `${(data.length / 1000).toFixed(1)} kB`;

const content = readFileSync(FILE);
const integrity = createHash('sha384').update(content).digest('base64');
console.log(
  `${FILE}: ${kilobytes(content)} raw, ${kilobytes(gzipSync(content))} gzip, ${kilobytes(brotliCompressSync(content))} brotli`,
);
console.log(`integrity="sha384-${integrity}"`);
