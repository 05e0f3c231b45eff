import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BINDING_LIFETIME_MS, createBrowser, type ModelBrowser, ModelWorld } from './model-world.js';

/** Ada has a laptop and a phone, Grace has a laptop. */
const BROWSERS = 3;

/** Something that somebody does. `link` counts from the latest. */
export type Action =
  | { readonly type: 'sign-in'; readonly browser: number; readonly as: 'ada' | 'grace' | null }
  | { readonly type: 'link' | 'refresh'; readonly browser: number; readonly instance: number; readonly link: number }
  | { readonly type: 'finish'; readonly browser: number; readonly link: number; readonly delay: number }
  | { readonly type: 'deny'; readonly browser: number; readonly link: number }
  /** The callback page of a finished flow reports. */
  | { readonly type: 'return'; readonly browser: number; readonly instance: number }
  /** The owner of a link has learned its `state`, and posts it from a browser of theirs. */
  | { readonly type: 'post'; readonly link: number; readonly browser: number; readonly instance: number }
  /** Both at the same time. */
  | { readonly type: 'race'; readonly browser: number; readonly link: number; readonly instance: number }
  | { readonly type: 'press'; readonly link: number; readonly what: 'enable' | 'disable' | 'read' | 'delete' }
  | { readonly type: 'wait'; readonly seconds: number }
  | { readonly type: 'restart'; readonly instance: number }
  | { readonly type: 'fail-deletion' };

const choice = fc.constantFrom(0, 0, 0, 1, 2);
const browser = fc.nat({ max: BROWSERS - 1 });
const instance = fc.nat({ max: 1 });
const type = <Name extends string>(...names: readonly Name[]) => fc.constantFrom(...names);

export const actions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ type: type('sign-in'), browser, as: fc.constantFrom('ada', 'grace', null) }) },
    { weight: 5, arbitrary: fc.record({ type: type('link', 'link', 'refresh'), browser, instance, link: choice }) },
    {
      weight: 5,
      arbitrary: fc.record({ type: type('finish'), browser, link: choice, delay: fc.constantFrom(0, 0, 90_000) }),
    },
    { weight: 1, arbitrary: fc.record({ type: type('deny'), browser, link: choice }) },
    { weight: 5, arbitrary: fc.record({ type: type('return'), browser, instance }) },
    { weight: 3, arbitrary: fc.record({ type: type('post'), link: choice, browser, instance }) },
    { weight: 3, arbitrary: fc.record({ type: type('race'), browser, link: choice, instance }) },
    {
      weight: 3,
      arbitrary: fc.record({
        type: type('press'),
        link: choice,
        what: fc.constantFrom('enable', 'disable', 'read', 'delete'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ type: type('wait'), seconds: fc.constantFrom(5, 61, 500, 700, 1300, 2_700_000) }),
    },
    { weight: 1, arbitrary: fc.record({ type: type('restart'), instance }) },
    { weight: 1, arbitrary: fc.record({ type: type('fail-deletion') }) },
  ),
  { minLength: 8, maxLength: 20 },
);

/** A link, with what is known about it outside the handler. */
interface KnownLink {
  readonly accountId: string;
  readonly owner: 'ada' | 'grace';
  readonly madeAt: number;
  /** The address that leads back, once somebody has finished or denied the flow. */
  address: string | null;
  /** The person whose browser finished it. */
  finisher: string | null;
  /** A browser of another person than the owner returned from it in time. */
  strangerReturned: boolean;
  /** The owner has proved the `state` of a flow that somebody else finished. */
  ownerProved: boolean;
  /** Something else may have ended it: a stranger, a deletion, or another link of its owner. */
  isSpoiled: boolean;
  /** The browser that began it. */
  readonly browser: number;
  /** The account that it takes the place of. */
  readonly replaces: string | null;
}

/** Plays one life of two users. Throws where somebody holds an account that another user's browser finished. */
export class Life {
  readonly #world: ModelWorld;
  readonly #browsers: ModelBrowser[] = [createBrowser('ada'), createBrowser('ada'), createBrowser('grace')];
  readonly #links: KnownLink[] = [];
  /** Callback pages that wait to be loaded, by browser. */
  readonly #windows: KnownLink[][] = this.#browsers.map(() => []);
  readonly #wait: (milliseconds: number) => void;
  /** Honest users who were connected. */
  connected = 0;

