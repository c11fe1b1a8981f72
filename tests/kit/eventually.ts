import { vi } from 'vitest';

/** What other programs and threads do takes its time on a busy machine: how long is nothing that a test should know. */
export const eventually = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 20_000, interval: 5 });
