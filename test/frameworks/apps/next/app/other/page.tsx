import Link from 'next/link';

export default function Page() {
  return (
    <Link id="to-home" href="/">
      Accounts
    </Link>
  );
}
