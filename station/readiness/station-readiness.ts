import type { Logger } from 'pino';
import type { Check, Readiness } from '../../contract/words/readiness.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { KnownFacts, MeasuredFacts } from './facts.ts';
import { judgeAll } from './judge.ts';

/** Whether somebody can sit an exam here, and why not. */
export type StationReadiness = {
  /** As it is while nobody sits here, and as it was then while somebody does. */
  readonly now: Readiness;
  /** How much of a check is done, 0..1, while one is under way. */
  readonly progress: number | undefined;
  /** Whether the camera was looked through. */
  readonly cameraSeen: boolean;
  /**
   * Measures anew. It ends early where somebody sits down.
   * @param thoroughly what wears or takes its time, too
   * @throws Refusal `not-allowed-now` where somebody sits here
   */
  check(thoroughly: boolean): Promise<void>;
  /** Somebody sits down: what is measured is called off. */
  callOff(): void;
  /** What the kiosk's shell says of itself. */
  shellSays(checks: readonly Check[]): void;
  /** Whether it has, and what. */
  readonly ofShell: readonly Check[] | undefined;
};

/** Finds out one thing. Nothing where it was called off, or cannot be known. */
export type Measuring = (thoroughly: boolean, signal: AbortSignal) => Promise<MeasuredFacts>;

export type ReadinessParts = {
  readonly known: (shell: readonly Check[] | undefined) => KnownFacts;
  readonly measure: readonly Measuring[];
  /** Whether nobody sits here and nobody enrols. */
  readonly quiet: () => boolean;
  readonly onChange: () => void;
  readonly log: Logger;
};

export function openReadiness({ known, measure, quiet, onChange, log }: ReadinessParts): StationReadiness {
  let measured: MeasuredFacts = {};
  let ofShell: readonly Check[] | undefined;
  let newest: Readiness | undefined;
  let progress: number | undefined;
  let running: Promise<void> | undefined;
  let controller = new AbortController();

  const measureAll = async (thoroughly: boolean): Promise<void> => {
    controller = new AbortController();
    const { signal } = controller;
    for (const [done, step] of measure.entries()) {
      progress = done / measure.length;
      onChange();
      const found = await step(thoroughly, signal).catch((error) => {
        if (!signal.aborted) log.warn({ error: String(error) }, 'a check could not be made');
        return {};
      });
      if (signal.aborted) return;
      measured = { ...measured, ...found };
    }
  };
  return {
    get now() {
      if (!newest || quiet()) newest = judgeAll({ known: known(ofShell), measured });
      return newest;
    },
    get progress() {
      return progress;
    },
    get cameraSeen() {
      return measured.camera !== undefined;
    },
    get ofShell() {
      return ofShell;
    },
    async check(thoroughly) {
      await running;
      if (!quiet()) throw new Refusal('not-allowed-now', 'somebody sits here');
      running ??= measureAll(thoroughly).finally(() => {
        running = undefined;
        progress = undefined;
        onChange();
      });
      await running;
    },
    callOff: () => controller.abort(),
    shellSays(checks) {
      ofShell = checks;
      onChange();
    },
  };
}
