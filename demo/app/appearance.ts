import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';

/** How the page looks: kept in two cookies, so that the server sends it right and nothing flashes. */
export interface Appearance {
  readonly theme: 'system' | 'light' | 'dark';
  readonly direction: 'ltr' | 'rtl';
}

/** What the browser chose before, or what fits most. */
export function readAppearance(context: Context): Appearance {
  const theme = getCookie(context, 'theme');
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    direction: getCookie(context, 'direction') === 'rtl' ? 'rtl' : 'ltr',
  };
}
