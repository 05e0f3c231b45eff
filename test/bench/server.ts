/**
 * `npm run bench:server`: measures the cost and the resistance of the backend handler on this machine. Prints a table.
 * `-- waiting` measures that part alone, and `-- waiting 20000` one crowd of it. The exit code is 1 when a bound is missed.
 */
import { type Redis, startRedis } from '../support/start-redis.js';
import { type Figure, table } from './figure.js';
import { measureHostile } from './server-hostile.js';
import { measureLatency } from './server-latency.js';
import { measureLoad } from './server-load.js';
import { measureWaiting } from './server-waiting.js';

/** Each part gets the rest of the command line. */
const PARTS: Readonly<Record<string, (redis: Redis, args: readonly string[]) => Promise<Figure[]>>> = {
  latency: measureLatency,
  hostile: measureHostile,
  waiting: (_redis, counts) => measureWaiting(counts.map(Number)),
  load: measureLoad,
};

function choose([name, ...args]: readonly string[]) {
  if (name === undefined) return Object.values(PARTS).map((measure) => ({ measure, args }));
  const measure = PARTS[name];
  if (measure === undefined) throw new Error(`Parts: ${Object.keys(PARTS).join(', ')}.`);
  return [{ measure, args }];
}

async function main(): Promise<void> {
  const parts = choose(process.argv.slice(2));
  const redis = await startRedis();
  try {
    const figures: Figure[] = [];
    // One after the other, so that none slows down the next.
    for (const { measure, args } of parts) figures.push(...(await measure(redis, args)));
    console.log(table(figures));
    if (figures.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    await redis.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
