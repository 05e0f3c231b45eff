import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { isHeaded } from './browser.js';
import { ensureProgram, type Program } from './ensure-program.js';

const XVFB: Program = { title: 'Xvfb', names: ['Xvfb'], variable: 'XVFB_PATH', debianPackage: 'xvfb' };
/** File descriptor to which Xvfb writes its display. */
const DISPLAY_DESCRIPTOR = 3;

/** An invisible screen for a browser without a headless mode. */
export interface VirtualScreen {
  /** Value of the variable `DISPLAY`. */
  readonly display: string;
  close(): void;
}

/** Returns the path of Xvfb, installed if permitted. @throws Error that says how to install it. */
export function ensureVirtualScreen(): string {
  return ensureProgram(XVFB);
}

/** Starts a screen on a free display. With `HEADED=1` it is the user's own. */
export async function startVirtualScreen(): Promise<VirtualScreen> {
  const { DISPLAY: own } = process.env;
  if (isHeaded() && own !== undefined) return { display: own, close: () => {} };
  const args = ['-displayfd', String(DISPLAY_DESCRIPTOR), '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const server = spawn(ensureVirtualScreen(), args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = await once(server.stdio[DISPLAY_DESCRIPTOR] as Readable, 'data');
  return { display: `:${String(number).trim()}`, close: () => void server.kill() };
}
