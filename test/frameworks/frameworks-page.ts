import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { FRAMEWORKS, type Framework } from './frameworks.js';
import { CASES, type CaseName, type FrameworkResult, readResults } from './results.js';

/** What each column of the table means. */
const MEANINGS: Readonly<Record<CaseName, string>> = {
  attributes: '`user-id` and `auth-config-id` arrive.',
  functions: '`sessionToken` is a function, and no request goes out without its token.',
  objects: '`messages` and `connectionData` arrive.',
  arrays: '`statuses` of the list arrives, and the server filters by it.',
  slots: 'The label and `slot="description"` are shown.',
  false: '`false` written to a boolean attribute is false.',
  quiet: 'Loading prints no warning (of hydration, for example) and fires no false `accounts-load-error`.',
  events:
    'A click connects an account at the provider. The listener of the framework is called once, and the list shows it.',
  user: '`user-id` changes to another user: none of their requests is refused, and they see nothing of the first.',
  route:
    'The route changes while the window of the provider is open, the user finishes there and comes back: the account is connected, and the list still has its properties.',
};

const PAGE = (table: string, meanings: string, shared: string, sections: string): string => `# Frameworks

Each row is a small app in \`test/frameworks/apps\` of the repository, built for production with the packed package and used in
Chromium with trusted clicks, the real handler and an emulated Composio. Next.js, Nuxt, SvelteKit and Astro
render on their servers. \`npm run test:frameworks\` runs all apps and writes this page; \`npm run test:frameworks -- vue
next\` runs some.

${table}

${meanings}

Three things hold everywhere:

- Functions, objects and listeners are properties. If one arrives as an attribute, the console says so.
- Properties may come late. An element sends its first request one task after it is added to the page, and none while it
  has the attribute \`defer-hydration\`. A missing \`user-id\` is an error only after a second.
- If \`sessionToken\` is a function, a second user gets a token of their own. A new function for the same user, as after
  each render, does not request a new token.

In development, bundlers load Lit's build for development, which prints "Lit is in dev mode" once. This is not an error, and the
build for production does not print it.

[Backends](backends.md) has the server side. The snippets below are taken from the apps, which share this:

\`\`\`ts
${shared}
\`\`\`

${sections}
`;

/** Returns the documentation of all frameworks, from the results of their last runs and the files of their apps. */
export function frameworksPage(): string {
  const results = readResults();
  const columns = Object.entries(CASES) as [CaseName, string][];
  const rows = FRAMEWORKS.map(({ name, title, types }) => {
    const result = results[name];
    return [title, versions(result), ...columns.map(([test]) => mark(result?.passed[test])), types];
  });
  const heads = ['framework', 'version', ...columns.map(([, head]) => head), 'types checked by'];
  const table = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const meanings = columns.map(([test, head]) => `- **${head}**: ${MEANINGS[test]}`).join('\n');
  const shared = readFileSync('test/frameworks/shared/case.ts', 'utf8').split('\n/** An event that')[0] ?? '';
  return PAGE(table, meanings, shared.trim(), FRAMEWORKS.map((one) => section(one)).join('\n\n'));
}

function versions(result: FrameworkResult | undefined): string {
  const all = Object.entries(result?.versions ?? {}).map(([name, version]) => `${name} ${version}`);
  return all.join(', ') || '–';
}

function mark(hasPassed: boolean | undefined): string {
  if (hasPassed === undefined) return 'not run';
  return hasPassed ? '✔' : '✘';
}

function section(framework: Framework): string {
  const { title, advice, snippets, app = framework.name } = framework;
  return [`## ${title}`, advice, ...snippets.map((file) => snippet(app, file))].join('\n\n');
}

const MARK = /^\s*(?:\/\/|<!--|\{\/\*) snippet.*$/m;
/** Lines before a snippet without which it does not run. */
const NEEDED = /^\s*(?:'use client';|import .*'connect-account\/.*)$/;

/** Returns the part of a file that is marked, with the imports of this package, or the whole file. */
function snippet(app: string, file: string): string {
  const text = readFileSync(join('test/frameworks/apps', app, file), 'utf8');
  const [before = '', marked] = text.split(MARK);
  const needed = marked === undefined ? [] : before.split('\n').filter((line) => NEEDED.test(line));
  const code = [...needed.map((line) => line.trim()), ...(needed.length > 0 ? [''] : []), dedent(marked ?? text)].join(
    '\n',
  );
  return `\`${file}\`:\n\n\`\`\`${extname(file).slice(1)}\n${code.trim()}\n\`\`\``;
}

function dedent(text: string): string {
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  return lines
    .map((line) => line.slice(Math.min(...indents)))
    .join('\n')
    .trim();
}
