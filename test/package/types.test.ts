import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { DOC_PAGES, type DocExample, frameOf, readExamples } from '../support/doc-examples.js';

const EXAMPLES = '.build/readme-types';

/** Pages whose examples other tests run as they stand there. */
const RUN_ELSEWHERE = new Set(['demo/docs/frameworks.md', 'demo/docs/testing.md', 'demo/docs/own-backend.md']);

/** The backends, which `runtimes/readme-examples` compares with the pages, and which the suite runs. */
const BACKENDS = new Set(
  readdirSync('demo/backends')
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => readFileSync(join('demo/backends', file), 'utf8')),
);

const examples = readExamples(['README.md', ...DOC_PAGES]).filter(
  ({ page, language, code }) => /^[jt]s$/.test(language) && !RUN_ELSEWHERE.has(page) && !BACKENDS.has(code),
);

/** Returns an example as a module of TypeScript. */
async function moduleOf(example: DocExample): Promise<string> {
  const { code, page } = example;
  const frame = await frameOf(example);
  if (frame === 'module') return `${code}\nexport {};\n`;
  if (frame === 'body') return `export const run = async () => {\n${code}\n};\n`;
  assert.equal(frame, 'options', `${page} has an example that is no code:\n${code}`);
  return `export const options: SomeHandlerOptions = {\n${code}\n};\n`;
}

/** What each kind of resolution needs in the compiler options. */
const RESOLUTIONS = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

/** The module of a host that makes its handler. */
const CONNECT = `import { createConnectHandler } from 'connect-account/server.js';
export const handleConnect = createConnectHandler(options);
`;

/** Compiles a project of TypeScript, and returns its errors. */
function errorsOf(project: string): string {
  return spawnSync('node_modules/.bin/tsc', ['-p', project], { encoding: 'utf8' }).stdout;
}

/** Writes the examples as modules of TypeScript, and a project for them. Returns its path. */
async function writeExamples(compilerOptions: object): Promise<string> {
  rmSync(EXAMPLES, { recursive: true, force: true });
  mkdirSync(EXAMPLES, { recursive: true });
  for (const [index, example] of examples.entries()) {
    const name = `${basename(example.page, '.md').toLowerCase()}-${index}.ts`;
    writeFileSync(join(EXAMPLES, name), await moduleOf(example));
  }
  const project = join(EXAMPLES, 'tsconfig.json');
  // What the messages of another language look like is in `messages/en.js`.
  writeFileSync(join(EXAMPLES, 'french.ts'), "export { default } from 'connect-account/messages/de.js';\n");
  writeFileSync(join(EXAMPLES, 'connect.ts'), CONNECT);
  const settings = {
    compilerOptions: {
      ...compilerOptions,
      strict: true,
      // JavaScript has no place for the types of parameters.
      noImplicitAny: false,
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
    it(`every example of the README and the documentation compiles under ${name}`, async () => {
      assert.ok(examples.length > 45, `only ${examples.length} examples were found`);
      assert.equal(errorsOf(await writeExamples(options)), '');
    });
  }
});
