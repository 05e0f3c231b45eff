import { readdirSync, readFileSync } from 'node:fs';
import { transform } from 'esbuild';

/** An example of a document, as it stands there. */
export interface DocExample {
  readonly page: string;
  /** The word after the fence, like `js`; empty for none. */
  readonly language: string;
  readonly code: string;
}

const DOCS = 'demo/docs';

/** The pages of the documentation. */
export const DOC_PAGES: readonly string[] = readdirSync(DOCS)
  .filter((file) => file.endsWith('.md'))
  .map((file) => `${DOCS}/${file}`);

/** Every document that users of the package read. */
export const DOCUMENTS: readonly string[] = [
  ...DOC_PAGES,
  `${DOCS}/llms.txt`,
  'README.md',
  'CHANGELOG.md',
  '.github/CONTRIBUTING.md',
  '.github/SECURITY.md',
];

/** Reads the examples of some documents. */
export function readExamples(documents: readonly string[]): DocExample[] {
  return documents.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/^ *```(.*)\n([\s\S]*?)^ *```$/gm)].map(([, language = '', code = '']) => ({
      page,
      language,
      code,
    })),
  );
}

/** An example of code is a module, the body of a function, some options out of an object, or the markup of a component. */
const FRAMES = {
  module: (code: string) => `${code}\nexport {};\n`,
  body: (code: string) => `export const run = async () => {\n${code}\n};\n`,
  options: (code: string) => `export const options = {\n${code}\n};\n`,
  markup: (code: string) => code.replace(/^</m, 'export const markup = <><').concat('</>;\n'),
} as const;

export type Frame = keyof typeof FRAMES;

/** Returns what an example is, or undefined if it is no code. */
export async function frameOf({ language, code }: DocExample): Promise<Frame | undefined> {
  for (const [name, frame] of Object.entries(FRAMES)) {
    const options = { loader: language as 'js' | 'ts' | 'tsx', logLevel: 'silent' } as const;
    const parsed = await transform(frame(code), options).catch(() => null);
    if (parsed !== null) return name as Frame;
  }
  return undefined;
}
