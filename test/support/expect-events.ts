import { ALL_EVENT_NAMES } from '../../src/events/event-names.js';

/** Records the events that bubble to `target`. The list grows as they are dispatched. */
export function recordEvents(target: EventTarget): CustomEvent[] {
  const events: CustomEvent[] = [];
  for (const type of ALL_EVENT_NAMES) target.addEventListener(type, (event) => events.push(event as CustomEvent));
  return events;
}

/** Returns the names of the events in order. */
export function typesOf(events: readonly Event[]): string[] {
  return events.map(({ type }) => type);
}
