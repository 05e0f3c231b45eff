import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseRetryAfter, toResponseError } from '../../src/core/http/response-error.js';
import { CONNECT_ERROR_CODES } from '../../src/core/model/error-codes.js';

const NOON = Date.parse('2026-03-01T12:00:00Z');

function errorOf(status: number, body: unknown) {
  return toResponseError(new Response(null, { status }), body, NOON).info;
}

describe('errors of the protocol', () => {
  const PROTOCOL: Array<[status: number, code: string, retryable: boolean]> = [
    [400, 'invalid_request', false],
    [400, 'missing_fields', false],
    [400, 'unsupported_scheme', false],
    [401, 'unauthorized', false],
    [403, 'forbidden', false],
    [403, 'csrf_rejected', false],
    [403, 'browser_mismatch', false],
    [404, 'not_found', false],
    [404, 'auth_config_not_found', false],
    [409, 'already_connected', false],
    [409, 'alias_taken', false],
    [409, 'auth_config_disabled', false],
    [422, 'invalid_credentials', false],
    [429, 'rate_limited', true],
    [500, 'internal_error', true],
    [502, 'upstream_error', true],
    [504, 'timeout', true],
  ];

  for (const [status, code, retryable] of PROTOCOL) {
    test(`the error ${code} of a response with ${status} is read`, () => {
      const error = errorOf(status, { error: { code, message: 'Told by the backend.', requestId: 'req_1' } });
      assert.deepEqual(error, { code, message: 'Told by the backend.', retryable, status, requestId: 'req_1' });
      assert.ok(Object.isFrozen(error));
    });
  }

  test('an error carries the conflicting account and the texts of the fields', () => {
    const body = {
      error: {
        code: 'missing_fields',
        message: 'Two.',
        fieldErrors: { shop: 'Required.' },
        connectedAccountId: 'ca_7',
      },
    };
    const error = errorOf(400, body);
    assert.deepEqual(error.fieldErrors, { shop: 'Required.' });
    assert.equal(error.connectedAccountId, 'ca_7');
  });

  test('error details of the wrong type are left out', () => {
    const odd = { code: 'forbidden', message: 7, requestId: {}, connectedAccountId: [], fieldErrors: { a: 1, b: 'B' } };
    assert.deepEqual(errorOf(403, { error: odd }), {
      code: 'forbidden',
      message: 'forbidden',
      retryable: false,
      status: 403,
      fieldErrors: { b: 'B' },
    });
  });

  test('an endless error message is cut', () => {
    assert.equal(errorOf(500, { error: { code: 'internal_error', message: 'x'.repeat(9000) } }).message.length, 500);
  });
});

describe('foreign bodies', () => {
  const BY_STATUS: Array<[status: number, code: string, retryable: boolean]> = [
    [400, 'invalid_request', false],
    [401, 'unauthorized', false],
    [403, 'forbidden', false],
    [404, 'not_found', false],
    [405, 'invalid_request', false],
    [408, 'timeout', true],
    [409, 'invalid_request', false],
    [413, 'invalid_request', false],
    [418, 'invalid_request', false],
    [422, 'invalid_credentials', false],
    [425, 'rate_limited', true],
    [429, 'rate_limited', true],
    [500, 'upstream_error', true],
    [502, 'upstream_error', true],
    [503, 'upstream_error', true],
    [504, 'timeout', true],
    [599, 'upstream_error', true],
  ];
  /** The parsed body. HTML and an empty body are not JSON. */
  const FOREIGN = [undefined, null, 'Bad gateway', 7, [], {}, { error: 'nope' }, { error: { code: 'made_up' } }];

  for (const [status, code, retryable] of BY_STATUS) {
    test(`a response with ${status} and a foreign body is ${code}`, () => {
      for (const body of FOREIGN) {
        const error = errorOf(status, body);
        assert.deepEqual([error.code, error.retryable, error.status], [code, retryable, status]);
      }
    });
  }

  test('any body with any status gives an error of the closed set', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), fc.jsonValue(), (status, body) => {
        const error = errorOf(status, body);
        assert.ok(CONNECT_ERROR_CODES.includes(error.code));
        assert.equal(typeof error.message, 'string');
      }),
    );
  });
});

describe('Retry-After', () => {
  const CASES: Array<[header: string | null, wait: number | undefined]> = [
    [null, undefined],
    ['', undefined],
    ['7', 7000],
    [' 7 ', 7000],
    ['0', undefined],
    ['60', 60_000],
    ['61', 60_000],
    ['99999999999999999999', 60_000],
    ['Sun, 01 Mar 2026 12:00:20 GMT', 20_000],
    ['Sunday, 01-Mar-26 12:00:20 GMT', 20_000],
    ['Sun, 01 Mar 2026 13:00:00 GMT', 60_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['0x10', undefined],
    ['soon', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    // `Date.parse` alone reads this as the year 2050.
    ['soon 2050', undefined],
    ['2050', 60_000],
  ];

  for (const [header, wait] of CASES) {
    test(`the Retry-After header ${JSON.stringify(header)} means ${wait}`, () => {
      assert.equal(parseRetryAfter(header, NOON), wait);
    });
  }

  test('Retry-After of a response is read', () => {
    const response = new Response(null, { status: 429, headers: { 'Retry-After': '3' } });
    assert.equal(toResponseError(response, undefined, NOON).retryAfter, 3000);
  });
});
