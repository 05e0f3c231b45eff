/** Every event of the two elements, as public-api.md names them. */
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

/** Hears everything that an element tells a page which listens at `target`. The list grows as events come. */
export function recordEvents(target: EventTarget): CustomEvent[] {
  const events: CustomEvent[] = [];
  for (const type of ACCOUNT_EVENTS) target.addEventListener(type, (event) => events.push(event as CustomEvent));
  return events;
}

/** The names of the events, in their order. */
export function typesOf(events: readonly Event[]): string[] {
  return events.map(({ type }) => type);
}
