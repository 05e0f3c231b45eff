import { expect, waitUntil } from '@open-wc/testing';
import { languages } from '../../src/messages/languages.js';
import { type ConnectAccountHarness, mountLoaded } from '../support/connect-account-harness.js';
import { mountInPhase } from '../support/connect-account-phases.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

/** Widths must not depend on the fonts of a machine. Scripts that Inter lacks are measured in its font, or not at all. */
const FONT_FILES = ['latin', 'latin-ext', 'cyrillic'].map(
  (subset) => `/node_modules/@fontsource-variable/inter/files/inter-${subset}-wght-normal.woff2`,
);
const FONTS = FONT_FILES.map((_, index) => `Inter${index}`).join(', ');

/** Machines for tests have no font for these, so that their widths would be those of boxes. */
const WITHOUT_FONT = ['hi', 'ja', 'ko', 'zh-cn', 'zh-tw'];
const TAGS = ['en', ...Object.keys(languages)].filter((tag) => !WITHOUT_FONT.includes(tag));
const RIGHT_TO_LEFT = ['ar', 'fa', 'he'];
const MAX_WORDS_PX = 320;
/** One line of 18 px, and 6 px above it. */
const ONE_LINE_PX = 24;

/** Returns a row of settings in a language, with the element at its end. */
function rowIn(tag: string): string {
  const dir = RIGHT_TO_LEFT.includes(tag) ? 'rtl' : 'ltr';
  return `<div lang="${tag}" dir="${dir}" style="inline-size: 640px; font-family: ${FONTS}, sans-serif">
    <div data-row style="display: flex; align-items: center; justify-content: space-between">
    <b>GitHub</b><span data-here></span></div></div>`;
}

const rowHeight = ({ element }: ConnectAccountHarness) =>
  (element.closest('[data-row]') as HTMLElement).getBoundingClientRect().height;

async function expectOneLine(harness: ConnectAccountHarness, tag: string, height: number): Promise<void> {
  const text = () => harness.text('status');
  const isEnglish = () => /^(Finish in|Waiting for|Window closed)/.test(text());
  await waitUntil(() => text() !== '' && isEnglish() === (tag === 'en'), `the words in ${tag}`, { timeout: 5000 });
  await harness.element.updateComplete;
  const words = harness.element.renderRoot.querySelector('.words') as HTMLElement;
  expect(words.offsetWidth, text()).to.be.at.most(MAX_WORDS_PX);
  expect(words.offsetHeight, `${text()} ${harness.text('cancel')}`).to.be.at.most(ONE_LINE_PX + 1);
  expect(rowHeight(harness) - height, text()).to.be.at.most(ONE_LINE_PX + 1);
}

describe('the words of <connect-account> during an attempt', () => {
  const popups = usePopups();
  useWarnings();

  before(async () => {
    const faces = FONT_FILES.map((file, index) => new FontFace(`Inter${index}`, `url(${file})`, { weight: '100 900' }));
    for (const face of faces) document.fonts.add(await face.load());
  });

  for (const tag of TAGS) {
    it(`the words in ${tag} and their one action fit one line of ${MAX_WORDS_PX} px, so a row grows by one line`, async () => {
      const ready = await mountLoaded({ around: rowIn(tag) });
      const before = rowHeight(ready);
      for (const phase of ['awaiting-authorization', 'confirming'] as const) {
        const harness = await mountInPhase(phase, popups, { around: rowIn(tag) });
        await expectOneLine(harness, tag, before);
        harness.element.remove();
      }
    });

    it(`the words in ${tag} and both actions of a reloaded page fit one line of ${MAX_WORDS_PX} px`, async () => {
      const before = await mountLoaded({ around: rowIn(tag) });
      const height = rowHeight(before);
      await before.connect();
      const storage = { ...sessionStorage };
      before.element.remove();
      await Promise.resolve();
      const harness = await mountLoaded({ client: before.client, storage, around: rowIn(tag) });
      await harness.reaches('awaiting-authorization');
      expect(harness.part('reopen')).to.not.equal(null);
      await expectOneLine(harness, tag, height);
    });
  }
});
