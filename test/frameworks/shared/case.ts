/** What every app gives to the elements, whatever its framework. Each app gets a copy of this file. */

/** Returns the function that fetches a session token for this user. */
export const tokenFor = (userId: string) => async (): Promise<string> => (await fetch(`/token?as=${userId}`)).text();

export const messages = { connectApp: 'Link {app}' };

export const connectionData = { subdomain: 'acme' };

export const statuses = ['ACTIVE' as const];

/** An event that a listener of the framework has received. */
export interface HeardEvent {
  readonly type: string;
  /** Id of the element. */
  readonly from: string;
  readonly detail: { readonly account?: { readonly id: string }; readonly reason?: string };
}

/** Records an event for the test. It is kept in the session, because a page may be left. */
export function heard({ type, target, detail }: CustomEvent): void {
  const before: HeardEvent[] = JSON.parse(sessionStorage.getItem('heard') ?? '[]');
  const from = target instanceof Element ? target.id : '';
  sessionStorage.setItem('heard', JSON.stringify([...before, { type, from, detail }]));
}
