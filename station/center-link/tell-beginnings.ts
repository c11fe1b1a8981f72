import type { Instant } from '../../contract/words/ids.ts';
import type { Beginnings, Begun, BegunState } from '../keep/moves/index.ts';
import type { CenterClient } from './center-client.ts';

export type TellingBeginnings = {
  readonly client: Pick<CenterClient, 'begins'>;
  readonly beginnings: Beginnings;
};

/** So often the center hears that an exam goes on: it holds nobody whose station is silent for too long. */
const SAY_EVERY_MS = 60_000;

/** Tells the center of exams that count: that one began here, that it goes on, that it is over. */
export function openTellingBeginnings({ client, beginnings }: TellingBeginnings) {
  let said = { sitting: '', at: Number.NEGATIVE_INFINITY };
  const say = async ({ sitting, candidate, exam, grant }: Begun, state: BegunState): Promise<Instant | undefined> => {
    const told = { sittingId: sitting, candidateId: candidate, examId: exam, state };
    // Also where it is refused: whoever does not hear it once a minute need not be told each round.
    said = { sitting, at: performance.now() };
    const { answer, at } = await client.begins(told, grant);
    return answer === 'unheard' ? undefined : at;
  };
  return {
    /** What is to be told, each for itself: what becomes of one keeps no other. */
    errands: () =>
      beginnings.untold().map((one) => ({
        tell: async () => beginnings.told(one.sitting, one.state, await say(one, one.state)),
        giveUp: () => beginnings.told(one.sitting, one.state),
      })),
    /** Says again that it goes on, once a minute. */
    async again(): Promise<void> {
      const running = beginnings.running();
      if (!running || (said.sitting === running.sitting && performance.now() - said.at < SAY_EVERY_MS)) return;
      await say(running, 'begun');
    },
  };
}
