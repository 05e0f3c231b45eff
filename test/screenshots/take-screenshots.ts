/**
 * Takes a picture of every phase of both elements, in light and dark, left-to-right and right-to-left, wide and 320 px, in
 * three sizes: `npm run screenshots`, or `npm run screenshots -- connected list` for scenes whose names begin so. They are
 * written to `.build/screenshots/`, with `index.html` to look at all of them side by side.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Gallery, type GalleryBrowser, SIZES, type Surroundings, startGalleries } from './gallery.js';

const FOLDER = join('.build', 'screenshots');
const WIDTHS_PX = [720, 320];

const SURROUNDINGS: readonly Surroundings[] = (['light', 'dark'] as const).flatMap((scheme) =>
  (['ltr', 'rtl'] as const).flatMap((dir) => WIDTHS_PX.map((width) => ({ scheme, dir, width }))),
);

const titleOf = ({ scheme, dir, width }: Surroundings): string => `${scheme}-${dir}-${width}`;

interface Picture {
  readonly scene: string;
  readonly size: string;
  readonly file: string;
}

async function shootAll(gallery: Gallery, title: string, prefixes: readonly string[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  const isChosen = (scene: string) => prefixes.length === 0 || prefixes.some((prefix) => scene.startsWith(prefix));
  for (const [element, scenes] of Object.entries(await gallery.scenes())) {
    for (const scene of scenes.filter(isChosen)) {
      for (const size of element === 'connect-account' ? SIZES : ['medium']) {
        const file = `${title}-${scene}-${size}.png`;
        writeFileSync(join(FOLDER, file), await gallery.shoot(scene, size));
        pictures.push({ scene, size, file });
      }
    }
  }
  return pictures;
}

function sheet(surroundings: Surroundings, pictures: readonly Picture[]): string {
  const ground = surroundings.scheme === 'light' ? '#fafafa' : '#111113';
  const figures = pictures.map(
    ({ scene, size, file }) => `<figure><img src="${file}" alt=""><figcaption>${scene} ${size}</figcaption></figure>`,
  );
  return `<section style="background: ${ground}"><h2>${titleOf(surroundings)}</h2>${figures.join('')}</section>`;
}

const index = (sheets: readonly string[]): string => `<!doctype html><meta charset="utf-8"><title>Screenshots</title>
<style>
  body { margin: 0; font: 12px system-ui; color: gray }
  section { display: flex; flex-wrap: wrap; align-items: start; gap: 8px; padding: 16px }
  h2 { width: 100% }
  figure { margin: 0 }
  img { display: block }
</style>
${sheets.join('\n')}`;

async function takeAll(browser: GalleryBrowser, prefixes: readonly string[]): Promise<number> {
  const sheets: string[] = [];
  let count = 0;
  for (const surroundings of SURROUNDINGS) {
    const gallery = await browser.open(surroundings);
    const pictures = await shootAll(gallery, titleOf(surroundings), prefixes);
    await gallery.close();
    sheets.push(sheet(surroundings, pictures));
    count += pictures.length;
  }
  writeFileSync(join(FOLDER, 'index.html'), index(sheets));
  return count;
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const browser = await startGalleries();
const count = await takeAll(browser, process.argv.slice(2)).finally(() => browser.close());
if (count === 0) throw new Error('No scene has a name that begins so.');
console.log(`${count} pictures: ${join(FOLDER, 'index.html')}`);
