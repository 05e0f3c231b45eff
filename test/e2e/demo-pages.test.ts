import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { FAILURE_CASES, type FailureCase, type FailureId } from '../../demo/app/failures/failure-cases.js';
import { LANGUAGES } from '../../demo/app/languages/language-shows.js';
import { SYSTEM_NAMES, type SystemName } from '../../demo/app/themes/design-systems.js';
import type { BrowserWindow } from '../support/browser.js';
import { demoSuite } from '../support/demo-suite.js';
import { engineUnderTest } from '../support/launch-browser.js';
import { authorize, deny, signIn } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';

const PAGES = ['/playground', '/playground?element=connected-accounts-list', '/failures/slow', '/themes', '/languages'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs in the page: brings axe along, because the policy of the page lets nothing be loaded. */
const withAxe = new Function(`${AXE}; return (${checkByAxe})()`) as typeof checkByAxe;

/** What a visitor does to cause a failure. One that needs nothing shows when the page loads. */
const DEEDS: Partial<Record<FailureId, (visit: Visit) => Promise<void>>> = {
  'popup-blocked': ({ page }) => page.click('button[value="connect"]'),
  'window-closed': async (visit) => {
    await (await visit.clickConnect()).close();
    await visit.page.focus();
    await waitUntil(() => visit.page.read(hasPart, 'reopen'), 'the offer to open the window again');
  },
  'opener-policy': async (visit) => authorize(await visit.clickConnect()),
  'access-denied': async (visit) => {
    const popup = await visit.clickConnect();
    await signIn(popup);
    await deny(popup);
  },
  slow: async (visit) => authorize(await visit.clickConnect()),
  'wrong-user': async (visit) => authorize(await visit.clickConnect()),
  'refused-key': async ({ page }) => {
    await page.click('connect-account', '[part~="trigger"]');
    await page.click('connect-account', '[part~="field-input"]');
    await page.type('wrong-key');
    await page.press('Enter');
  },
};

/** These need a click on the element alone. */
const CLICKED: readonly FailureId[] = [
  'timeout',
  'link-expired',
  'revoked',
  'already-connected',
  'offline',
  'rate-limited',
  'upstream-error',
  'proxy-error',
  'not-mounted',
  'wrong-origin',
  'internal-error',
];

interface Visit {
  readonly page: BrowserWindow;
  /** Clicks the trigger and returns the window that opens. */
  clickConnect(): Promise<BrowserWindow>;
}

/** Runs in the page. */
function hasPart(part: string): boolean {
  return Boolean(document.querySelector('connect-account')?.shadowRoot?.querySelector(`[part~="${part}"]`));
}

/** Runs in the page: the state that a failure's page shows, and what it has seen in the console. */
function readFailure() {
  const text = (id: string) => document.querySelector(id)?.textContent ?? '';
  const printed = [...document.querySelectorAll('#console li')].map((entry) => entry.textContent ?? '');
  return { phase: text('#phase'), code: text('#code'), printed };
}

/** Runs in the page: the phase of each element. */
function readPhases(): (string | undefined)[] {
  const elements = document.querySelectorAll<Element & { state?: { phase: string } }>('connect-account');
  return [...elements].map(({ state }) => state?.phase);
}

/** Runs in the page: whether all elements have loaded. */
function isQuiet(): boolean {
  const elements = document.querySelectorAll<Element & { state?: { phase: string }; loading?: boolean }>(
    'connect-account, connected-accounts-list',
  );
  const isLoading = ({ state, loading }: (typeof elements)[number]) => (state ? state.phase === 'loading' : loading);
  return elements.length > 0 && [...elements].every((element) => isLoading(element) === false);
}

const skip =
  engineUnderTest() === 'chromium' ? false : 'The pages are for developers; the elements in them are tested.';

describe('the pages of the demo for developers', { skip }, () => {
  const suite = demoSuite();

  const open = async (path: string): Promise<BrowserWindow> => {
    const page = await suite.profile.open(`${suite.demo.origin}${path}`);
    await waitUntil(() => page.read(isQuiet), 'the elements have loaded');
    return page;
  };

  const signInAs = async (user: string): Promise<void> => {
    const page = await suite.profile.open(`${suite.demo.origin}/sign-in`);
    await page.click(`button[value="${user}"]`);
    await waitUntil(async () => (await page.url()).endsWith('/settings/integrations'), `${user} is signed in`);
    await page.close();
  };

  for (const path of PAGES) {
    it(`${path} loads without an error in the console, and axe finds nothing`, async () => {
      const page = await open(path);
      assert.deepEqual(page.problems?.(), []);
      assert.deepEqual(await page.read(withAxe), []);
    });
  }

  for (const id of Object.keys(FAILURE_CASES) as FailureId[]) {
    const { phase, code: failed, prints }: FailureCase = FAILURE_CASES[id];
    const code: string = failed ?? 'none';
    it(`the failure ${id} ends in phase ${phase} with ${code}, and prints what the page promises`, async () => {
      const page = await suite.profile.open(`${suite.demo.origin}/failures/${id}`);
      const clickConnect = async (): Promise<BrowserWindow> => {
        await waitUntil(async () => (await page.read(readFailure)).phase === 'ready', 'the element is ready');
        const before = new Set(await suite.profile.windows());
        await page.click('connect-account', '[part~="trigger"]');
        return waitUntil(async () => (await suite.profile.windows()).find((one) => !before.has(one)), 'a window');
      };
      if (CLICKED.includes(id)) await clickConnect();
      else await DEEDS[id]?.({ page, clickConnect });
      let last: ReturnType<typeof readFailure> | undefined;
      await waitUntil(
        async () => {
          last = await page.read(readFailure);
          return last.phase === phase && last.code === code;
        },
        `phase ${phase} with ${code}`,
        30_000,
      ).catch((error: Error) => {
        throw new Error(`${error.message} It is ${JSON.stringify(last)}.`);
      });
      const printed = await waitUntil(async () => {
        const entries = (await page.read(readFailure)).printed.filter((entry) => entry.startsWith('<connect-account>'));
        return (prints === undefined || entries.some((entry) => entry.includes(prints))) && entries;
      }, `the console says ${prints}`);
      if (prints === undefined) assert.deepEqual(printed, []);
    });
  }

  it('two visitors of one failure are two users', async () => {
    const other = await suite.browser.newProfile();
    try {
      const users = await Promise.all(
        [suite.profile, other].map(async (one) =>
          (await one.open(`${suite.demo.origin}/failures/slow`)).read(
            () => document.querySelector('connect-account')?.getAttribute('user-id') ?? '',
          ),
        ),
      );
      assert.equal(new Set(users).size, 2);
    } finally {
      await other.close();
    }
  });

  it('the code of the playground follows an attribute, the address keeps it, and the element connects', async () => {
    // A visit of the list's playground has given its user accounts.
    await signInAs('user_grace');
    const page = await open('/playground');
    const readCode = () => page.read(() => document.querySelector('#snippet')?.textContent ?? '');
    await page.click('#attribute-alias');
    await page.type('Work');
    await waitUntil(async () => (await readCode()).includes('alias="Work"'), 'the attribute in the code');
    assert.match(await page.url(), /\?attribute-alias=Work$/);
    for (const [framework, code] of [
      ['React', /<ConnectAccount\s+userId="user_grace"\s+authConfigId="ac_github"\s+alias="Work"/],
      ['Vue', /<template>\n {2}<connect-account\s+user-id="user_grace"\s+auth-config-id="ac_github"\s+alias="Work"/],
      ['Svelte', /import 'connect-account\/define-connect-account\.js';/],
    ] as const) {
      await page.click(`label:has([value="${framework}"])`);
      await waitUntil(async () => code.test(await readCode()), `the code for ${framework}`);
    }
    await page.reload();
    await waitUntil(() => page.read(isQuiet), 'the element has loaded again');
    await page.click('connect-account', '[part~="trigger"]');
    await authorize(
      await waitUntil(async () => (await suite.profile.windows()).find((one) => one !== page), 'a window'),
    );
    await waitUntil(async () => (await page.read(readPhases))[0] === 'connected', 'it is connected');
    const account = await page.read(
      () => document.querySelector<HTMLElement & { account?: { alias: string } }>('connect-account')?.account?.alias,
    );
    assert.equal(account, 'Work');
  });

  it('the playground has a control for each attribute of both elements', async () => {
    const { modules } = JSON.parse(readFileSync('custom-elements.json', 'utf8'));
    const elements = modules
      .flatMap(({ declarations = [] }) => declarations)
      .filter(({ tagName }: { tagName?: string }) => tagName);
    assert.equal(elements.length, 2);
    for (const { tagName, attributes } of elements) {
      const page = await open(`/playground?element=${tagName}`);
      const names = await page.read(() =>
        [...document.querySelectorAll<HTMLInputElement>('[data-target="attribute"]')].map(({ name }) => name),
      );
      assert.deepEqual(
        names,
        attributes.map(({ name }: { name: string }) => name),
      );
    }
  });

  it('the CSS of the theme builder gives another page the same look', async () => {
    const page = await open('/themes?preset=primer');
    const field = '--connect-account-radius';
    await page.click(`[id="${field}"]`);
    await page.read((id) => (document.getElementById(id) as HTMLInputElement).select(), field);
    await page.type('3px');
    const readCss = () => page.read(() => document.querySelector('#css')?.textContent ?? '');
    const css = await waitUntil(async () => {
      const text = await readCss();
      return text.includes(`${field}: 3px;`) && text;
    }, 'the radius in the CSS');
    const [built] = await page.read(lookOfTriggers, '[data-scheme="light"] connect-account');
    const other = await open('/languages?show=ready');
    await other.read((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`${text} :root { color-scheme: light }`);
      for (const link of document.querySelectorAll('link[rel="stylesheet"]')) link.remove();
      document.adoptedStyleSheets = [sheet];
      document.querySelector('[lang="en"] connect-account')?.setAttribute('variant', 'primary');
    }, css);
    assert.deepEqual(built?.slice(0, 2), ['rgb(31, 136, 61)', '3px']);
    await waitUntil(
      async () => String((await other.read(lookOfTriggers, '[lang="en"] connect-account'))[0]) === String(built),
      `the look ${built}`,
    );
  });

  for (const name of SYSTEM_NAMES) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`the preset ${name} is as high as the buttons of its system, in the same accent, ${scheme}`, async () => {
        const page = await open(`/themes/systems/${name}?scheme=${scheme}`);
        const pairs = await waitUntil(async () => {
          const found = await page.read(measurePairs);
          return found.every(({ theirs, ours }) => theirs.height > 0 && ours.height > 0) && found;
        }, 'both buttons');
        for (const { theirs, ours } of pairs) {
          assert.ok(Math.abs(theirs.height - ours.height) <= 1, `${theirs.height} px and ${ours.height} px`);
        }
        assert.deepEqual(pairs[0]?.ours.color, pairs[0]?.theirs.color);
        assert.deepEqual(page.problems?.(), [], name satisfies SystemName);
      });
    }
  }

  it('the languages stand side by side, each in its own words and direction, and change their phase together', async () => {
    const page = await open('/languages');
    const labels = await page.read(() =>
      [...document.querySelectorAll('.sample')].map((sample) => ({
        lang: sample.getAttribute('lang'),
        direction: getComputedStyle(sample.querySelector('connect-account') ?? sample).direction,
        label: sample
          .querySelector('connect-account')
          ?.shadowRoot?.querySelector('[part~="label"]')
          ?.textContent?.trim(),
      })),
    );
    assert.equal(labels.length, 24);
    assert.deepEqual(
      labels.map(({ lang, direction }) => [lang, direction]),
      LANGUAGES.map(({ tag, direction }) => [tag, direction]),
    );
    assert.ok(new Set(labels.map(({ label }) => label)).size > 18, JSON.stringify(labels));
    for (const [show, phase] of [
      ['popup-blocked', 'popup-blocked'],
      ['awaiting-authorization', 'awaiting-authorization'],
      ['connected', 'connected'],
      ['needs-attention', 'needs-attention'],
      ['rate_limited', 'failed'],
    ] as const) {
      const shown = await open(`/languages?show=${show}`);
      await waitUntil(async () => (await shown.read(readPhases)).every((one) => one === phase), `24 times ${phase}`);
    }
  });
});

