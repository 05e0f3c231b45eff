import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestBrowser } from '../support/browser.js';
import { engineUnderTest, launchBrowser } from '../support/launch-browser.js';
import { type FlowPlan, flowPlans } from './flow-plan.js';
import { runFlow } from './run-flow.js';
import { type FlowHost, startFlowHost } from './start-flow-host.js';

const { SEED, FLOWS = '300', FLOW } = process.env;
/** Seed of the plans. `SEED=…` repeats a run, `FLOW=…` plays a single flow. */
const seed = SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(SEED);
/**
 * Number of users who connect at the same time, each in a separate browser: in Firefox, profiles share a window and
 * hide each other.
 */
const USERS = 3;

describe(`${FLOWS} random flows (SEED=${seed})`, () => {
  let browsers: readonly TestBrowser[] = [];
  let flowHost: FlowHost;
  before(async () => {
    browsers = await Promise.all(Array.from({ length: USERS }, launchBrowser));
    flowHost = await startFlowHost();
  });
  after(async () => {
    for (const browser of browsers) await browser.close();
    await flowHost?.close();
  });

  /** Plays plans until there are none left. Returns the failures. */
  async function playAll(browser: TestBrowser, plans: Array<[number, FlowPlan]>, wrong: string[]): Promise<void> {
    const profile = await browser.newProfile();
    const window = await profile.open(flowHost.host.page(''));
    for (let next = plans.pop(); next !== undefined; next = plans.pop()) {
      const [index, plan] = next;
      const problem = await runFlow({ flowHost, profile, window }, `user_${index}`, plan);
      if (problem !== null) wrong.push(`FLOW=${index} ${JSON.stringify(plan)}: ${problem}`);
    }
    await profile.close();
  }

  it('every random flow ends as the server says, without a false failure or a false success', async () => {
    const all = [...flowPlans(seed, Number(FLOWS)).entries()];
    const plans = FLOW === undefined ? all : all.filter(([index]) => index === Number(FLOW));
    const wrong: string[] = [];
    await Promise.all(browsers.map((browser) => playAll(browser, plans, wrong)));
    const replay = `replay with BROWSERS=${engineUnderTest()} SEED=${seed} FLOW=… npm run test:flows`;
    assert.deepEqual(wrong, [], `${replay}\n${wrong.join('\n')}`);
  });
});
