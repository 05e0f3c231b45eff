import type { ReactNode } from 'react';

export const metadata = { title: 'Accounts' };
/** Renders each page on the server for each request. */
export const dynamic = 'force-dynamic';

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
