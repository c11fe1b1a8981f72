import type { Page } from 'playwright-core';
import { type Act, measuredHands } from './hands.ts';
import { installProbe } from './probe.ts';
import { type Interactions, interactionsOf, type LongTasks, longTasksOf } from './summary.ts';
import { answerAndLookAround, handIn, letInByFace, letInByHand, onScreen, proctorDoes, screen } from './ways.ts';

/** A whole sitting by hands that are timed, from the first screen and back to it. */
export type SittingSpeed = Interactions & {
  /** During the exam. */
  readonly longTasks: LongTasks;
  /** Pictures of the camera that went to the station, a second, during the exam. */
  readonly framesPerSecond: number;
  /** How often the monitor paused the exam, and a proctor let it go on. */
  readonly pauses: number;
};

export type Sitter = { readonly number: string; readonly pin: string; readonly watched: boolean };

/** @param laps rounds over the paper: by mouse and by touch in turn */
export async function timeSitting(page: Page, { number, pin, watched }: Sitter, laps: number): Promise<SittingSpeed> {
  await installProbe(page);
  await page.reload();
  const hands = await measuredHands(page);
  if (watched) await letInByFace(hands, number);
  else await letInByHand(hands, number, pin);
  await proctorDoes(hands, 'unlock', pin);
  await screen(hands, 'exam');
  const before = hands.acts.length;
  let pauses = 0;
  for (let lap = 0; lap < laps; lap++) {
    hands.by = lap % 2 === 0 ? 'mouse' : 'touch';
    if (await onScreen(hands, 'paused')) {
      await proctorDoes(hands, 'resume', pin);
      await screen(hands, 'exam');
      pauses += 1;
    }
    await answerAndLookAround(hands, pin);
  }
  const exam = hands.acts.slice(before);
  await handIn(hands);
  return {
    ...interactionsOf(hands.acts),
    ...{ longTasks: longTasksOf(exam, 'exam'), framesPerSecond: framesPerSecond(exam), pauses },
  };
}

function framesPerSecond(acts: readonly Act[]): number {
  const [first, last] = [acts.at(0)?.seen, acts.at(-1)?.seen];
  return first && last ? ((last.frames - first.frames) / (last.now - first.now)) * 1000 : 0;
}
