import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const DOCUMENTATION = 'demo/docs/backends.md';
const isCode = (line: string) => line.trim() !== '' && !line.startsWith('//');
const shows = (source: string) => readFileSync(DOCUMENTATION, 'utf8').includes(`\n\`\`\`js\n${source}\`\`\`\n`);

for (const name of readdirSync('demo/backends').filter((file) => file.endsWith('.mjs'))) {
  const source = readFileSync(`demo/backends/${name}`, 'utf8');

  test(`the documentation shows demo/backends/${name} as it runs`, () => {
    assert.ok(shows(source), `copy the file into ${DOCUMENTATION}`);
  });

  test(`demo/backends/${name} has at most twenty lines of code`, () => {
    assert.ok(source.split('\n').filter(isCode).length <= 20);
  });
}
