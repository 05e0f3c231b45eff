import { executeServerCommand } from '@web/test-runner-commands';

/** Runs every test of a `describe` with forced colors, which remove all backgrounds. */
export function useForcedColors(): void {
  beforeEach(() => executeServerCommand('force-colors', true));
  afterEach(() => executeServerCommand('force-colors', false));
}
