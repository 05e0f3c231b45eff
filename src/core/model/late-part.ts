import { ConnectError, connectErrorInfo } from './connect-error.js';

/**
 * Imports a part. `query` is empty at first and differs at each further try. The build of the CDN files appends it to the
 * URL, because Firefox remembers a module that failed to load (https://github.com/whatwg/html/issues/6768). Bundlers and
 * other modules ignore it.
 */
export type ImportPart<Part> = (query: string) => Promise<Part>;

/**
 * A part of the code that is loaded when it is needed, or when it seems that it will be. A failed load is repeated once at
 * once, and again whenever the part is asked for.
 */
export class LatePart<Part> {
  readonly #import: ImportPart<Part>;
  #loaded: Part | null;
  #loading: Promise<Part> | null = null;
  #tries = 0;

  /** @param loaded the part, if it is in the same file. The build of the single file passes it. */
  constructor(importPart: ImportPart<Part>, loaded: Part | null = null) {
    this.#import = importPart;
    this.#loaded = loaded;
  }

  /** The part, or null until it is loaded. */
  get loaded(): Part | null {
    return this.#loaded;
  }

  /** Loads the part, or returns the promise of the load in progress. @throws {@link ConnectError} `network_error` */
  load(): Promise<Part> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Loads the part, and ignores a failure: it will be asked for again when it is needed. */
  prefetch(): void {
    this.load().catch(() => {});
  }

  async #load(): Promise<Part> {
    try {
      this.#loaded ??= await this.#try().catch(() => this.#try());
      return this.#loaded;
    } catch (cause) {
      this.#loading = null;
      const message =
        'A part of connect-account could not be loaded. Check that all its files are served, and the CSP.';
      throw new ConnectError(connectErrorInfo('network_error', message), { cause });
    }
  }

  #try(): Promise<Part> {
    this.#tries += 1;
    return this.#import(this.#tries > 1 ? `?${this.#tries}` : '');
  }
}
