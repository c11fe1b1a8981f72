import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

type Step = {
  /** How often each record was made canonical. */
  readonly perRecord: number;
  readonly msPerRecord: number;
};
/** What a result costs from the station's outbox to the center's receipt, both in one process, over HTTP. */
export type RecordsBench = {
  readonly records: number;
  /** Still without a receipt at the end. */
  readonly left: number;
  readonly kept: Step;
  readonly sealed: Step;
  readonly logged: Step;
};

/** In a process of its own: what counts has to be loaded before what is counted. */
export async function benchRecords(records: number): Promise<RecordsBench> {
  const at = (file: string): string => resolve(import.meta.dirname, file);
  const args = ['--import', at('canonical-count.ts'), at('records-child.ts'), String(records)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as RecordsBench;
}
