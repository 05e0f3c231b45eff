import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../src/messages/en.js';
import { formatMessage, mergeMessages, type PartialMessages } from '../../src/messages/messages.js';

test('formatMessage() inserts a name that looks like a replacement pattern as it is', () => {
  assert.equal(formatMessage('Connect {app}', { app: "Cash$$ & $& $' Co" }), "Connect Cash$$ & $& $' Co");
});

test('mergeMessages() keeps a text for which a page has no translation', () => {
  const missing = { connect: undefined, list: { count: undefined, title: null }, form: null };
  assert.deepEqual(mergeMessages(en, missing as unknown as PartialMessages), en);
});

test('mergeMessages() overrides one text and keeps the others of its section', () => {
  const merged = mergeMessages(en, { connect: 'Go', form: { title: 'Your key' } });
  assert.deepEqual([merged.connect, merged.form.title, merged.form.submit], ['Go', 'Your key', 'Connect']);
});