  /** @param wait moves `Date` forward */
  constructor(seed: number, wait: (milliseconds: number) => void) {
    this.#world = new ModelWorld({ seed: seed + 1 });
    this.#wait = wait;
  }

  get attempts(): number {
    return this.#world.attempts;
  }

  async play(plan: readonly Action[]): Promise<void> {
    await this.#begin({ type: 'link', browser: 0, instance: 0, link: 0 });
    for (const action of plan) {
      // Reads of one second share an upstream call, and would wait for it by the real clock.
      this.#wait(1100);
      await this.#do(action);
      await this.#assertNobodyIsBoundToAnothers();
    }
    // A browser that is still on its way back arrives now.
    for (const [index, windows] of this.#windows.entries()) {
      while (windows.length > 0) await this.#return(index, 0);
    }
    await this.#assertNobodyIsBoundToAnothers();
    await this.#assertNobodyCanUseAnothers();
  }

  async #do(action: Action): Promise<void> {
    switch (action.type) {
      case 'sign-in':
        // Somebody else sits down there. A flow that has begun is finished first.
        if (this.#windows[action.browser]?.length === 0) this.#at(action.browser).session = action.as;
        return;
      case 'link':
      case 'refresh':
        return this.#begin(action);
      case 'finish':
      case 'deny':
        return this.#visit(action);
      case 'return':
        return this.#return(action.browser, action.instance);
      case 'post':
        return this.#post(action);
      case 'race':
        await Promise.all([
          this.#return(action.browser, action.instance, false),
          this.#post({ ...action, browser: 0 }),
        ]);
        return;
      case 'press':
        return this.#press(action);
      case 'wait':
        return this.#wait(action.seconds * 1000);
      case 'restart':
        return this.#world.restart(action.instance);
      case 'fail-deletion':
        this.#world.upstream.failingDeletions = 1;
    }
  }

  async #begin({ type, browser, instance, link }: Extract<Action, { type: 'link' | 'refresh' }>): Promise<void> {
    const user = this.#at(browser);
    if (user.session === null) return;
    const old = this.#known(link);
    let accountId: string | null;
    if (type === 'link') accountId = await this.#world.link(user, {}, instance);
    else {
      const path = `/connected-accounts/${old?.accountId ?? 'ca_none'}/refresh`;
      const { json } = await this.#world.send(user, 'POST', path, { bindingChallenge: user.challenge }, instance);
      accountId = json.id ?? null;
    }
    if (accountId === null || this.#links.some((known) => known.accountId === accountId)) return;
    const owner = user.session as KnownLink['owner'];
    const fresh = { address: null, finisher: null, strangerReturned: false, ownerProved: false, isSpoiled: false };
    // A link of another browser is taken back.
    for (const other of this.#links) if (other.owner === owner) other.isSpoiled = true;
    const replaces = type === 'refresh' ? (old?.accountId ?? null) : null;
    this.#links.push({ accountId, owner, browser, replaces, madeAt: Date.now(), ...fresh });
  }

  #visit(action: Extract<Action, { type: 'finish' | 'deny' }>): void {
    const link = this.#known(action.link);
    if (link === undefined) return;
    const { upstream } = this.#world;
    const person = this.#whoIs(action.browser, link);
    const isFinish = action.type === 'finish';
    const address = isFinish ? upstream.finish(link.accountId, person, action.delay) : upstream.deny(link.accountId);
    if (address === null) return;
    link.address = address;
    if (isFinish) link.finisher = person;
    this.#windows[action.browser]?.push(link);
  }

  /** @param isAlone whether nothing else happens meanwhile, like a mismatch that takes the older account away */
  async #return(browser: number, instance: number, isAlone = true): Promise<void> {
    const link = this.#windows[browser]?.shift();
    if (link?.address == null) return;
    const user = this.#at(browser);
    const isInTime = Date.now() < link.madeAt + BINDING_LIFETIME_MS - 2000;
    const isOwner = this.#whoIs(browser, link) === link.owner;
    if (isOwner && link.finisher !== link.owner) link.ownerProved = true;
    const endedBy = () => this.#world.upstream.accounts.get(link.accountId)?.endedBy ?? null;
    // Its owner may have disconnected the older account before, which revokes their whole grant.
    const isReplacing =
      isAlone && link.replaces !== null && endedBy() === null && (await this.#world.isBound(link.replaces));
    const { status } = await this.#world.comeBack(user, link.address, instance);
    if (isReplacing)
      assert.notEqual(endedBy(), link.replaces, `${link.accountId} ends with the account that it replaces`);
    if (!isOwner && isInTime) link.strangerReturned = true;
    // The phone of an owner who is not signed in there proves nothing.
    const isProven = isOwner && (user.session !== null || browser === link.browser);
    if (!isProven) link.isSpoiled = true;
    if (isInTime && !link.isSpoiled && link.finisher === link.owner) await this.#assertConnected(link, status);
  }

