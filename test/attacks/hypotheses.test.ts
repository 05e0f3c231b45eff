import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { type Provider, startProvider } from '../../demo/provider/start-provider.js';
import { textTable } from '../config/text-table.js';
import { playOnStage, silence } from './support/attack-stage.js';
import { COST_ATTACKS } from './support/cost-attacks.js';
import { FLOW_ATTACKS } from './support/flow-attacks.js';
import { HOST_ATTACKS } from './support/host-attacks.js';
import { OWNERSHIP_ATTACKS } from './support/ownership-attacks.js';
import { REQUEST_ATTACKS } from './support/request-attacks.js';
import { SHOWN_ELSEWHERE } from './support/shown-elsewhere.js';

/** Hypotheses of the review of security. */
const COUNT = 65;

const PLAYED = [...OWNERSHIP_ATTACKS, ...FLOW_ATTACKS, ...REQUEST_ATTACKS, ...HOST_ATTACKS, ...COST_ATTACKS].sort(
  (one, other) => one.number - other.number,
);

const rows: (string | number)[][] = [];
let provider: Provider;
before(async () => {
  provider = await startProvider();
});
after(async () => {
  await provider?.close();
  const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column]), 0);
  const head = ['attack', 'binding', 'attempts', 'accepted'];
  console.log(`\n${textTable([head, ...rows, ['all', '', sum(2), sum(3)]])}\n`);
});

for (const { number, name, bindings, run } of PLAYED) {
  for (const binding of bindings) {
    test(`hypothesis ${number}, ${name}, gets nothing from a handler with binding '${binding}'`, async (context) => {
      silence(context);
      const { attempts, accepted } = await playOnStage(provider, binding, run);
      rows.push([`${number}. ${name}`, binding, attempts, accepted.length]);
      assert.deepEqual(accepted, []);
      assert.ok(attempts > 0);
    });
  }
}

for (const { number, name, file, title } of SHOWN_ELSEWHERE) {
  test(`hypothesis ${number}, ${name}, has its test in ${file}`, () => {
    assert.ok(readFileSync(file, 'utf8').includes(title), `${file} has no test "${title}".`);
  });
}

test(`each of the ${COUNT} hypotheses is played, or has its test elsewhere`, () => {
  const known = new Set([...PLAYED, ...SHOWN_ELSEWHERE].map(({ number }) => number));
  const missing = Array.from({ length: COUNT }, (_, index) => index + 1).filter((number) => !known.has(number));
  assert.deepEqual(missing, []);
});
