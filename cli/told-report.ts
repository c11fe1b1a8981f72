import type { CommandReply } from '../contract/people-center/operator-api.ts';
import type { CommandOutcome } from '../contract/words/proctoring.ts';
import { explainOfCenter } from '../messages/of-center.ts';
import { type CommandResult, IN_PART } from './output.ts';

/** One station, and what became of what it was told; `null` where it has not said. */
export type Answered = CommandReply['commands'][number] & { readonly outcome: CommandOutcome | null };

/**
 * What became of a command at each station. Where nobody it is meant for sits it has nothing to obey, which is no failure, unless
 * it is so everywhere.
 * @param seconds how long it may be obeyed
 */
export function toldReport(answers: readonly Answered[], seconds: number): CommandResult {
  const done = answers.filter(({ outcome }) => outcome === 'done');
  const nobody = answers.filter(({ outcome }) => outcome === 'nobody-here');
  const not = answers.filter(({ outcome }) => outcome !== 'done' && outcome !== 'nobody-here');
  const ok = done.length > 0 && not.length === 0;
  const exit = ok ? 0 : done.length > 0 ? IN_PART : 1;
  const text = [
    ...answers.map(({ station, stationId, outcome }) => `${station} (${stationId}): ${inWords(outcome, seconds)}`),
    ...(done.length > 0 ? [`obeyed by ${namesOf(done)}`] : ['obeyed by none']),
    ...(not.length > 0 ? [`NOT obeyed by ${namesOf(not)}`] : []),
    ...(nobody.length > 0 ? [`nobody it is meant for sits at ${namesOf(nobody)}`] : []),
  ];
  const said = exit === IN_PART ? { reason: 'in-part' } : {};
  return { exit, json: { ok, done: done.length, of: answers.length, ...said, stations: answers }, text };
}

const namesOf = (answers: readonly Answered[]): string =>
  `${answers.length} of the stations: ${answers.map(({ station }) => station).join(', ')}`;

function inWords(outcome: CommandOutcome | null, seconds: number): string {
  if (outcome === 'done') return 'done';
  return outcome === null
    ? `no answer yet; it may still be obeyed within ${seconds} s`
    : `${outcome}: ${explainOfCenter(outcome, 'zh')} ${explainOfCenter(outcome, 'en')}`;
}
