/** A user who can sign in to the demo. */
export interface DemoUser {
  /** User id at the backend and at Composio. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Two users, to show that they never see each other's accounts. */
export const DEMO_USERS: readonly [DemoUser, DemoUser] = [
  { id: 'user_ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  { id: 'user_grace', name: 'Grace Hopper', email: 'grace@example.com' },
];

export function findDemoUser(id: unknown): DemoUser | undefined {
  return DEMO_USERS.find((user) => user.id === id);
}
