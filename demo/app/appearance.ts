import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';

/**
 * Theme and direction of the page. They are kept in two cookies, so that the server renders them and nothing flashes.
 */
export interface Appearance {
  readonly theme: 'system' | 'light' | 'dark';
  readonly direction: 'ltr' | 'rtl';
}

/** Returns the choice stored in the cookies, or the defaults. */
export function readAppearance(context: Context): Appearance {
  const theme = getCookie(context, 'theme');
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    direction: getCookie(context, 'direction') === 'rtl' ? 'rtl' : 'ltr',
  };
}
