import type { PartialMessages } from './messages.js';

/** The English texts of an attempt. */
export const attemptTexts = {
  awaiting: 'Finish in the window that opened.',
  awaitingHere: 'Finish signing in to {app}. You’ll return to this page afterwards.',
  windowClosed: 'Window closed?',
  confirming: 'Waiting for {app} to confirm…',
  retrying: 'Our server is slow. Still trying…',
  popupBlocked: 'Your browser blocked the window.',
  openWindow: 'Continue to {app}',
  openAgain: 'Open again',
  homeScreenApp: 'Home screen apps can’t open a second window, so {app} opens here and returns you when you’re done.',
  webView: '{app} may not let you sign in inside this app. If so, open this address in your browser:',
  pageAddress: 'Page address',
  isConnected: '{app} is connected.',
  isCancelled: 'Connecting {app} was cancelled.',
  callback: {
    finishing: 'Finishing…',
    done: 'You can close this window.',
    refused: 'The connection could not be confirmed. Go back to the app and connect again.',
    unreachable:
      'The connection could not be confirmed, because the app did not respond. Go back to the app and connect again. If that does not help, tell its support team.',
  },
  errors: {
    link_expired: 'The time to sign in to {app} has run out. Please try again.',
    browser_mismatch:
      'This was started in another browser or by another user, so nothing was connected. Connect again, and finish in the same browser.',
  },
  form: {
    submitting: 'Connecting {app}…',
  },
} as const satisfies PartialMessages;
