import { setTimeout } from 'node:timers/promises';
import type { Journal, JournalEntry } from './journal.ts';
import type { Step, StepFinding } from './step.ts';

/** What was done, and what did not come to be. */
export type Lockdown = {
  readonly findings: readonly StepFinding[];
  /** Looks again at everything that was done: what does not hold any more is done again, and told. */
  renew(): Promise<readonly StepFinding[]>;
  /** Undoes everything, last first; goes on where a step cannot be undone. @returns the steps that could not be */
  revert(): Promise<readonly string[]>;
};

/**
 * Performs the steps in order, each in the journal before it is done. A step that fails is taken back by itself and told of;
 * the others are done all the same: whether an exam may begin without it is for a proctor to say.
 */
export async function performAll(steps: readonly Step[], journal: Journal): Promise<Lockdown> {
  const book = openBook(journal, leftOver(journal));
  const done: Step[] = [];
  const findings: StepFinding[] = [];
  let renewing: Promise<unknown> = Promise.resolve();
  for (const step of steps) {
    const finding = await perform(step, book);
    findings.push(finding);
    if (finding.state === 'held') done.push(step);
  }
  return {
    findings,
    renew() {
      const renewed = renewAll(done);
      renewing = renewed;
      return renewed;
    },
    async revert() {
      const stuck: string[] = [];
      // What is being looked at would otherwise be done again after it was undone.
      const undoing = done.splice(0);
      await renewing;
      done.push(...undoing);
      for (let step = done.pop(); step; step = done.pop())
        if ((await undo(step, book)) !== undefined) stuck.push(step.name);
      return stuck;
    },
  };
}

/** Looks at each step that was done, and does again what does not hold. @returns how every one that changed stands now */
async function renewAll(done: readonly Step[]): Promise<readonly StepFinding[]> {
  const lost: StepFinding[] = [];
  for (const step of [...done]) {
    const what = await attempt(() => step.verify());
    if (what === undefined) continue;
    if (!done.includes(step)) break;
    const again = await attempt(async () => {
      await step.perform();
      return step.verify();
    });
    lost.push({ step: step.name, state: again === undefined ? 'held' : 'failed', detail: what });
  }
  return lost;
}

/** What could not be undone before: what was there then is what has to be put back, not what is there now. */
function leftOver(journal: Journal): readonly JournalEntry[] {
  try {
    return journal.read();
  } catch {
    return [];
  }
}

/**
 * Undoes what an earlier run left, last first: also what it was in the middle of.
 * @returns the names of the steps that were undone, and of those that could not be
 */
export async function restore(
  steps: readonly Step[],
  journal: Journal,
): Promise<{ readonly undone: readonly string[]; readonly stuck: readonly string[]; readonly damaged?: string }> {
  const { entries, damaged } = await readOrSetAside(steps, journal);
  const book = openBook(journal, entries);
  const [undone, stuck]: [string[], string[]] = [[], []];
  for (const entry of [...entries].reverse()) {
    const step = steps.find(({ name }) => name === entry.step);
    // What went with the program that ended needs no undoing, and what no step of today knows is not guessed at.
    if (!step || step.scope === 'program') {
      await attempt(() => book.strike(entry.step));
      continue;
    }
    const failed = await undo(step, book, entry);
    (failed === undefined ? undone : stuck).push(step.name);
  }
  return { undone, stuck, ...(damaged ? { damaged } : {}) };
}

/** A journal that cannot be read says nothing of what was there: whatever outlives a program then goes to a fresh system's. */
async function readOrSetAside(
  steps: readonly Step[],
  journal: Journal,
): Promise<{ readonly entries: readonly JournalEntry[]; readonly damaged?: string }> {
  try {
    return { entries: journal.read() };
  } catch {
    const damaged = journal.setAside();
    const entries: JournalEntry[] = [];
    for (const step of steps) {
      // What this machine does not have cannot have been changed on it.
      const isHere = step.scope === 'machine' && (await attempt(() => step.absent())) === undefined;
      if (isHere) entries.push({ step: step.name, found: null, state: 'performed' });
    }
    return { entries, damaged };
  }
}

/** The journal's entries as they change. */
type Book = {
  enter(entry: JournalEntry): void;
  strike(step: string): undefined;
  found(step: string): JournalEntry | undefined;
};

function openBook(journal: Journal, from: readonly JournalEntry[] = []): Book {
  let entries = from;
  const without = (step: string) => entries.filter((entry) => entry.step !== step);
  return {
    enter(entry) {
      journal.write([...without(entry.step), entry]);
      entries = [...without(entry.step), entry];
    },
    strike(step) {
      entries = without(step);
      journal.write(entries);
      return undefined;
    },
    found: (step) => entries.find((entry) => entry.step === step),
  };
}

async function perform(step: Step, book: Book): Promise<StepFinding> {
  const { name } = step;
  let [entry, absent]: [JournalEntry | undefined, string | undefined] = [undefined, undefined];
  const failed = await attempt(async () => {
    absent = await step.absent();
    if (absent !== undefined) return undefined;
    entry = { step: name, found: book.found(name)?.found ?? (await step.look()), state: 'performing' };
    book.enter(entry);
    await step.perform();
    book.enter({ ...entry, state: 'performed' });
    return step.verify();
  });
  if (failed === undefined && absent !== undefined) return { step: name, state: 'absent', detail: absent };
  if (failed === undefined) return { step: name, state: 'held', detail: '' };
  if (entry && book.found(name)) await undo(step, book, entry);
  return { step: name, state: 'failed', detail: failed };
}

/** @returns what went wrong; what cannot be undone now stays in the journal for the next start */
async function undo(step: Step, book: Book, entry = book.found(step.name)): Promise<string | undefined> {
  return attempt(async () => {
    await step.revert(entry?.found ?? undefined);
    book.strike(step.name);
    return undefined;
  });
}

/** A step that does not come to an end keeps neither the kiosk closed nor the machine locked. */
const PATIENCE_MS = 20_000;

/** What somebody found, or what was thrown, in words. */
async function attempt(look: () => Promise<string | undefined> | string | undefined): Promise<string | undefined> {
  const tooLong = new AbortController();
  const late = setTimeout(PATIENCE_MS, 'it did not come to an end', { signal: tooLong.signal }).catch(() => undefined);
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    tooLong.abort();
  }
}