  /** An honest user, whom nobody has disturbed, is connected. */
  async #assertConnected({ accountId, browser }: KnownLink, status: number): Promise<void> {
    const { session, person } = this.#at(browser);
    const isEnded = this.#world.upstream.accounts.get(accountId)?.status === 'EXPIRED';
    if (isEnded) return;
    assert.equal(status, 200, `${session ?? person} finished ${accountId} and was refused`);
    if (this.#world.upstream.accounts.get(accountId)?.status !== 'ACTIVE') return;
    assert.equal(await this.#world.isBound(accountId), true, `${accountId} is not bound to its honest user`);
    this.connected += 1;
  }

  async #post({ link, browser, instance }: { link: number; browser: number; instance: number }): Promise<void> {
    const known = this.#known(link);
    if (known === undefined) return;
    const address = known.address ?? this.#world.upstream.accounts.get(known.accountId)?.callbackUrl;
    const user = this.#at(browser);
    if (address === undefined) return;
    const isOwner = this.#whoIs(browser, known) === known.owner;
    known.isSpoiled ||= !isOwner || (user.session === null && browser !== known.browser);
    if (isOwner) known.ownerProved = true;
    else if (Date.now() < known.madeAt + BINDING_LIFETIME_MS - 2000) known.strangerReturned = true;
    await this.#world.comeBack(user, address, instance);
  }

  async #press({ link, what }: Extract<Action, { type: 'press' }>): Promise<void> {
    const known = this.#known(link);
    const owner = this.#browsers.find(({ session }) => session === known?.owner);
    if (known === undefined || owner === undefined) return;
    const path = `/connected-accounts/${known.accountId}`;
    if (what === 'delete') {
      known.isSpoiled = true;
      await this.#world.send(owner, 'DELETE', path);
      return;
    }
    const change = what === 'read' ? undefined : { enabled: what === 'enable' };
    const { json } = await this.#world.send(owner, change ? 'PATCH' : 'GET', path, change);
    if (!this.#forbidden().includes(known)) return;
    // The browser that finished it may not have come back yet.
    assert.notEqual(json.status, 'ACTIVE', `${known.accountId} is shown to another user than the one who finished it`);
  }

  /** The accounts that their owners must not have, because another user's browser finished them. */
  #forbidden(): KnownLink[] {
    return this.#links.filter(({ finisher, owner, strangerReturned, ownerProved }) => {
      if (finisher === null || finisher === owner) return false;
      // The limit of `state`: the stranger never came back, and the owner had learned the `state`.
      return strangerReturned || !ownerProved;
    });
  }

  async #assertNobodyIsBoundToAnothers(): Promise<void> {
    for (const { accountId } of this.#forbidden()) {
      const account = this.#world.upstream.accounts.get(accountId);
      if (account === undefined || account.isDeleted || account.status === 'FAILED') continue;
      const isHeld = account.status !== 'EXPIRED' && (await this.#world.isBound(accountId));
      assert.equal(isHeld, false, `${accountId} counts as bound to another user than the one who finished it`);
    }
  }

  async #assertNobodyCanUseAnothers(): Promise<void> {
    for (const { accountId, owner } of this.#forbidden()) {
      this.#wait(1100);
      const canUse = await this.#world.canUse(createBrowser(owner), accountId);
      assert.equal(canUse, false, `${accountId} can be used by another user than the one who finished it`);
    }
  }

  /**
   * Returns the person at a browser: who is signed in there. Where nobody is, the browser that began the link counts as its
   * owner's, because it is the same browser.
   */
  #whoIs(browser: number, link: KnownLink): string {
    const { session, person } = this.#at(browser);
    return session ?? (link.browser === browser ? link.owner : person);
  }

  #at(browser: number): ModelBrowser {
    const found = this.#browsers[browser % this.#browsers.length];
    if (found === undefined) throw new Error(`There is no browser ${browser}.`);
    return found;
  }

  #known(link: number): KnownLink | undefined {
    // The latest first, because there is most to do with it.
    return this.#links.at(-1 - (link % Math.max(1, this.#links.length)));
  }
}
