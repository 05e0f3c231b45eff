import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { type GalleryBrowser, type Surroundings, startGalleries } from '../screenshots/gallery.js';

/** The pictures as they should be. `UPDATE_LOOKS=1 npm test -- e2e/looks` takes them again: look at each before you commit it. */
const EXPECTED = join('test', 'screenshots', 'expected');
/** Where a picture that differs is written, beside one that shows where. */
const ACTUAL = join('.build', 'looks');
/** How far apart two colors are that count as different, from 0 to 1. */
const COLOR_DISTANCE = 0.2;
/** Share of pixels that may differ. Chromium's versions smooth letters and corners a little differently. */
const MAX_DIFFERENT = 0.004;

type Picture = readonly [
  scene: string,
  size: string,
  scheme: Surroundings['scheme'],
  dir: Surroundings['dir'],
  width: number,
];

const PICTURES: readonly Picture[] = [
  ['loading', 'medium', 'light', 'ltr', 720],
  ['ready', 'small', 'dark', 'ltr', 720],
  ['ready', 'large', 'light', 'rtl', 720],
  ['awaiting-authorization', 'medium', 'light', 'ltr', 720],
  ['popup-blocked', 'medium', 'dark', 'ltr', 320],
  ['connected-with-a-name', 'medium', 'light', 'ltr', 720],
  ['connected-with-a-name', 'large', 'dark', 'rtl', 720],
  ['needs-attention', 'medium', 'light', 'ltr', 720],
  ['collecting-credentials', 'medium', 'light', 'ltr', 720],
  ['connected-menu', 'medium', 'dark', 'ltr', 720],
  ['list', 'medium', 'light', 'ltr', 720],
  ['list', 'medium', 'dark', 'rtl', 320],
];

const fileOf = (picture: Picture): string => `${picture.join('-')}.png`;

/** Returns how many pixels differ, and keeps the pictures if they are too many. */
function compare(name: string, actual: PNG, expected: PNG): number {
  assert.deepEqual([actual.width, actual.height], [expected.width, expected.height], `${name} has another size.`);
  const { width, height } = actual;
  const difference = new PNG({ width, height });
  const count = pixelmatch(expected.data, actual.data, difference.data, width, height, { threshold: COLOR_DISTANCE });
  if (count > MAX_DIFFERENT * width * height) {
    writeFileSync(join(ACTUAL, name.replace('.png', '-difference.png')), PNG.sync.write(difference));
  }
  return count / (width * height);
}

const isOtherEngine = (process.env['BROWSER'] ?? 'chromium') !== 'chromium';

describe('the look', { skip: isOtherEngine && 'the pictures are those of Chromium' }, () => {
  let browser: GalleryBrowser;
  before(async () => {
    mkdirSync(ACTUAL, { recursive: true });
    browser = await startGalleries();
  });
  after(() => browser?.close());

  for (const picture of PICTURES) {
    const [scene, size, scheme, dir, width] = picture;
    it(`${scene}, ${size}, looks as in its picture on a ${scheme} page, ${dir}, ${width} px wide`, async () => {
      const gallery = await browser.open({ scheme, dir, width });
      const shot = await gallery.shoot(scene, size);
      await gallery.close();
      const name = fileOf(picture);
      const expected = join(EXPECTED, name);
      if (process.env['UPDATE_LOOKS'] === '1') {
        mkdirSync(EXPECTED, { recursive: true });
        writeFileSync(expected, shot);
      }
      writeFileSync(join(ACTUAL, name), shot);
      assert.ok(existsSync(expected), `There is no picture ${expected}: take it with UPDATE_LOOKS=1 and look at it.`);
      const different = compare(name, PNG.sync.read(shot), PNG.sync.read(readFileSync(expected)));
      assert.ok(
        different <= MAX_DIFFERENT,
        `${(different * 100).toFixed(2)} % of ${name} differ: look into ${ACTUAL}.`,
      );
    });
  }
});
