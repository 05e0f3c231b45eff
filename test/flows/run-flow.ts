import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserProfile, BrowserWindow } from '../support/browser.js';
import type { RecordedEvent } from '../support/record-page.js';
import { waitUntil } from '../support/wait-until.js';
import type { FlowPlan } from './flow-plan.js';
import type { FlowHost } from './start-flow-host.js';

/** Time limit of a flow. The longest ones wait for several back-offs. */
const MAX_FLOW_MS = 60_000;
const LOOK_INTERVAL_MS = 100;

/** A snapshot of what the user of a flow sees. */
interface Sight {
  readonly phase: string;
  readonly window: string | undefined;
  readonly ends: readonly RecordedEvent[];
}

/** The browser, host and user of a flow. */
export interface FlowStage {
  readonly flowHost: FlowHost;
  readonly profile: BrowserProfile;
  readonly window: BrowserWindow;
}

/** Plays a plan to its end. Returns what is wrong with how the element ended, or null. */
export async function runFlow(stage: FlowStage, userId: string, plan: FlowPlan): Promise<string | null> {
  const { flowHost, window } = stage;
  flowHost.expect(userId, plan);
  const body = `<connect-account user-id="${userId}" auth-config-id="ac_github"></connect-account>`;
  await window.goto(flowHost.host.page(body, userId));
  const user = new RandomUser(stage, userId, plan);
  const deadline = performance.now() + MAX_FLOW_MS;
  while (performance.now() < deadline) {
    const sight = await window.read(look).catch(() => null);
    if (sight && (await user.act(sight))) {
      await closePopups(stage);
      return judge(sight, flowHost, userId, plan);
    }
    await delay(LOOK_INTERVAL_MS);
  }
  const last = await window.read(look);
  await closePopups(stage);
  return `did not end: ${JSON.stringify(last)}`;
}

/** Compares the element's end with the account at Composio. */
function judge({ phase, ends }: Sight, flowHost: FlowHost, userId: string, { ending }: FlowPlan): string | null {
  const last = ends.at(-1);
  const isActive = flowHost.hasActive(userId);
  if (phase === 'connected' && !isActive) return 'false success: connected, and no account is ACTIVE';
  if (last?.type === 'account-connected') {
    const { id } = (last.detail as { account: { id: string } }).account;
    const account = flowHost.host.emulator.accounts.get(id);
    if (account?.status !== 'ACTIVE' || account.userId !== userId) return `false success: ${JSON.stringify(last)}`;
  }
  if (last?.type === 'account-connect-error' && isActive) return `false failure: ${JSON.stringify(last)}`;
  if (phase !== 'connected' && isActive) return `false failure: the element is ${phase}`;
  const isWilling = ending === 'consent' || ending === 'late-consent';
  return isWilling && !isActive ? `false failure: ${phase}, though its user tried again and again` : null;
}

/** Does what the plan says, one step for each snapshot. */
class RandomUser {
  readonly #stage: FlowStage;
  readonly #userId: string;
  readonly #plan: FlowPlan;
  #isDisturbed = false;
  #attempts = 0;

  constructor(stage: FlowStage, userId: string, plan: FlowPlan) {
    this.#stage = stage;
    this.#userId = userId;
    this.#plan = plan;
  }

