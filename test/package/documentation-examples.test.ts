import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { transform } from 'esbuild';
import { type DefaultTreeAdapterTypes, type ParserError, parse, parseFragment } from 'parse5';
import { DOCUMENTS, type DocExample, frameOf, readExamples } from '../support/doc-examples.js';

const examples = readExamples(DOCUMENTS);

/** Languages that nothing here reads. Their examples are files that other tests run, or are for a reader's own shell. */
const NOT_PARSED = new Set(['', 'sh', 'http', 'python', 'ruby']);

/** Languages of examples that stand in `frameworks.md` alone, which is written from apps that are built. */
const OF_APPS = new Set(['astro', 'svelte', 'vue']);

interface ElementDeclaration {
  readonly tagName?: string;
  readonly attributes: readonly { readonly name: string }[];
}

const declarations: ElementDeclaration[] = JSON.parse(readFileSync('custom-elements.json', 'utf8')).modules.flatMap(
  (module: { declarations: ElementDeclaration[] }) => module.declarations,
);

/** Attributes that every element of HTML has. */
const GLOBAL_ATTRIBUTES = ['class', 'id', 'lang', 'dir', 'slot', 'hidden', 'defer-hydration'];

const attributesOf = new Map(
  declarations
    .filter(({ tagName }) => tagName !== undefined)
    .map(({ tagName = '', attributes }) => [
      tagName,
      new Set([...GLOBAL_ATTRIBUTES, ...attributes.map(({ name }) => name)]),
    ]),
);

type Node = DefaultTreeAdapterTypes.ChildNode;

const elementsIn = (nodes: readonly Node[]): DefaultTreeAdapterTypes.Element[] =>
  nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsIn(node.childNodes)] : []));

/** Returns what is wrong with an example of HTML: its syntax, a script in it, or an attribute that an element lacks. */
async function problemsOfHtml({ page, code }: DocExample): Promise<string[]> {
  const errors: string[] = [];
  const options = { onParseError: ({ code: error }: ParserError) => void errors.push(error) };
  const tree = /^<!doctype|^<html/i.test(code) ? parse(code, options) : parseFragment(code, options);
  const problems = errors.filter((error) => error !== 'missing-doctype');
  for (const { tagName, attrs, childNodes } of elementsIn(tree.childNodes)) {
    const script = tagName === 'script' ? childNodes.map((node) => ('value' in node ? node.value : '')).join('') : '';
    if ((await frameOf({ page, language: 'js', code: script })) !== 'module') problems.push('a script does not parse');
    const known = attributesOf.get(tagName);
    // Templates of frameworks have attributes of their own, which their compilers have read.
    const foreign = page.endsWith('/frameworks.md') ? [] : attrs.filter(({ name }) => known?.has(name) === false);
    problems.push(...foreign.map(({ name }) => `<${tagName}> has no attribute ${name}`));
  }
  return problems;
}

async function problemsOfCss({ code }: DocExample): Promise<string[]> {
  const { warnings } = await transform(code, { loader: 'css', logLevel: 'silent' });
  return warnings.map(({ text }) => text);
}

/** Returns what is wrong with an example. */
async function problemsOf(example: DocExample): Promise<string[]> {
  const { language, page } = example;
  if (NOT_PARSED.has(language)) return [];
  if (language === 'html') return problemsOfHtml(example);
  if (language === 'css') return problemsOfCss(example);
  if (/^[jt]sx?$/.test(language)) return (await frameOf(example)) === undefined ? ['it does not parse'] : [];
  if (OF_APPS.has(language) && page.endsWith('/frameworks.md')) return [];
  return [`nothing here reads ${language}: add it to this test, or name the test that runs the example`];
}

describe('the examples of the documentation', () => {
  it('every example in JavaScript, TypeScript, JSX, HTML or CSS parses', async () => {
    assert.ok(examples.length > 100, `only ${examples.length} examples were found`);
    const results = await Promise.all(
      examples.map(async (example) => (await problemsOf(example)).map((problem) => ({ ...example, problem }))),
    );
    assert.deepEqual(results.flat(), []);
  });

  it('the check of examples rejects a placeholder, a tag that does not end, and an attribute that does not exist', async () => {
    const problems = (language: string, code: string) => problemsOf({ page: 'demo/docs/events.md', language, code });
    assert.deepEqual(await problems('js', 'createConnectHandler({ … });'), ['it does not parse']);
    assert.deepEqual(await problems('html', '<connect-account user-id="1"'), ['eof-in-tag']);
    assert.deepEqual(await problems('tsx', '<p>text</div>'), ['it does not parse']);
    assert.deepEqual(await problems('html', '<script>const = 1</script>'), ['a script does not parse']);
    assert.deepEqual(await problems('html', '<connect-account user="1"></connect-account>'), [
      '<connect-account> has no attribute user',
    ]);
    assert.notDeepEqual(await problems('css', 'connect-account { color red }'), []);
    assert.equal((await problems('vue', '<template></template>')).length, 1);
  });

  it('the rule that reserves space is the same wherever it stands', () => {
    const rules = examples.filter(({ code }) => code.startsWith('connect-account:not(:defined)'));
    assert.deepEqual(rules.map(({ page }) => page).sort(), ['README.md', 'demo/docs/loading.md']);
    assert.equal(new Set(rules.map(({ code }) => code)).size, 1);
  });

  it('README.md has at most 200 lines', () => {
    assert.ok(readFileSync('README.md', 'utf8').split('\n').length <= 200);
  });
});
