import { executeServerCommand } from '@web/test-runner-commands';

/** Lets every test of a `describe` run with the colours of a contrast theme, which takes all backgrounds away. */
export function useForcedColors(): void {
  beforeEach(() => executeServerCommand('force-colors', true));
  afterEach(() => executeServerCommand('force-colors', false));
}