  /** Returns whether the flow is over. */
  async act(sight: Sight): Promise<boolean> {
    const { ending } = this.#plan;
    switch (sight.phase) {
      case 'connected':
      case 'needs-attention':
        return true;
      case 'failed':
      case 'ready':
        return this.#rest(sight);
      case 'popup-blocked':
        await this.#click('[part~="link"]', 1);
        return false;
      case 'awaiting-authorization':
        if (this.#plan.disturbance !== 'none' && !this.#isDisturbed) await this.#disturb();
        else if (ending === 'leave') await this.#click('[part~="cancel"]', 1);
        else await this.#goOn(sight);
        return false;
      default:
        return false;
    }
  }

  async #rest({ ends }: Sight): Promise<boolean> {
    const last = ends.at(-1);
    const hasRefused = ['deny', 'expire', 'revoke'].includes(this.#plan.ending) && this.#hasEnded();
    const hasLeft = this.#plan.ending === 'leave' && last?.type === 'account-connect-cancel';
    if (hasRefused || hasLeft) return true;
    this.#attempts += 1;
    if (this.#attempts > 6) return true;
    await this.#click('.trigger', this.#attempts === 1 ? this.#plan.clicks : 1);
    return false;
  }

  /** Plays the user at the provider: finishes, late or in a reopened window, or is denied. */
  async #goOn({ window }: Sight): Promise<void> {
    const { ending } = this.#plan;
    const { emulator } = this.#stage.flowHost.host;
    const link = this.#stage.flowHost.linkOf(this.#userId);
    const status = ({ deny: 'FAILED', expire: 'EXPIRED', revoke: 'REVOKED' } as const)[ending as 'deny'];
    if (status && link) {
      if (emulator.accounts.get(link.id)?.status === 'INITIATED') emulator.accounts.setStatus(link.id, status);
      return;
    }
    const [popup] = await popups(this.#stage);
    if (await popup?.read(isUsedUp).catch(() => false)) {
      // The window closed on its way back from Composio: the browser was never identified and a link works once. Start
      // again.
      await closePopups(this.#stage);
      await this.#click('[part~="cancel"]', 1);
    } else if (popup && ending === 'late-consent' && link) await popup.goto(link.redirectUrl).catch(() => undefined);
    else if (!popup && window !== 'open') await this.#click('[part~="reopen"]', 1);
  }

  #hasEnded(): boolean {
    const link = this.#stage.flowHost.linkOf(this.#userId);
    return link !== undefined && this.#stage.flowHost.host.emulator.accounts.get(link.id)?.status !== 'INITIATED';
  }

  async #disturb(): Promise<void> {
    this.#isDisturbed = true;
    const { window } = this.#stage;
    const { disturbance } = this.#plan;
    if (disturbance === 'reload') await window.reload();
    else if (disturbance === 'close-window') {
      await closePopups(this.#stage);
      await window.read(lookAtPage);
    } else await window.read(disturbance === 'move' ? move : removeForAWhile);
  }

  /** Clicks, and tolerates that the target is gone by then. */
  async #click(selector: string, times: number): Promise<void> {
    const middle = await this.#stage.window.read(middleOf, selector).catch(() => null);
    if (middle) await this.#stage.window.clickAt(middle.x, middle.y, times).catch(() => undefined);
  }
}

async function popups({ profile, window }: FlowStage): Promise<readonly BrowserWindow[]> {
  return (await profile.windows()).filter((other) => other !== window);
}

async function closePopups(stage: FlowStage): Promise<void> {
  for (const popup of await popups(stage)) {
    // A window that is navigating may outlive the first attempt to close it.
    await waitUntil(async () => {
      await popup.close().catch(() => undefined);
      return popup.isClosed();
    }, 'the window is closed');
  }
}

/** Runs in the window. */
function isUsedUp(): boolean {
  return document.title.includes('Link already used');
}

/** Runs in the page. */
function look(): Sight | null {
  const element = document.querySelector('connect-account');
  if (!element?.state) return null;
  const { state } = element;
  const ends = globalThis.pageRecord.events.filter(({ type }) => /^account-connect(?:ed|-error|-cancel)$/.test(type));
  return { phase: state.phase, window: 'window' in state ? state.window : undefined, ends };
}

/** Runs in the page. */
function middleOf(selector: string): { x: number; y: number } | null {
  const element = document.querySelector('connect-account')?.shadowRoot?.querySelector(selector);
  const { x, y, width, height } = element?.getBoundingClientRect() ?? new DOMRect();
  return width > 0 ? { x: Math.round(x + width / 2), y: Math.round(y + height / 2) } : null;
}

/** Runs in the page: focuses it. A browser gives the focus to one page at most, and other users have pages too. */
function lookAtPage(): void {
  document.hasFocus = () => true;
  dispatchEvent(new Event('focus'));
}

/** Runs in the page. */
function move(): void {
  document.body.append(document.querySelector('connect-account') ?? '');
}

/** Runs in the page. */
async function removeForAWhile(): Promise<void> {
  const element = document.querySelector('connect-account');
  element?.remove();
  await new Promise((resolve) => setTimeout(resolve, 300));
  document.body.append(element ?? '');
}
