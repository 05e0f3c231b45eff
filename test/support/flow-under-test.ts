import { attemptPart, ConnectFlow } from '../../src/core/flow/connect-flow.js';
import type { ConnectSettings } from '../../src/core/flow/connect-settings.js';
import type { ConnectOutcome, ConnectPhase } from '../../src/core/flow/connect-state.js';
import type { ConnectEvent } from '../../src/core/flow/connect-transition.js';
import type { ConnectedAccount } from '../../src/core/model/connection-types.js';
import { until } from './fake-clock.js';
import { FakePorts } from './fake-ports.js';
import { settingsWith } from './flow-settings.js';
import { MemoryClient } from './memory-client.js';

// Most tests are about what a flow does once the steps of an attempt are there.
await attemptPart.load();

/** Options of a flow under test. */
export interface FlowOptions {
  readonly settings?: Partial<ConnectSettings>;
  /** The accounts that exist at the start. */
  readonly accounts?: readonly ConnectedAccount[];
  /** Ports of the page before a reload, with its clock and storage. The backend is kept too. */
  readonly ports?: FakePorts;
  readonly client?: MemoryClient;
}

/** A flow controlled by a test, with its environment, its backend and a record of everything that happened. */
export class FlowUnderTest {
  readonly ports: FakePorts;
  readonly client: MemoryClient;
  readonly settings: ConnectSettings;
  readonly flow: ConnectFlow;
  /** Every phase that the flow entered, in order. */
  readonly phases: ConnectPhase[] = [];
  readonly events: ConnectEvent[] = [];

  constructor({ settings, accounts, ports = new FakePorts(), client }: FlowOptions) {
    this.ports = ports;
    this.client = client ?? new MemoryClient(() => ports.clock.wallNow());
    if (accounts) this.client.accounts = accounts;
    this.settings = settingsWith({ client: this.client, ...settings });
    this.flow = new ConnectFlow(ports);
    this.flow.subscribe((state, previous, event) => {
      if (state.phase !== previous.phase) this.phases.push(state.phase);
      this.events.push(event);
    });
    this.flow.start(this.settings);
  }

  /** The outcomes of its attempts, in order. */
  get ends(): string[] {
    return this.events.flatMap((event) => (event.type === 'ended' ? [describeOutcome(event.outcome)] : []));
  }

  async reaches(phase: ConnectPhase): Promise<void> {
    await until(() => this.flow.state.phase === phase, `phase ${phase}; it is ${this.flow.state.phase}`);
  }

  async loaded(): Promise<void> {
    await until(() => this.flow.state.phase !== 'loading', 'the end of the reading');
  }

  /** Starts an attempt and waits until the user is at the provider, or would be. */
  async connect(): Promise<{ outcome: Promise<ConnectOutcome> }> {
    await this.loaded();
    const outcome = this.flow.connect();
    await until(() => ['awaiting-authorization', 'popup-blocked'].includes(this.flow.state.phase), 'a link');
    return { outcome };
  }

  /** Sets the status of the newest link's account on the server, where the next poll finds it. */
  report(status: ConnectedAccount['status']): void {
    this.client.change(this.linkedId, { status });
  }

  /** The id of the newest link's account. */
  get linkedId(): string {
    return this.client.accounts.at(-1)?.id ?? '';
  }
}

/** Starts a flow, as an element does when it is connected to a page. */
export function startFlow(options: FlowOptions = {}): FlowUnderTest {
  return new FlowUnderTest(options);
}

/** Starts a flow whose user is at the provider. */
export async function awaitingFlow(
  options: FlowOptions = {},
): Promise<FlowUnderTest & { outcome: Promise<ConnectOutcome> }> {
  const test = startFlow(options);
  return Object.assign(test, await test.connect());
}

/** `connected`, `cancelled: user`, `failed: link_expired`. */
export function describeOutcome(outcome: ConnectOutcome): string {
  if (outcome.status === 'connected') return 'connected';
  return outcome.status === 'cancelled' ? `cancelled: ${outcome.reason}` : `failed: ${outcome.error.code}`;
}
