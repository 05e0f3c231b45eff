import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import en from '../../src/messages/en.js';
import { languages } from '../../src/messages/languages.js';
import { languageName, normalizeTag } from '../../src/messages/registered-messages.js';

const TAGS = 'ar cs da de es fa fi fr he hi it ja ko nb nl pl pt-BR ru sv tr uk zh-CN zh-TW'.split(' ');

const LOADED = await Promise.all(
  TAGS.map(async (tag) => {
    const part = languages[tag.toLowerCase()];
    assert.ok(part, `${tag} is missing`);
    return [tag, (await part.load()).default] as const;
  }),
);

/** Returns the texts by path, like `menu.rename`. */
function flatten(texts: object, path = ''): Map<string, string> {
  const entries = Object.entries(texts).flatMap(([key, text]: [string, string | object]) =>
    typeof text === 'string' ? [[path + key, text] as const] : [...flatten(text, `${path}${key}.`)],
  );
  return new Map(entries);
}

const ENGLISH = flatten(en);

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

/** What the word for it happens to be in several languages. */
const SAME_AS_ENGLISH = new Map([
  ['menu.name', ['de', 'it']],
  ['form.title', []],
]);

/** The marks around a quotation, in which a search text and the name of an action are. */
const QUOTATION_MARKS: Readonly<Record<string, readonly [string, string]>> = {
  ar: ['«', '»'],
  cs: ['„', '“'],
  da: ['“', '”'],
  de: ['„', '“'],
  es: ['«', '»'],
  fa: ['«', '»'],
  fi: ['”', '”'],
  fr: ['«\u202f', '\u202f»'],
  he: ['״', '״'],
  hi: ['“', '”'],
  it: ['«', '»'],
  ja: ['「', '」'],
  ko: ['‘', '’'],
  nb: ['«', '»'],
  nl: ['‘', '’'],
  pl: ['„', '”'],
  'pt-BR': ['“', '”'],
  ru: ['«', '»'],
  sv: ['”', '”'],
  tr: ['“', '”'],
  uk: ['«', '»'],
  'zh-CN': ['“', '”'],
  'zh-TW': ['「', '」'],
};

test('23 languages are loaded late, and English is there from the start', () => {
  assert.deepEqual(Object.keys(languages).sort(), TAGS.map((tag) => tag.toLowerCase()).sort());
  assert.equal(languages['constructor'], undefined);
});

for (const [tag, messages] of LOADED) {
  const texts = flatten(messages);

  describe(`the texts in ${tag}`, () => {
    test(`${tag} has every text of English and no other`, () => {
      assert.deepEqual([...texts.keys()].sort(), [...ENGLISH.keys()].sort());
      for (const [path, text] of texts) assert.equal(text, text.trim() || 'a text', path);
    });

    test(`${tag} keeps the placeholders of each text`, () => {
      for (const [path, text] of texts)
        assert.deepEqual(placeholders(text), placeholders(ENGLISH.get(path) ?? ''), `${path}: ${text}`);
    });

    test(`${tag} has translated every text`, () => {
      const same = [...texts].filter(([path, text]) => text === ENGLISH.get(path)).map(([path]) => path);
      assert.deepEqual(
        same.filter((path) => !SAME_AS_ENGLISH.get(path)?.includes(tag)),
        [],
      );
    });

    test(`${tag} writes an ellipsis as one character, and quotation marks as the language does`, () => {
      const [open, close] = QUOTATION_MARKS[tag] ?? ['', ''];
      assert.ok(messages.menu.failed.includes(`${open}{action}${close}`), messages.menu.failed);
      assert.ok(messages.list.noMatch.includes(`${open}{text}${close}`), messages.list.noMatch);
      for (const [path, text] of texts) assert.doesNotMatch(text, /\.\.\.|"|(?<=\p{L})'/u, path);
    });

    test(`${tag} has labels that fit a button`, () => {
      const { connect, connectApp, connecting, reconnect, enable, tryAgain, cancel, openAgain, menu, form } = messages;
      const labels = [connect, connectApp.replace('{app}', 'GitHub'), connecting, reconnect, enable, tryAgain];
      const { label, question, consequence, ...actions } = menu;
      for (const text of [...labels, cancel, openAgain, form.submit, actions.rename, actions.save, actions.disconnect])
        assert.ok([...text].length <= 28, `${text} has ${[...text].length} characters`);
      for (const text of Object.values(messages.statuses)) assert.ok([...text].length <= 28, text);
    });

    test(`${tag} is not much longer than English where there is little room`, () => {
      for (const [path, text] of texts) {
        const length = ENGLISH.get(path)?.length ?? 0;
        assert.ok(text.length <= length * 1.9 + 14, `${path} has ${text.length} characters instead of ${length}`);
      }
    });
  });
}

describe('languageName()', () => {
  for (const [written, name] of [
    ['de-AT', 'de'],
    ['DE_at', 'de'],
    [' fr ', 'fr'],
    ['pt', 'pt-br'],
    ['pt-PT', 'pt-br'],
    ['pt-BR', 'pt-br'],
    ['zh', 'zh-cn'],
    ['zh-Hans', 'zh-cn'],
    ['zh-Hans-HK', 'zh-cn'],
    ['zh-SG', 'zh-cn'],
    ['zh-Hant', 'zh-tw'],
    ['zh-Hant-HK', 'zh-tw'],
    ['zh_TW', 'zh-tw'],
    ['zh-HK', 'zh-tw'],
    ['zh-MO', 'zh-tw'],
    ['no', 'nb'],
    ['no-NO', 'nb'],
    ['nn-NO', 'nb'],
    ['iw', 'he'],
    ['iw-IL', 'he'],
    ['he-IL', 'he'],
    ['eo', 'eo'],
    ['constructor', 'constructor'],
  ] as const) {
    test(`languageName() finds ${name} for lang="${written}"`, () => {
      assert.equal(languageName(normalizeTag(written)), name);
    });
  }
});

/** Returns the source files that could show a text to a user of the page. */
function sourceFiles(...folders: readonly string[]): ReadonlyMap<string, string> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  return new Map(files.filter((file) => file.endsWith('.ts')).map((file) => [file, readFileSync(file, 'utf8')]));
}

