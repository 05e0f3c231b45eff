import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseConnectionLink, parseDeletion } from '../../src/core/http/http-writes.js';
import { parseAuthConfigs, parseConnectedAccount, parseConnectedAccountPage } from '../../src/core/http/wire-format.js';
import { ConnectError } from '../../src/core/model/connect-error.js';
import { CONNECTION_STATUSES } from '../../src/core/model/connection-types.js';

type Json = Record<string, unknown>;

/** Returns a value and all its parts. */
const isFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen));

const ACCOUNT = {
  id: 'ca_1',
  toolkit: { slug: 'github' },
  authConfig: { id: 'ac_github', isComposioManaged: true, isDisabled: false },
  alias: null,
  wordId: null,
  displayName: null,
  status: 'ACTIVE',
  statusReason: null,
  isDisabled: false,
  createdAt: '2026-03-01T11:00:00.000Z',
  updatedAt: '2026-03-01T11:00:00.000Z',
};
const FIELD = { name: 'subdomain', displayName: 'Subdomain', description: '', type: 'string', required: true };
const AUTH_CONFIG = {
  id: 'ac_github',
  authScheme: 'OAUTH2',
  isComposioManaged: true,
  isDisabled: false,
  toolkit: { slug: 'github', name: 'GitHub' },
  fields: [FIELD],
};
const LINK = {
  id: 'ca_1',
  status: 'INITIATED',
  redirectUrl: 'https://connect.example.com/1',
  expiresAt: '2026-03-01T12:00:00Z',
};

/** A valid response of each kind, and its parser. */
const SHAPES: Array<{ name: string; valid: Json; parse: (value: unknown) => unknown }> = [
  { name: 'connected account', valid: ACCOUNT, parse: parseConnectedAccount },
  { name: 'page', valid: { items: [ACCOUNT], nextCursor: null, totalPages: 1 }, parse: parseConnectedAccountPage },
  { name: 'link', valid: LINK, parse: parseConnectionLink },
  { name: 'list of auth configs', valid: { items: [AUTH_CONFIG] }, parse: parseAuthConfigs },
  { name: 'deletion', valid: { success: true }, parse: parseDeletion },
];

function isInvalidResponse(error: unknown): boolean {
  return error instanceof ConnectError && error.code === 'invalid_response' && !error.info.retryable;
}

/** Returns the paths of all leaves and branches, like `items.0.toolkit.slug`. */
function pathsOf(value: unknown, prefix: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [[...prefix, key], ...pathsOf(part, [...prefix, key])]);
}

/** Returns a copy in which `path` holds `replacement`, or is missing if that is undefined. */
function withChange(value: unknown, [key = '', ...rest]: readonly string[], replacement: unknown): unknown {
  if (Array.isArray(value)) return value.map((part, index) => (String(index) === key ? change(part) : part));
  const { [key]: part, ...others } = value as Json;
  const changed = change(part);
  return changed === undefined ? others : { ...others, [key]: changed };

  function change(old: unknown): unknown {
    return rest.length > 0 ? withChange(old, rest, replacement) : replacement;
  }
}

/** Composio's words, which a backend of another kind leaves out. */
const COMPOSIO_WORDS: readonly string[] = ['wordId', 'isComposioManaged', 'isDisabled'];

for (const { name, valid, parse } of SHAPES) {
  describe(name, () => {
    test(`a valid ${name} is read`, () => {
      assert.ok(parse(valid) !== null);
    });

    for (const path of pathsOf(valid)) {
      if (/^\d+$/.test(path.at(-1) ?? '')) continue;
      test(`a ${name} with a missing or wrong ${path.join('.')} is refused`, () => {
        if (!COMPOSIO_WORDS.includes(path.at(-1) ?? ''))
          assert.throws(() => parse(withChange(valid, path, undefined)), isInvalidResponse);
        for (const wrong of [42n, Symbol('wrong'), () => true]) {
          assert.throws(() => parse(withChange(valid, path, wrong)), isInvalidResponse);
        }
      });
    }

    test(`unknown keys of a ${name} are ignored at every depth`, () => {
      const more = JSON.parse(
        JSON.stringify(valid, (_, value) =>
          typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, fromTheFuture: 1 } : value,
        ),
      );
      assert.deepEqual(parse(more), parse(valid));
    });

    test(`garbage is refused as ${name} with invalid_response`, () => {
      fc.assert(
        fc.property(fc.jsonValue(), (garbage) => assert.throws(() => parse(garbage), isInvalidResponse)),
        { numRuns: 300 },
      );
    });

    test(`any wrong value in a ${name} is refused or ignored`, () => {
      fc.assert(
        fc.property(fc.constantFrom(...pathsOf(valid)), fc.jsonValue(), (path, value) => {
          try {
            parse(withChange(valid, path, value));
          } catch (error) {
            assert.ok(isInvalidResponse(error), String(error));
          }
        }),
        { numRuns: 300 },
      );
    });
  });
}

