import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { importCycles } from './import-cycles.js';
import {
  declaredNames,
  importsOf,
  type Node,
  parseSource,
  placeOf,
  type SourceFile,
  sourcePaths,
} from './source-file.js';

/** A measured value and, where there is one, its bound. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly bound?: string;
  readonly isMet?: boolean;
  /** The places that miss the bound. */
  readonly findings?: readonly string[];
}

const GUIDE = '.github/CONTRIBUTING.md';
const CLICK = 'One click, step by step';
const MAX_CLICK_FILES = 16;
const GENERATED = 'src/server/callback/callback-page-script.ts';
const MEDIAN_LINES = { least: 80, most: 120 };
const SMALL_FILE_LINES = 30;
const MAX_SMALL_SHARE = 0.1;
const MAX_ELEMENT_LINES = 350;
/** Style sheets and language files have no limit. */
const OF_ANY_LENGTH = /styles\.ts$|^src\/messages\//;
const QUESTION = /^(?:What|Whether|Where|Why|How|When|Whose|Who)\b/;
const MAX_QUESTION_SHARE = 0.03;
const AVOIDED = /\b(?:mend(?:s|ed|ing)?|whoever|anew|under way|the very same)\b/i;
const CONTINUED = /^(?:so|and|nor|of|that|as)\b/i;

/** A step of the click: a file and a name that it declares. */
interface Step {
  readonly path: string;
  readonly name: string;
}

/**
 * Reads the steps of the click, lines like ``1. `src/core/flow/connect-flow.ts` `connect` — …``. A line in another form is
 * returned as it is.
 */
