/** The sender of a request: the user of the session, another user, or nobody. */
export type Sender = 'user' | 'other' | 'nobody';

/** What a check needs beside the address of the backend. */
export type Need = 'session' | 'other user' | 'auth config' | 'allowed origin' | 'local provider';

/** Options of a run. */
export interface ProbeOptions {
  /** Base URL of the backend without a slash at its end. */
  readonly endpoint: string;
  /** Origin of the page that the requests pretend to come from. */
  readonly origin: string;
  /** Headers that sign a user in. Empty: nobody is signed in. */
  readonly session: Readonly<Record<string, string>>;
  /** Headers that sign in another user. */
  readonly otherSession: Readonly<Record<string, string>>;
  readonly authConfigId: string | undefined;
  /** One of the other origins that the backend allows. */
  readonly allowedOrigin: string | undefined;
}

/** A request of a check. By default it comes from the user's page. */
export interface ProbeRequest {
  readonly as?: Sender;
  /** Sent as JSON. A string is sent as it is. */
  readonly body?: unknown;
  /** More headers. `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A response that was read. */
export interface Answer {
  readonly method: string;
  /** Below the endpoint. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, or undefined if it is not JSON. */
  readonly json: unknown;
}

/** The backend does not do what the protocol says. The message says what was found. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

/** The backend does not offer a route that it need not offer, so there is nothing to check. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
}

const TIMEOUT_MS = 40_000;
const MAX_QUOTED = 200;

/** Sends requests as pages do, and keeps all answers. */
export class Probe {
  readonly options: ProbeOptions;
  readonly answers: Answer[] = [];
  /** Accounts that were made, to be deleted afterwards. */
  readonly made = new Set<string>();

  constructor(options: ProbeOptions) {
    this.options = options;
  }

  /** @param path below the endpoint, with its query */
  async send(method: string, path: string, { as = 'user', body, headers = {} }: ProbeRequest = {}): Promise<Answer> {
    const { endpoint, origin, session, otherSession } = this.options;
    const isRead = method === 'GET' || method === 'HEAD';
    const all: Record<string, string | null> = {
      accept: 'application/json',
      'sec-fetch-site': 'same-origin',
      ...(!isRead && { origin }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(as === 'user' ? session : as === 'other' ? otherSession : {}),
      ...headers,
    };
    const present = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const response = await fetch(`${endpoint}${path}`, {
      method,
      headers: present,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = { method, path, status: response.status, headers: response.headers, text, json: parse(text) };
    this.answers.push(answer);
    return answer;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names a request, without what is in its query. */
export function nameOf({ method, path }: Pick<Answer, 'method' | 'path'>): string {
  return `${method} ${path.replace(/\?.*/, '?…')}`;
}

/** Returns the error code of an answer, or `''`. */
export function codeOf({ json }: Answer): string {
  const { error } = (json ?? {}) as { error?: { code?: unknown } | null };
  return typeof error?.code === 'string' ? error.code : '';
}

/** Checks the status of an answer and, where given, its code. @throws {@link Finding} */
export function expectAnswer(answer: Answer, status: number | readonly number[], code?: string, sent = ''): void {
  const allowed = typeof status === 'number' ? [status] : status;
  const actualCode = codeOf(answer);
  if (allowed.includes(answer.status) && (code === undefined || actualCode === code)) return;
  const expected = `${allowed.join(' or ')}${code === undefined ? '' : ` ${code}`}`;
  const body = actualCode === '' ? ` ${quote(answer.text)}` : ` ${actualCode}`;
  throw new Finding(
    `${nameOf(answer)}${sent && ` ${sent}`} was answered ${answer.status}${body}. Expected ${expected}.`,
  );
}

/** Shortens a text to one line. */
export function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line;
}

/** Checks that a route exists. @throws {@link NotOffered} */
export function expectOffered(answer: Answer): void {
  const isUnknownRoute = answer.status === 405 || (answer.status === 404 && codeOf(answer) !== 'auth_config_not_found');
  if (isUnknownRoute) throw new NotOffered(`${nameOf(answer)} is not offered.`);
}
