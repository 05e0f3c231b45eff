import { createHash, createHmac } from 'node:crypto';
import type { MockTracker } from 'node:test';

/** Pauses of the handler are shorter, and its time limits are longer. */
const MAX_PAUSE_MS = 500;

/**
 * Stops the clock of this thread, and lets pauses cost no time. Returns a function that moves the clock forward. Time limits
 * go on by the real clock.
 */
export function fakeTime(mock: MockTracker): (milliseconds: number) => void {
  mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0, 1) });
  // Status reads count by it.
  mock.method(performance, 'now', () => Date.now());
  const { setTimeout: real } = globalThis;
  mock.method(globalThis, 'setTimeout', (run: () => void, duration = 0) =>
    real(run, duration <= MAX_PAUSE_MS ? 0 : duration),
  );
  return (milliseconds) => mock.timers.setTime(Date.now() + milliseconds);
}

/** Computes hashes and signatures in this thread. They are the same, and need no way to another thread and back. */
export function computeAtOnce(mock: MockTracker): void {
  const { subtle } = crypto;
  const secrets = new WeakMap<CryptoKey, Uint8Array>();
  const importKey = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>;
  const hmac = (key: CryptoKey, data: Uint8Array): Buffer =>
    createHmac('sha256', secrets.get(key) ?? '')
      .update(data)
      .digest();
  mock.method(subtle, 'importKey', async (...args: unknown[]) => {
    const key = await importKey(...args);
    secrets.set(key, new Uint8Array(args[1] as Uint8Array));
    return key;
  });
  mock.method(subtle, 'digest', async (_: string, data: Uint8Array) =>
    bytesOf(createHash('sha256').update(data).digest()),
  );
  mock.method(subtle, 'sign', async (_: unknown, key: CryptoKey, data: Uint8Array) => bytesOf(hmac(key, data)));
  mock.method(subtle, 'verify', async (_: unknown, key: CryptoKey, signature: Uint8Array, data: Uint8Array) =>
    hmac(key, data).equals(signature),
  );
}

function bytesOf(buffer: Buffer): ArrayBuffer {
  return new Uint8Array(buffer).buffer;
}
