import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../src/messages/en.js';
import { formatMessage, mergeMessages } from '../../src/messages/messages.js';

test('formatMessage() inserts a name that looks like a replacement pattern as it is', () => {
  assert.equal(formatMessage('Connect {app}', { app: "Cash$$ & $& $' Co" }), "Connect Cash$$ & $& $' Co");
});

test('mergeMessages() overrides one text and keeps the others of its section', () => {
  const merged = mergeMessages(en, { connect: 'Go', form: { title: 'Your key' } });
  assert.deepEqual([merged.connect, merged.form.title, merged.form.submit], ['Go', 'Your key', 'Connect']);
});
