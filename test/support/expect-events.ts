import { EventRecorder } from '../../src/testing/page-object.js';

/** Records the events that bubble to `target`. The list grows as they are dispatched. */
export function recordEvents(target: EventTarget): readonly CustomEvent[] {
  return new EventRecorder(target).events;
}

/** Returns the names of the events in order. */
export function typesOf(events: readonly Event[]): string[] {
  return events.map(({ type }) => type);
}
