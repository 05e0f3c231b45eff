import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { ensureProgram, type Program } from './ensure-program.js';

const XVFB: Program = { title: 'Xvfb', names: ['Xvfb'], variable: 'XVFB_PATH', debianPackage: 'xvfb' };
/** Where it says which display it took. */
const DISPLAY_DESCRIPTOR = 3;

/** A screen that nobody sees, for a browser that has no headless mode. */
export interface VirtualScreen {
  /** For the variable `DISPLAY`. */
  readonly display: string;
  close(): void;
}

/** Path of Xvfb, installed if we may. @throws Error that says how to install it. */
export function ensureVirtualScreen(): string {
  return ensureProgram(XVFB);
}

/** Starts one on a free display. */
export async function startVirtualScreen(): Promise<VirtualScreen> {
  const args = ['-displayfd', String(DISPLAY_DESCRIPTOR), '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const server = spawn(ensureVirtualScreen(), args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = await once(server.stdio[DISPLAY_DESCRIPTOR] as Readable, 'data');
  return { display: `:${String(number).trim()}`, close: () => void server.kill() };
}
