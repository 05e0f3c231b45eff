import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../src/messages/en.js';
import { formatMessage, mergeMessages } from '../../src/messages/messages.js';

test('a name that looks like a replacement pattern is still a name', () => {
  assert.equal(formatMessage('Connect {app}', { app: "Cash$$ & $& $' Co" }), "Connect Cash$$ & $& $' Co");
});

test('an override of one text leaves the others of its section alone', () => {
  const merged = mergeMessages(en, { connect: 'Go', form: { title: 'Your key' } });
  assert.deepEqual([merged.connect, merged.form.title, merged.form.submit], ['Go', 'Your key', 'Connect']);
});
