import type { Account } from 'oidc-provider';

/** A person who can sign in at the provider. */
export interface ProviderLogin {
  /** The login, and the label that connected accounts show. */
  readonly login: string;
  readonly name: string;
  readonly email: string;
}

/** The two people of the demo. */
export const PROVIDER_LOGINS: readonly ProviderLogin[] = [
  { login: 'octocat', name: 'Mona Octocat', email: 'octocat@example.com' },
  { login: 'hubot', name: 'Hubot', email: 'hubot@example.com' },
];

/** Returns the userinfo of one of {@link PROVIDER_LOGINS}. */
export function findProviderAccount(login: string): Account | undefined {
  const person = PROVIDER_LOGINS.find((known) => known.login === login);
  if (person === undefined) return undefined;
  return {
    accountId: person.login,
    claims: () => ({
      sub: person.login,
      preferred_username: person.login,
      name: person.name,
      email: person.email,
      email_verified: true,
    }),
  };
}
