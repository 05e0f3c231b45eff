/** Parts for the tests of a host's own page: a scripted client, an event recorder, stand-ins for the browser. */
export {
  clickPart,
  EventRecorder,
  findPart,
  type RecordedEvent,
  recordEvents,
  textOfPart,
  waitForPhase,
} from './testing/page-object.js';
export { createAccount, createAuthConfig, createConnectError } from './testing/sample-data.js';
export {
  type ClientMethod,
  type LinkOutcome,
  ScriptedClient,
  type ScriptedClientOptions,
} from './testing/scripted-client.js';
export { type FakePopup, type FakePopups, prepareDom, replacePopups } from './testing/stand-ins.js';
