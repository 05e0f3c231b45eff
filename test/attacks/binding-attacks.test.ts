import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BindingMode } from '../../src/server.js';
import { textTable } from '../config/text-table.js';
import { BINDING_ATTACKS, type BindingAttack } from './support/binding-attacks.js';
import { fakeTime } from './support/fake-time.js';
import { createBrowser, ModelWorld } from './support/model-world.js';

/** Delays of the store differ with each. */
const SEEDS = 5;

const rows: (string | number)[][] = [];
after(() => {
  console.log(`\n${textTable([['attack', 'binding', 'requests', 'accepted'], ...rows])}\n`);
});

/** Plays an attack a few times. Returns how often the attacker got the account, and how often it was left upstream. */
async function play(attack: BindingAttack, binding: BindingMode, wait: (milliseconds: number) => void) {
  let accepted = 0;
  let left = 0;
  let requests = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const world = new ModelWorld({ binding, seed, losesNotes: attack.losesNotes ?? false });
    const ada = createBrowser('ada');
    const stage = { world, ada, grace: createBrowser('grace'), wait };
    const id = await attack.run(stage);
    for (const instance of [0, 1]) {
      wait(1100);
      if (await world.canUse(ada, id, instance)) accepted += 1;
    }
    if (await world.isLeftUpstream(ada, id, wait)) left += 1;
    requests += world.attempts;
  }
  return { accepted, left, requests };
}

for (const attack of BINDING_ATTACKS) {
  for (const binding of attack.bindings) {
    test(`an attacker gets nothing with binding '${binding}' when ${attack.name}`, async (context) => {
      context.mock.method(console, 'error', () => {});
      const { accepted, left, requests } = await play(attack, binding, fakeTime(context.mock));
      rows.push([attack.name, binding, requests, accepted]);
      assert.equal(accepted, 0);
      assert.equal(left, 0, 'the tokens of the victim are still at Composio');
    });
  }
}

test("the same attack succeeds with binding 'off', which offers no protection", async (context) => {
  const [attack] = BINDING_ATTACKS;
  assert.ok(attack);
  const { accepted } = await play(attack, 'off', fakeTime(context.mock));
  assert.equal(accepted, 2 * SEEDS);
});