test('every text of the message files is read somewhere', () => {
  const source = [...sourceFiles('src/elements', 'src/controllers', 'src/browser').values()].join('\n');
  /** The sections whose texts are found by a status, a code or the name of an action. */
  const BY_NAME = /^(?:statuses|errors|fieldProblems)\.|^callback\./;
  const byAction = ['enable', 'reconnect', 'rename', 'disable', 'disconnect'];
  const byChange = ['enabled', 'disabled', 'renamed', 'reconnected', 'credentials-replaced', 'disconnected'];
  const isByName = (path: string) =>
    BY_NAME.test(path) || [...byAction, ...byChange].some((action) => path === `menu.${action}`);
  const unread = [...ENGLISH.keys()].filter((path) => {
    const key = path.split('.').at(-1) ?? '';
    return !isByName(path) && !new RegExp(`\\.${key}\\b|[{,]\\s*${key}\\s*[,}:]`).test(source);
  });
  assert.deepEqual(unread, []);
  for (const section of ['statuses', 'errors', 'fieldProblems', 'menu'])
    assert.match(source, new RegExp(`\\b${section}\\[`), `${section} is read by name`);
});

/** Returns the words that a template has outside of its expressions, as text or in an attribute that is read out. */
function wordsIn(template: string): readonly string[] {
  // The name of a character, like `&middot;`, is no word.
  let markup = template.replace(/<!--[\s\S]*?-->|&\w+;/g, '');
  for (let before = ''; before !== markup; ) {
    before = markup;
    markup = markup.replace(/\{[^{}]*\}/g, '');
  }
  // The rest of an expression that holds another template.
  markup = markup.replace(/^[^<]*\}|\$\{[^}]*$/g, '');
  const texts = [...markup.matchAll(/(?:^|>)([^<>]*)(?=<|$)/g)];
  const attributes = [...markup.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"]*)"/g)];
  return [...texts, ...attributes].map(([, text = '']) => text.trim()).filter((text) => /\p{L}{2,}/u.test(text));
}

test('no template has words of its own', () => {
  assert.deepEqual(wordsIn('<p title="A title">{text} &middot; and more</p><b>{{ a: 1 }}</b>'), [
    'and more',
    'A title',
  ]);
  const found = [...sourceFiles('src/elements')].flatMap(([file, source]) =>
    [...source.matchAll(/\b(?:html|svg)\s*`((?:[^`\\]|\\.)*)`/g)].flatMap(([, template = '']) =>
      wordsIn(template).map((words) => `${file}: ${words}`),
    ),
  );
  assert.deepEqual(found, []);
});
