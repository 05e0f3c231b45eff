/**
 * Prints the figures of the code with their bounds for `npm run check:architecture`. The exit code is 1 when a bound is
 * missed, and the places that miss it are listed below the table.
 */
import { architectureFigures, type Figure } from './architecture-figures.js';
import { textTable } from './text-table.js';

const MAX_LISTED = 60;

function verdict({ isMet }: Figure): string {
  if (isMet === undefined) return '';
  return isMet ? 'ok' : 'FAIL';
}

function main(): void {
  const figures = architectureFigures();
  const rows = figures.map((figure) => [figure.name, figure.value, figure.bound ?? '', verdict(figure)]);
  console.log(textTable([['figure', 'value', 'bound', ''], ...rows]));
  const missed = figures.filter(({ isMet }) => isMet === false);
  for (const { name, findings = [] } of missed) {
    console.log(`\n${name}:`);
    for (const finding of findings.slice(0, MAX_LISTED)) console.log(`  ${finding}`);
    if (findings.length > MAX_LISTED) console.log(`  … and ${findings.length - MAX_LISTED} more`);
  }
  process.exitCode = missed.length > 0 ? 1 : 0;
}

main();
