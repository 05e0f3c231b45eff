import type { BindingMode } from '../../../src/server.js';
import type { AttackStage } from './attack-stage.js';

/** A way in that a security review has tried, by its number there. */
export interface Hypothesis {
  readonly number: number;
  readonly name: string;
  /** The bindings that must withstand it. */
  readonly bindings: readonly BindingMode[];
  run(stage: AttackStage): Promise<void>;
}

/** A way in that another test tries, because it needs a browser, another runtime or time. */
export interface ShownElsewhere {
  readonly number: number;
  readonly name: string;
  readonly file: string;
  /** The title of the test, or a part of it. */
  readonly title: string;
}

/** What is promised without a binding too. */
export const ALL: readonly BindingMode[] = ['state', 'verifier', 'off'];
export const BOTH: readonly BindingMode[] = ['state', 'verifier'];
/** What does not depend on the binding. */
export const ANY: readonly BindingMode[] = ['state'];

/** Lists the hypotheses of one subject. */
export function hypotheses(
  ...rows: readonly [number: number, name: string, bindings: readonly BindingMode[], run: Hypothesis['run']][]
): readonly Hypothesis[] {
  return rows.map(([number, name, bindings, run]) => ({ number, name, bindings, run }));
}
