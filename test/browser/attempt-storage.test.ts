import { expect } from '@open-wc/testing';
import { attemptStorage } from '../../src/browser/attempt-storage.js';
import { denyStorage } from '../support/deny-storage.js';

const RECORD = { attempt: 'attempt-0123456789', connectedAccountId: 'ca_1', expiresAt: 1_900_000_000_000 };
const HOUR = 3_600_000;

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

  it('stores the verifier under the key that the callback page reads', () => {
    attemptStorage.keepVerifier('attempt-1', 'the-verifier');
    expect(localStorage.getItem('connect-account:verifier:attempt-1')).to.equal('the-verifier');
    expect(sessionStorage.length).to.equal(0);
  });

  it('removes verifiers that nobody has taken within an hour', () => {
    attemptStorage.keepVerifier('attempt-old', 'old');
    attemptStorage.keepVerifier('attempt-new', 'new');
    const times = JSON.parse(localStorage.getItem('connect-account:verifiers') ?? '{}');
    localStorage.setItem(
      'connect-account:verifiers',
      JSON.stringify({ ...times, 'attempt-old': Date.now() - HOUR, '../../odd': 1, 'attempt-odd': 'yesterday' }),
    );
    attemptStorage.keepVerifier('attempt-newest', 'newest');
    expect(localStorage.getItem('connect-account:verifier:attempt-old')).to.equal(null);
    expect(localStorage.getItem('connect-account:verifier:attempt-new')).to.equal('new');
    expect(Object.keys(JSON.parse(localStorage.getItem('connect-account:verifiers') ?? ''))).to.have.members([
      'attempt-new',
      'attempt-newest',
    ]);
  });

  for (const garbage of ['not JSON', '"text"', '[1,2]', '7']) {
    it(`keeps a verifier if the stored list of times is ${garbage}`, () => {
      localStorage.setItem('connect-account:verifiers', garbage);
      attemptStorage.keepVerifier('attempt-1', 'the-verifier');
      expect(localStorage.getItem('connect-account:verifier:attempt-1')).to.equal('the-verifier');
    });
  }

  it('remembers nothing and does not throw if storage is denied', () => {
    const allow = denyStorage();
    try {
      attemptStorage.save('key', RECORD);
      expect(attemptStorage.load('key')).to.equal(null);
      attemptStorage.remove('key');
      attemptStorage.keepVerifier('attempt-1', 'the-verifier');
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
      attemptStorage.keepVerifier('attempt-1', 'the-verifier');
    } finally {
      Storage.prototype.setItem = setItem;
    }
    expect(attemptStorage.load('key')).to.equal(null);
  });
});