/** Runs in the page: the violations that axe finds, in words. */
async function checkByAxe(): Promise<string[]> {
  const { axe } = globalThis as unknown as {
    axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> };
  };
  const { violations } = await axe.run();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}

/** Runs in the page: what one sees of the triggers of the elements that match. */
function lookOfTriggers(selector: string) {
  return [...document.querySelectorAll(selector)].map((element) => {
    const trigger = element.shadowRoot?.querySelector('[part~="trigger"]');
    const style = trigger ? getComputedStyle(trigger) : null;
    return [
      style?.backgroundColor,
      style?.borderRadius,
      style?.color,
      style?.borderColor,
      style?.fontSize,
      style?.height,
    ];
  });
}

/** Runs in the page of a design system: the height and the color of its buttons and of ours. */
function measurePairs() {
  const paint = new OffscreenCanvas(1, 1).getContext('2d');
  const rgb = (color: string): number[] => {
    if (!paint) return [];
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = color;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const measure = (outer: Element | null | undefined, painted = outer) => ({
    height: outer?.getBoundingClientRect().height ?? 0,
    color: painted ? rgb(getComputedStyle(painted).backgroundColor) : [],
  });
  return [...document.querySelectorAll('.pair')].map((pair) => {
    const [their, our] = pair.children;
    // Material paints a box behind its button, and Web Awesome a part.
    const painted = their?.shadowRoot?.querySelector('.background, [part~="base"]');
    const trigger = our?.shadowRoot?.querySelector('[part~="trigger"]');
    return { theirs: measure(their, painted ?? their), ours: measure(trigger) };
  });
}
