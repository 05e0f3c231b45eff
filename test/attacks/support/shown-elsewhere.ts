import type { ShownElsewhere } from './hypothesis.js';

/** Hypotheses about a browser, another runtime or long waits, with the tests that try them. */
export const SHOWN_ELSEWHERE: readonly ShownElsewhere[] = (
  [
    [
      10,
      'the link of the attacker in two real browsers',
      'test/e2e/binding-attacks.test.ts',
      'an attacker never gets the account of a victim (',
    ],
    [
      13,
      'a restart between two real browsers',
      'test/e2e/binding-attacks.test.ts',
      'an attacker never gets the account of a victim who returns after a restart of the server',
    ],
    [
      16,
      'another user at the same real browser',
      'test/e2e/binding-attacks.test.ts',
      'a flow that ends with another user signed in at the same browser connects nobody',
    ],
    [
      17,
      'two devices of one user',
      'test/e2e/binding-attacks.test.ts',
      'an honest user who begins on one device and again on another connects there',
    ],
    [
      21,
      'changes sent by pages of other origins in a browser',
      'test/e2e/foreign-pages.test.ts',
      'changes nothing by fetch, beacon, form or a sandboxed frame',
    ],
    [
      29,
      'Host: localhost from another machine',
      'test/server/node-listener.test.ts',
      'a client on another machine that writes Host: localhost is not taken for this machine',
    ],
    [
      38,
      'an upstream that hangs',
      'test/server/upstream-failures.test.ts',
      'is 504 when upstream has not responded for 25 s',
    ],
    [44, 'a store that hangs', 'test/server/user-costs.test.ts', 'is 500 after 10 seconds, without an upstream call'],
    [53, 'return addresses of other sites and schemes', 'test/browser/callback-page.test.ts', 'does not return to'],
    [
      54,
      'a poisoned record of the attempt in the storage',
      'test/browser/attempt-ports.test.ts',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in the file
      'does not read ${garbage} as a record',
    ],
    [
      55,
      'a flood of channel messages',
      'test/core/accounts-store-following.test.ts',
      'a flood of messages with invented ids causes one list in 10 s and reads no account',
    ],
    [
      56,
      'markup and hostile addresses in names, fields and errors of the elements',
      'test/elements/hostile-texts.test.ts',
      'names, fields and errors with markup are text, and nothing leads to or is loaded from',
    ],
    [
      57,
      'logos that tell a third party who is there',
      'test/elements/connect-account-slots.test.ts',
      'the logo is loaded without a referrer and hidden from screen readers',
    ],
    [
      58,
      'a double click on Disconnect',
      'test/elements/account-menu-questions.test.ts',
      'Disconnect ignores the second half of a double click on the item',
    ],
    [
      59,
      'a foreign <base> in the page',
      'test/elements/host-pages.test.ts',
      'a <base> of another origin gets neither the token nor a typed key',
    ],
    [
      62,
      'the opener of the window',
      'test/e2e/hard-cases/window-endings.test.ts',
      'the provider has no opener to steer',
    ],
    [
      63,
      'a body that a parser of the host has read',
      'test/server/node-listener.test.ts',
      'the listener works after a body parser that has read the body',
    ],
    [
      64,
      'an edge runtime without the APIs of Node',
      'test/runtimes/workers.test.ts',
      'the example demo/backends/worker.mjs connects an account in workerd, with KV as its store',
    ],
    [
      65,
      'the sessions of the demo, from another site',
      'test/emulator/demo-app.test.ts',
      'another site can neither switch the user nor sign out',
    ],
  ] as const
).map(([number, name, file, title]) => ({ number, name, file, title }));
