import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const EXAMPLES = '.build/readme-types';

/** What each kind of resolution needs in the compiler options. */
const RESOLUTIONS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

/** Compiles a project of TypeScript, and returns its errors. */
function errorsOf(project: string): string {
  return spawnSync('node_modules/.bin/tsc', ['-p', project], { encoding: 'utf8' }).stdout;
}

/** Writes the examples of the README as modules of TypeScript, and a project for them. Returns its path. */
function writeExamples(compilerOptions: object): string {
  rmSync(EXAMPLES, { recursive: true, force: true });
  mkdirSync(EXAMPLES, { recursive: true });
  const examples = [...readFileSync('README.md', 'utf8').matchAll(/^```js\n([\s\S]*?)^```$/gm)];
  for (const [index, [, code = '']] of examples.entries()) {
    writeFileSync(join(EXAMPLES, `example-${index}.ts`), `${code}\nexport {};\n`);
  }
  const project = join(EXAMPLES, 'tsconfig.json');
  // What the messages of another language look like is in `messages/en.js`.
  writeFileSync(join(EXAMPLES, 'french.ts'), "export { default } from 'connect-account/messages/de.js';\n");
  const settings = {
    compilerOptions: {
      ...compilerOptions,
      strict: true,
      target: 'es2022',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: ['node'],
      noEmit: true,
      skipLibCheck: true,
    },
    include: ['.', '../../test/types/readme-*.d.ts'],
  };
  writeFileSync(project, JSON.stringify(settings));
  return project;
}

describe('the types of the package', () => {
  it('the types fit what users write in TypeScript, React, Vue, Svelte, Solid and Preact', () => {
    assert.equal(errorsOf('test/types'), '');
  });

  it('the types fit the same where a bundler resolves the package', () => {
    assert.equal(errorsOf('test/types/tsconfig.bundler.json'), '');
  });

  for (const [name, options] of Object.entries(RESOLUTIONS)) {
    it(`every example of the README compiles in strict TypeScript under ${name}`, () => {
      assert.equal(errorsOf(writeExamples(options)), '');
    });
  }
});
