import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { listenForCallback } from '../../src/browser/attempt-ports.js';

const TYPE = 'connect-account:callback';

/** The messages that were heard since the call. */
function startListening() {
  const heard: Array<string | null> = [];
  let onHeard = () => {};
  const stop = listenForCallback((attempt) => {
    heard.push(attempt);
    onHeard();
  });
  /** Resolves when this many messages were heard. */
  const hears = (count: number) =>
    new Promise<void>((resolve) => {
      onHeard = () => heard.length >= count && resolve();
      onHeard();
    });
  return { heard, hears, stop };
}

/** Posts any data, as any page of this origin can. */
function post(...messages: unknown[]): void {
  const channel = new BroadcastChannel('connect-account');
  for (const message of messages) channel.postMessage(message);
  channel.close();
}

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

describe('listenForCallback', () => {
  it('passes on the attempt that a message names, or null if it names none', async () => {
    const { heard, hears, stop } = startListening();
    post({ type: TYPE, attempt: 'attempt-1' }, { type: TYPE });
    await hears(2);
    stop();
    expect(heard).to.deep.equal(['attempt-1', null]);
  });

  it('ignores a thousand other messages', async () => {
    const { heard, hears, stop } = startListening();
    const any = fc.oneof(
      fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true }),
      fc.record({ type: fc.string(), attempt: fc.string() }),
      fc.record({ type: fc.constant(TYPE), attempt: fc.string({ maxLength: 7 }) }),
      fc.record({ type: fc.constant(TYPE), attempt: fc.constant('<img src=x onerror=alert(1)>') }),
    );
    const foreign = fc.sample(any, 1200).filter(isCloneable).slice(0, 1000);
    post(...foreign, { type: TYPE, attempt: 'the-last-one' });
    await hears(1);
    stop();
    expect(heard).to.deep.equal(['the-last-one']);
  });

  it('hears the callback page through the storage if channels are missing', () => {
    const { heard, stop } = startListening();
    const write = (key: string, newValue: string | null) =>
      window.dispatchEvent(new StorageEvent('storage', { key, newValue }));
    write('connect-account:callback', JSON.stringify({ type: TYPE, attempt: 'attempt-1' }));
    write('connect-account:callback', null);
    write('connect-account:callback', 'not JSON');
    write('something-else', JSON.stringify({ type: TYPE, attempt: 'attempt-2' }));
    stop();
    expect(heard).to.deep.equal(['attempt-1']);
  });

  it('hears nothing after it was stopped', async () => {
    const { heard, stop } = startListening();
    stop();
    const other = startListening();
    post({ type: TYPE, attempt: 'attempt-1' });
    await other.hears(1);
    other.stop();
    window.dispatchEvent(
      new StorageEvent('storage', { key: 'connect-account:callback', newValue: JSON.stringify({ type: TYPE }) }),
    );
    expect(heard).to.deep.equal([]);
  });

  it('closes its channel when it is stopped', () => {
    const { close } = BroadcastChannel.prototype;
    let closed = 0;
    BroadcastChannel.prototype.close = function (this: BroadcastChannel) {
      closed += 1;
      close.call(this);
    };
    startListening().stop();
    BroadcastChannel.prototype.close = close;
    expect(closed).to.equal(1);
  });

  for (const [name, stub] of [
    ['is missing', undefined],
    [
      'is denied along with the storage, as in Firefox',
      class {
        constructor() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        }
      },
    ],
  ] as const) {
    it(`works without BroadcastChannel where it ${name}`, () => {
      const { BroadcastChannel } = globalThis;
      Object.assign(globalThis, { BroadcastChannel: stub });
      try {
        const { heard, stop } = startListening();
        const newValue = JSON.stringify({ type: TYPE, attempt: 'attempt-1' });
        window.dispatchEvent(new StorageEvent('storage', { key: 'connect-account:callback', newValue }));
        stop();
        expect(heard).to.deep.equal(['attempt-1']);
      } finally {
        Object.assign(globalThis, { BroadcastChannel });
      }
    });
  }
});
