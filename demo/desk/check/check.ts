import type { Need, Probe } from './probe.js';

/** One sentence of the protocol, and how to see that a backend keeps it. */
export interface Check {
  /** Short name, for `--only` and for reports of machines. */
  readonly id: string;
  /** The sentence. */
  readonly title: string;
  /** What to change in a backend that does not keep it. */
  readonly fix: string;
  readonly needs?: readonly Need[];
  /** True if a backend works without it. It is told, and fails nothing. */
  readonly isAdvice?: boolean;
  /** @throws Finding with what is wrong */
  run(probe: Probe): Promise<void>;
}
