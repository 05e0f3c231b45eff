/** Someone who can sign in to the demo. */
export interface DemoUser {
  /** As the backend, and Composio, know them. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Two, so that it can be seen that one never sees the accounts of the other. */
export const DEMO_USERS: readonly [DemoUser, DemoUser] = [
  { id: 'user_ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  { id: 'user_grace', name: 'Grace Hopper', email: 'grace@example.com' },
];

export function findDemoUser(id: unknown): DemoUser | undefined {
  return DEMO_USERS.find((user) => user.id === id);
}
