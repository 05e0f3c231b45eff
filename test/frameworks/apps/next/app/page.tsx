import Link from 'next/link';
import { cookies } from 'next/headers';
import { Accounts } from './accounts';

async function signInBob() {
  'use server';
  (await cookies()).set('user', 'user_bob');
}

export default async function Page() {
  const userId = (await cookies()).get('user')?.value ?? 'user_ada';
  return (
    <>
      <Accounts userId={userId} />
      <form action={signInBob}>
        <button id="switch-user">Second user</button>
      </form>
      <Link id="to-other" href="/other">
        Other page
      </Link>
    </>
  );
}