describe('connected accounts', () => {
  test('a parsed account has exactly the keys of the contract, optional ones included', () => {
    const full = {
      ...ACCOUNT,
      toolkit: { slug: 'github', name: 'GitHub', logo: 'https://logos.example.com/github.svg' },
      authConfig: { ...ACCOUNT.authConfig, authScheme: 'OAUTH2' },
      wasActive: true,
    };
    assert.deepEqual(parseConnectedAccount({ ...full, state: { val: {} }, data: {}, params: {} }), full);
  });

  test('an optional key of another type belongs to a newer backend and is left out', () => {
    const odd = { ...ACCOUNT, wasActive: 'yes', toolkit: { slug: 'github', logo: 7, name: null } };
    assert.deepEqual(parseConnectedAccount(odd), ACCOUNT);
  });

  test('words of Composio may be left out by a backend of another kind', () => {
    const { wordId: _, isDisabled: __, authConfig, ...account } = ACCOUNT;
    const read = parseConnectedAccount({ ...account, authConfig: { id: authConfig.id } });
    assert.deepEqual(read, {
      ...ACCOUNT,
      wordId: null,
      isDisabled: false,
      authConfig: { ...authConfig, isComposioManaged: false, isDisabled: false },
    });
  });

  for (const status of CONNECTION_STATUSES) {
    test(`the status ${status} is kept`, () => {
      assert.equal(parseConnectedAccount({ ...ACCOUNT, status }).status, status);
    });
  }

  for (const status of ['PAUSED', 'active', 'Active ', '', '__proto__', 'toString']) {
    test(`the unknown status ${JSON.stringify(status)} reads as pending`, () => {
      assert.equal(parseConnectedAccount({ ...ACCOUNT, status }).status, 'INITIATED');
    });
  }

  test('a status that is not a string is refused', () => {
    assert.throws(() => parseConnectedAccount({ ...ACCOUNT, status: ['ACTIVE'] }), isInvalidResponse);
  });

  test('an empty id is refused', () => {
    assert.throws(() => parseConnectedAccount({ ...ACCOUNT, id: '' }), isInvalidResponse);
  });

  test('an invalid date is refused', () => {
    assert.throws(() => parseConnectedAccount({ ...ACCOUNT, createdAt: 'yesterday' }), isInvalidResponse);
  });
});

test('one unreadable account refuses the whole page', () => {
  const page = { items: [ACCOUNT, { ...ACCOUNT, id: 7 }], nextCursor: 'next', totalPages: 2, totalItems: 2 };
  assert.throws(() => parseConnectedAccountPage(page), isInvalidResponse);
  assert.deepEqual(parseConnectedAccountPage({ ...page, items: [ACCOUNT] }), {
    items: [ACCOUNT],
    nextCursor: 'next',
    totalPages: 2,
    totalItems: 2,
  });
});

test('an empty display name is accepted, so that one nameless field does not break the whole app', () => {
  const field = { ...FIELD, displayName: '', type: '', default: null, isSecret: true, userVisible: false };
  const config = { ...AUTH_CONFIG, toolkit: { slug: 'github', name: '' }, authHintUrl: null, fields: [field] };
  assert.deepEqual(parseAuthConfigs({ items: [config] }), [config]);
});

test('a deletion that did not succeed is refused', () => {
  assert.throws(() => parseDeletion({ success: false }), isInvalidResponse);
});

test('the error names the key and the expected type, but not the value', () => {
  assert.throws(() => parseConnectionLink({ ...LINK, redirectUrl: 12345 }), {
    message: 'The backend\'s response is invalid: "redirectUrl" must be a string.',
  });
});

test('parsed objects are deeply frozen, because elements share them and hand them to the page', () => {
  assert.ok(isFrozen(parseConnectedAccount(ACCOUNT)));
  assert.ok(parseAuthConfigs({ items: [AUTH_CONFIG] }).every(isFrozen));
});
