import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const readme = readFileSync('README.md', 'utf8');
const isCode = (line: string) => line.trim() !== '' && !line.startsWith('//');

for (const name of readdirSync('demo/backends')) {
  const source = readFileSync(`demo/backends/${name}`, 'utf8');

  test(`the README shows demo/backends/${name} as it runs`, () => {
    assert.ok(readme.includes(`\n\`\`\`js\n${source}\`\`\`\n`), 'copy the file into the README');
  });

  test(`demo/backends/${name} has at most ten lines of code`, () => {
    assert.ok(source.split('\n').filter(isCode).length <= 10);
  });
}
