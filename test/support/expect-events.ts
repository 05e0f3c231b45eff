/** The names of all events of the two elements. */
export const ACCOUNT_EVENTS = [
  'account-connect-start',
  'account-connect-status',
  'account-connected',
  'account-connect-error',
  'account-connect-cancel',
  'account-disconnect-start',
  'account-disconnected',
  'account-updated',
  'accounts-loaded',
  'accounts-load-error',
] as const;

/** Records every event of the elements that reaches `target`. The list grows as events arrive. */
export function recordEvents(target: EventTarget): CustomEvent[] {
  const events: CustomEvent[] = [];
  for (const type of ACCOUNT_EVENTS) target.addEventListener(type, (event) => events.push(event as CustomEvent));
  return events;
}

/** Returns the names of the events in order. */
export function typesOf(events: readonly Event[]): string[] {
  return events.map(({ type }) => type);
}
