/**
 * `npm run bench:server`: what the backend handler costs and bears, on this machine alone. Prints a table; the exit code is 1
 * when a bound is missed.
 */
import { startRedis } from '../support/start-redis.js';
import type { Figure } from './figure.js';
import { measureHostile } from './server-hostile.js';
import { measureLatency } from './server-latency.js';
import { measureLoad } from './server-load.js';

async function main(): Promise<void> {
  const redis = await startRedis();
  try {
    const figures = [...(await measureLatency()), ...(await measureHostile()), ...(await measureLoad(redis))];
    console.log(table(figures));
    if (figures.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    await redis.close();
  }
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, bound = '', holds }) => [name, value, bound, holds ? 'holds' : 'MISSED']);
  const all = [['figure', 'measured', 'bound', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