export function readSteps(guide: string): Array<Step | string> {
  const [, , section = ''] = guide.split(new RegExp(`^(## ${CLICK})$`, 'm'));
  const [steps = ''] = section.split(/^## /m);
  return [...steps.matchAll(/^\d+\. .*$/gm)].map(([line]) => {
    const [, path, name] = /^\d+\. `([^`]+)` `([^`]+)`/.exec(line) ?? [];
    return path && name ? { path, name } : line;
  });
}

function clickFigures(guide: string): Figure[] {
  const steps = readSteps(guide);
  const findings = steps.flatMap((step) => {
    if (typeof step === 'string') return [`does not begin with a file and a name: ${step}`];
    if (!existsSync(step.path)) return [`there is no file ${step.path}`];
    return declaredNames(parseSource(step.path)).has(step.name) ? [] : [`${step.path} declares no ${step.name}`];
  });
  if (steps.length === 0) findings.push(`${GUIDE} has no steps under "${CLICK}"`);
  const files = new Set(
    steps.flatMap((step) => (typeof step !== 'string' && existsSync(step.path) ? [step.path] : [])),
  );
  const lines = [...files].reduce((sum, path) => sum + parseSource(path).lines, 0);
  return [
    bounded('files of the click', files.size, files.size <= MAX_CLICK_FILES, `at most ${MAX_CLICK_FILES}`, []),
    { name: 'lines of these files', value: String(lines) },
    bounded('steps of the click that are wrong', findings.length, findings.length === 0, '0', findings),
  ];
}

function cycleFigure(sources: readonly SourceFile[]): Figure {
  const cycles = importCycles(new Map(sources.map((source) => [source.path, importsOf(source)])));
  return bounded(
    'import cycles',
    cycles.length,
    cycles.length === 0,
    '0',
    cycles.map((files) => files.join(', ')),
  );
}

function sizeFigures(sources: readonly SourceFile[]): Figure[] {
  const sizes = sources.map(({ lines }) => lines).sort((one, other) => one - other);
  const atShare = (share: number) => sizes[Math.floor(share * (sizes.length - 1))] ?? 0;
  const small = sources.filter(({ lines }) => lines < SMALL_FILE_LINES);
  const [longest] = sources
    .filter(({ path }) => !OF_ANY_LENGTH.test(path))
    .sort((one, other) => other.lines - one.lines);
  const elements = sources.filter(
    ({ path }) => /^src\/elements\//.test(path) && basename(path, '.ts') === basename(dirname(path)),
  );
  const tooLong = elements.filter(({ lines }) => lines > MAX_ELEMENT_LINES);
  const { least, most } = MEDIAN_LINES;
  const median = atShare(0.5);
  return [
    { name: 'files in src/', value: String(sizes.length) },
    bounded('median of their lines', median, median >= least && median <= most, `${least} to ${most}`, []),
    { name: 'nine in ten have at most', value: `${atShare(0.9)} lines` },
    { name: 'longest but styles and messages', value: longest ? `${longest.lines} (${longest.path})` : '' },
    share(`files under ${SMALL_FILE_LINES} lines`, small.length, sizes.length, MAX_SMALL_SHARE, small.map(sizeLine)),
    bounded(
      'longest element class',
      Math.max(0, ...elements.map(({ lines }) => lines)),
      tooLong.length === 0,
      `at most ${MAX_ELEMENT_LINES}`,
      tooLong.map(sizeLine),
    ),
  ];
}

const sizeLine = ({ path, lines }: SourceFile): string => `${path}: ${lines} lines`;

function commentFigures(sources: readonly SourceFile[]): Figure[] {
  const comments = sources.flatMap((source) => source.comments.map((comment) => ({ ...comment, source })));
  const line = ({ source, start, text }: (typeof comments)[number]) =>
    `${placeOf(source, start)}: ${text.replaceAll(/\s+/g, ' ').slice(0, 80)}`;
  const docs = comments.filter(({ isDoc }) => isDoc);
  const questions = docs.filter(({ text }) => QUESTION.test(text));
  const avoided = comments.filter(({ text }) => AVOIDED.test(text.replaceAll(/\s+/g, ' ')));
  return [
    share(
      'doc comments that open like a question',
      questions.length,
      docs.length,
      MAX_QUESTION_SHARE,
      questions.map(line),
    ),
    bounded('comments with a word to avoid', avoided.length, avoided.length === 0, '0', avoided.map(line)),
  ];
}

function titleFigure(tests: readonly SourceFile[]): Figure {
  const titles = tests.flatMap((source) =>
    source.nodes.flatMap((node) => titleOf(node)).map((title) => ({ title, source })),
  );
  const continued = titles.filter(({ title }) => CONTINUED.test(title.text));
  const findings = continued.map(({ title, source }) => `${placeOf(source, title.start)}: ${title.text}`);
  return bounded('test titles that continue another one', continued.length, continued.length === 0, '0', findings);
}

/** Returns the title in a call like `it('…', …)` or `hardCase(1, '…', …)`. */
function titleOf({ type, callee, arguments: args, start }: Node): Array<{ text: string; start: number }> {
  const { name } = (callee ?? {}) as { name?: unknown };
  if (type !== 'CallExpression' || !['it', 'test', 'hardCase'].includes(String(name))) return [];
  const title = (args as readonly Node[])[name === 'hardCase' ? 1 : 0];
  const { value, quasis = [] } = (title ?? {}) as { value?: unknown; quasis?: readonly { value: { raw: string } }[] };
  const text = typeof value === 'string' ? value : quasis.map((part) => part.value.raw).join('…');
  return text === '' ? [] : [{ text, start }];
}

function bounded(name: string, value: number, isMet: boolean, bound: string, findings: readonly string[]): Figure {
  return { name, value: String(value), bound, isMet, findings };
}

function share(name: string, part: number, whole: number, most: number, findings: readonly string[]): Figure {
  const percent = (of: number) => `${(of * 100).toFixed(1)} %`;
  const value = whole === 0 ? 0 : part / whole;
  return {
    name,
    value: `${percent(value)} (${part})`,
    bound: `at most ${percent(most)}`,
    isMet: value <= most,
    findings,
  };
}

/** Measures the repository in the current folder. */
export function architectureFigures(): Figure[] {
  const sources = sourcePaths('src')
    .filter((path) => path !== GENERATED)
    .map((path) => parseSource(path));
  const tests = sourcePaths('test')
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => parseSource(path));
  const guide = existsSync(GUIDE) ? readFileSync(GUIDE, 'utf8') : '';
  return [
    ...clickFigures(guide),
    cycleFigure(sources),
    ...sizeFigures(sources),
    ...commentFigures(sources),
    titleFigure(tests),
  ];
}
