/**
 * `npm run bench:server`: measures the cost and the resistance of the backend handler on this machine. Prints a table.
 * The exit code is 1 when a bound is missed.
 */
import { startRedis } from '../support/start-redis.js';
import { table } from './figure.js';
import { measureHostile } from './server-hostile.js';
import { measureLatency } from './server-latency.js';
import { measureLoad } from './server-load.js';
import { measureWaiting } from './server-waiting.js';

async function main(): Promise<void> {
  const redis = await startRedis();
  try {
    const figures = [
      ...(await measureLatency()),
      ...(await measureHostile()),
      ...(await measureWaiting()),
      ...(await measureLoad(redis)),
    ];
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
