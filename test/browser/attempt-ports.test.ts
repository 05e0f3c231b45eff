import { expect } from '@open-wc/testing';
import { storage as attemptStorage } from '../../src/browser/attempt-ports.js';
import { denyStorage } from '../support/deny-storage.js';

const RECORD = { attempt: 'attempt-0123456789', connectedAccountId: 'ca_1', expiresAt: 1_900_000_000_000 };
const MINUTE = 60_000;

describe('attemptStorage', () => {
  beforeEach(() => {
    sessionStorage.clear();
    localStorage.clear();
  });

  it('keeps a record under its key as long as the tab lives', () => {
    attemptStorage.save('github of user 1', RECORD);
    expect(attemptStorage.load('github of user 1')).to.deep.equal({ ...RECORD, cancelled: false });
    expect(attemptStorage.load('github of user 2')).to.equal(null);
    expect(localStorage.length).to.equal(0);
  });

  it('remembers that an attempt was cancelled', () => {
    attemptStorage.save('key', { ...RECORD, cancelled: true });
    expect(attemptStorage.load('key')?.cancelled).to.equal(true);
  });

  it('removes a record', () => {
    attemptStorage.save('key', RECORD);
    attemptStorage.remove('key');
    expect(attemptStorage.load('key')).to.equal(null);
    expect(sessionStorage.length).to.equal(0);
  });

  it('writes nothing beyond the record, so no link and no credential', () => {
    attemptStorage.save('key', RECORD);
    expect(Object.values(sessionStorage)).to.deep.equal([JSON.stringify(RECORD)]);
  });

  for (const garbage of [
    'not JSON',
    'null',
    '7',
    '[]',
    '{}',
    '{"attempt":7,"connectedAccountId":"ca_1","expiresAt":1}',
    '{"attempt":"attempt-1","connectedAccountId":null,"expiresAt":1}',
    '{"attempt":"attempt-1","connectedAccountId":"ca_1","expiresAt":"1"}',
  ]) {
    it(`does not read ${garbage} as a record`, () => {
      attemptStorage.save('key', RECORD);
      const [name = ''] = Object.keys(sessionStorage);
      sessionStorage.setItem(name, garbage);
      expect(attemptStorage.load('key')).to.equal(null);
    });
  }

  it('gives every attempt of this browser the same verifier of a scope for 20 minutes', () => {
    const verifier = attemptStorage.verifier('github');
    expect(verifier).to.match(/^[\w-]{43}$/);
    expect(attemptStorage.verifier('github')).to.equal(verifier);
    expect(attemptStorage.verifier('slack')).not.to.equal(verifier);
    const kept = JSON.parse(localStorage.getItem('connect-account:verifier:github') ?? '');
    expect(kept.verifier).to.equal(verifier);
    expect(kept.until - Date.now()).to.be.within(20 * MINUTE - 1000, 20 * MINUTE);
    expect(sessionStorage.length).to.equal(0);
  });

  it('takes the verifier that another tab has stored', () => {
    const until = Date.now() + MINUTE;
    localStorage.setItem(
      'connect-account:verifier:of two tabs',
      JSON.stringify({ verifier: 'of the other tab', until }),
    );
    expect(attemptStorage.verifier('of two tabs')).to.equal('of the other tab');
  });

  it('does not take a verifier whose time is over', () => {
    const until = Date.now() - 1;
    localStorage.setItem('connect-account:verifier:old', JSON.stringify({ verifier: 'old', until }));
    expect(attemptStorage.verifier('old')).not.to.equal('old');
  });

  it('keeps a briefing under the key that the callback page reads, and sweeps those whose time is over', () => {
    const expired = JSON.stringify({ verifier: 'old', until: Date.now() - 1 });
    for (const key of ['briefing:attempt-old', 'verifier:old', 'refusal:attempt-old'])
      localStorage.setItem(`connect-account:${key}`, expired);
    localStorage.setItem('of the host', expired);
    localStorage.setItem('connect-account:odd', 'not JSON');
    attemptStorage.keepBriefing('attempt-1', { verifier: 'the verifier' });
    expect(Object.keys(localStorage)).to.have.members([
      'connect-account:briefing:attempt-1',
      'of the host',
      'connect-account:odd',
    ]);
    expect(JSON.parse(localStorage.getItem('connect-account:briefing:attempt-1') ?? '').verifier).to.equal(
      'the verifier',
    );
  });

  it('takes the refusal that the callback page has left, once', () => {
    const until = Date.now() + MINUTE;
    localStorage.setItem('connect-account:refusal:attempt-1', JSON.stringify({ code: 'browser_mismatch', until }));
    expect([attemptStorage.takeRefusal('attempt-1'), attemptStorage.takeRefusal('attempt-1')]).to.deep.equal([
      'browser_mismatch',
      null,
    ]);
  });

  it('remembers nothing and does not throw if storage is denied', () => {
    const allow = denyStorage();
    try {
      attemptStorage.save('key', RECORD);
      expect(attemptStorage.load('key')).to.equal(null);
      attemptStorage.remove('key');
      attemptStorage.keepBriefing('attempt-1', { verifier: 'the verifier' });
      expect(attemptStorage.takeRefusal('attempt-1')).to.equal(null);
      // The elements of a page share their links all the same.
      expect(attemptStorage.verifier('denied')).to.equal(attemptStorage.verifier('denied'));
    } finally {
      allow();
    }
  });

  it('does not throw if storage is full', () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('Full.', 'QuotaExceededError');
    };
    try {
      attemptStorage.save('key', RECORD);
      attemptStorage.keepBriefing('attempt-1', { verifier: 'the verifier' });
      expect(attemptStorage.verifier('full')).to.equal(attemptStorage.verifier('full'));
    } finally {
      Storage.prototype.setItem = setItem;
    }
    expect(attemptStorage.load('key')).to.equal(null);
  });
});
