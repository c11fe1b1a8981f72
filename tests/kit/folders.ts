import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

function makeFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'exam-station-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** An empty folder of its own for the test that runs, gone when it is over. */
export function temporaryFolder(): string {
  const { folder, remove } = makeFolder();
  onTestFinished(remove);
  return folder;
}

/** An empty folder for all tests of a file, or of the `describe` around the call; gone after the last. */
export function sharedFolder(): string {
  const { folder, remove } = makeFolder();
  afterAll(remove);
  return folder;
}
