/** Choices on the pages between a link and the end of its flow. */
export interface Visit {
  /** The login at the provider. Default `octocat`. */
  readonly login?: string;
  /** `false` presses Deny on the consent page. */
  readonly allow?: boolean;
  /** Values for the hosted form. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** The end of a visit. */
export interface VisitEnd {
  /** The first address outside the emulator and the provider, or that of the page with nothing left to press. */
  readonly url: URL;
  /** Status of that page; `undefined` outside. */
  readonly status: number | undefined;
  /** Text of that page. */
  readonly html: string;
  /** Every page and redirect on the way. */
  readonly hops: readonly URL[];
}

/** A minimal browser with forms and cookies, which is enough to run OAuth for real. */
export class FormBrowser {
  /** Cookies ignore ports, so one jar serves all servers on 127.0.0.1. */
  readonly #cookies = new Map<string, string>();
  readonly #visits: (url: URL) => boolean;

  /** @param origins Servers whose pages are visited, or a function that tells. Any other address ends the visit. */
  constructor(...origins: string[] | [(url: URL) => boolean]) {
    const [visits] = origins;
    this.#visits = typeof visits === 'function' ? visits : ({ origin }) => (origins as string[]).includes(origin);
  }

  /** Opens an address and submits forms until the flow ends. */
  async follow(address: string, visit: Visit = {}): Promise<VisitEnd> {
    const hops: URL[] = [];
    let request: Request | undefined = new Request(address);
    while (request !== undefined) {
      const url = new URL(request.url);
      hops.push(url);
      if (!this.#visits(url)) return { url, status: undefined, html: '', hops };
      const response = await this.#fetch(request);
      const location = response.headers.get('location');
      if (location !== null) {
        request = new Request(new URL(location, url));
        continue;
      }
      const html = await response.text();
      const form = response.ok ? submitForm(html, url, visit) : undefined;
      if (form === undefined) return { url, status: response.status, html, hops };
      request = form;
    }
    throw new Error('A visit has at least one page.');
  }

  async #fetch(request: Request): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    request.headers.set('cookie', cookie);
    const response = await fetch(request, { redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }
}

function submitForm(
  html: string,
  page: URL,
  { login = 'octocat', allow = true, fields = {} }: Visit,
): Request | undefined {
  const form = /<form method="post"(?: action="([^"]+)")?/.exec(html);
  if (form === null) return undefined;
  const answers: Record<string, string> = html.includes('name="login"')
    ? { login }
    : html.includes('value="allow"')
      ? { decision: allow ? 'allow' : 'deny' }
      : { ...fields, decision: 'continue' };
  return new Request(new URL(form[1] ?? page.href, page), { method: 'POST', body: new URLSearchParams(answers) });
}
