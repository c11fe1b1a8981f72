import { ZodError, z } from 'zod';
import { type Reason, Refusal } from '../contract/words/reasons.ts';
import { words } from '../messages/checks.ts';
import { explainAtCommandLine, explainOfCenter } from '../messages/of-center.ts';
import type { Verdict } from '../proof/index.ts';
import { CenterRefusal } from './operator.ts';

/** Done, and not everywhere; of what was signed: not proven. */
export const IN_PART = 3;
/** What somebody who watches a log has found: it contradicts itself. */
export const FORKED = 4;
/** What somebody who watches a log was not shown: that it goes on from what it was. */
export const UNPROVEN = 5;

/** 0 all well, 1 a finding, 2 the command was not used as it is meant, 3 {@link IN_PART}, 4 {@link FORKED}, 5 {@link UNPROVEN}. */
export type ExitCode = 0 | 1 | 2 | typeof IN_PART | typeof FORKED | typeof UNPROVEN;

export type CommandResult = {
  readonly exit: ExitCode;
  /** What `--json` prints: the whole result as one document. */
  readonly json: unknown;
  /** What people read. */
  readonly text: readonly string[];
};

/** What `verify` says of something. Each has an exit code of its own, and one sentence in each language. */
export const EXIT_OF: Readonly<Record<Verdict | 'refused', ExitCode>> = {
  proven: 0,
  'signed-only': IN_PART,
  refused: 1,
};
export const sentenceOf = (
  verdict: Verdict | 'proven-by-its-own-key' | 'refused' | 'refused-audit',
): readonly string[] => {
  const { zh, en } = words(`verdict.${verdict}`);
  return [zh, en];
};

/** What was signed, or was said to be, is nothing that anybody should trust. */
export const refused = (
  why: { readonly reason: Reason; readonly detail: string },
  what: 'refused' | 'refused-audit' = 'refused',
): CommandResult => ({
  exit: EXIT_OF.refused,
  json: { ok: false, verdict: 'refused', ...why },
  text: [
    `REFUSED  ${why.reason}: ${why.detail}`,
    ...sentenceOf(what),
    explainOfCenter(why.reason, 'zh'),
    explainOfCenter(why.reason, 'en'),
  ],
});

/** Runs one command and prints its result on standard output, once. */
export async function present(
  json: boolean | undefined,
  command: () => Promise<CommandResult> | CommandResult,
): Promise<void> {
  const result = await attempt(command);
  if (json || result.text.length > 0)
    process.stdout.write(json ? `${JSON.stringify(result.json, null, 2)}\n` : `${result.text.join('\n')}\n`);
  process.exitCode = result.exit;
}

async function attempt(command: () => Promise<CommandResult> | CommandResult): Promise<CommandResult> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof Refusal)) {
      const detail = inASentence(error);
      process.stderr.write(`${detail}\n`);
      return { exit: 2, json: { ok: false, reason: 'internal', detail }, text: [] };
    }
    const inWords = error instanceof CenterRefusal ? explainAtCommandLine : explainOfCenter;
    const text = [`${error.message}`, inWords(error.reason, 'zh'), inWords(error.reason, 'en')];
    return { exit: 1, json: { ok: false, reason: error.reason, detail: error.message }, text };
  }
}

const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EEXIST: 'is there already: name another file',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be opened by this user',
  ENOSPC: 'does not fit: the disk is full',
};

function inASentence(error: unknown): string {
  if (error instanceof ZodError) return z.prettifyError(error);
  const { code = '', path } = error as { readonly code?: string; readonly path?: string };
  const words = SYSTEM[code];
  if (words) return path ? `${path} ${words}` : `what was named ${words}`;
  return error instanceof Error ? error.message : String(error);
}
