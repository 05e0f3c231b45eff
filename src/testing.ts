/** Parts for the tests of a host's own page: a scripted client, an event recorder, stand-ins for the browser. */
export { EventRecorder, type RecordedEvent, recordEvents } from './testing/event-recorder.js';
export { clickPart, findPart, textOfPart, waitForPhase } from './testing/page-object.js';
export { createAccount, createAuthConfig, createConnectError } from './testing/sample-data.js';
export {
  type ClientMethod,
  type LinkOutcome,
  ScriptedClient,
  type ScriptedClientOptions,
} from './testing/scripted-client.js';
export { type FakePopup, type FakePopups, prepareDom, replacePopups } from './testing/stand-ins.js';
