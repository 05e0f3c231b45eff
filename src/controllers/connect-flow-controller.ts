import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { createBrowserPorts } from '../browser/browser-ports.js';
import { ConnectFlow, type ConnectListener } from '../core/flow/connect-flow.js';
import type { ConnectSettings } from '../core/flow/connect-settings.js';

/** What the controller asks of its element. */
export interface ConnectFlowHost extends ReactiveControllerHost {
  readonly isConnected: boolean;
}

/** How the element and its flow speak to each other. */
export interface ConnectFlowBinding {
  /** The settings as the element's properties say now. */
  settings(): ConnectSettings;
  /** Called at once with every change of state. */
  onTransition: ConnectListener;
  /** What a window says until it is sent to the provider. */
  waitingText(): string;
}

/** Ties a {@link ConnectFlow} to the life of an element; survives a move of the element within the page. */
export class ConnectFlowController implements ReactiveController {
  readonly flow: ConnectFlow;
  readonly #host: ConnectFlowHost;
  readonly #binding: ConnectFlowBinding;
  #running = false;
  /** Names what the flow began with: another identity begins anew. */
  #identity: readonly unknown[] = [];
  #warned = '';

  constructor(host: ConnectFlowHost, binding: ConnectFlowBinding) {
    this.#host = host;
    this.#binding = binding;
    const sameTab = () => binding.settings().mode === 'redirect';
    this.flow = new ConnectFlow(createBrowserPorts(() => binding.waitingText(), sameTab));
    this.flow.subscribe((state, previous, event) => {
      if (state.phase === 'misconfigured') this.#warn(state.error.message);
      binding.onTransition(state, previous, event);
      host.requestUpdate();
    });
    host.addController(this);
  }

  hostConnected(): void {
    // A move answered `disconnected` first: the flow has not been stopped, so nothing begins anew.
    this.#host.requestUpdate();
  }

  /** A move is a removal and an insertion in the same task (https://dom.spec.whatwg.org/#concept-node-insert), so wait for its end. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (this.#host.isConnected || !this.#running) return;
      this.#running = false;
      this.flow.stop('removed');
    });
  }

  /** Call it when properties may have changed. `identity`: what makes it another connection. */
  sync(identity: readonly unknown[]): void {
    if (!this.#host.isConnected) return;
    const same = this.#running && identity.every((part, index) => part === this.#identity[index]);
    this.#identity = identity;
    const settings = this.#binding.settings();
    this.#running = true;
    if (same) this.flow.adjust(settings);
    else this.flow.start(settings);
  }

  /** The page author's to mend, so it is the page author who is told, once. */
  #warn(message: string): void {
    if (message === this.#warned) return;
    this.#warned = message;
    console.warn(message);
  }
}
