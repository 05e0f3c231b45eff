import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { CONNECTION_STATUSES } from '../../src/core/model/connection-types.js';
import { createTestHandler } from './support/backend.js';
import { fakeComposio } from './support/fake-composio.js';

const text = readFileSync('src/server/openapi.json', 'utf8');
const document = JSON.parse(text);
const METHODS = ['get', 'post', 'patch', 'delete'];

/** `link` is an id too, as far as paths go. */
const itemsAt = (path: string) =>
  Object.entries<object>(document.paths).filter(([template]) =>
    new RegExp(`^${template.replace('{id}', '[^/]+')}$`).test(path),
  );

for (const template of Object.keys(document.paths)) {
  test(`the document lists the methods that ${template} offers`, async () => {
    const path = template.replace('{id}', 'ca_1');
    const { status, headers } = await createTestHandler({ composio: fakeComposio({}) }).send('PUT', path, { body: {} });
    assert.equal(status, 405);
    const documented = itemsAt(path).flatMap(([, item]) => METHODS.filter((method) => method in item));
    assert.deepEqual(headers.get('allow')?.toLowerCase().split(', ').sort(), documented.sort());
  });
}

test('every schema of the document compiles and every reference resolves', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'protocol');
  for (const name of Object.keys(document.components.schemas)) {
    assert.ok(ajv.getSchema(`protocol#/components/schemas/${name}`), name);
  }
  for (const [, pointer = ''] of text.matchAll(/"\$ref": "#\/([^"]+)"/g)) {
    const found = pointer.split('/').reduce((node, key) => node?.[key], document);
    assert.ok(found, pointer);
  }
});

test('the document lists all statuses and has an OpenAPI version', () => {
  assert.equal(document.openapi, '3.1.0');
  assert.deepEqual(document.components.schemas.ConnectionStatus.enum, CONNECTION_STATUSES);
});
