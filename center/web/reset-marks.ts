import type { ExamRecord } from '../../contract/records/index.ts';
import type { ProctorId } from '../../contract/words/ids.ts';
import type { PinReset } from '../people/index.ts';
import { ACCESS_WORDS } from './access-words.ts';
import type { Framed } from './frame.ts';
import { type Html, html } from './html.ts';
import { chip } from './table.ts';
import type { RoomTime } from './time.ts';

export type Resets = ReadonlyMap<ProctorId, readonly PinReset[]>;
export type ResetView = Pick<Framed, 'locale'> & {
  readonly resets: Resets;
  readonly proctorNames: ReadonlyMap<ProctorId, string>;
  readonly times: RoomTime;
};

/** The last reset of each proctor before they decided something in a record: it may have been whoever reset the PIN. */
function resetsBehind(record: ExamRecord, resets: Resets): ReadonlyMap<ProctorId, PinReset> {
  const behind = new Map<ProctorId, PinReset>();
  for (const { by, second, at } of record.decisions)
    for (const who of second ? [by, second] : [by]) {
      const last = resets.get(who)?.findLast(({ resetAt }) => resetAt <= at);
      if (last) behind.set(who, last);
    }
  return behind;
}

/** That an operator could have been the proctor who decided this. */
export function resetMarks(record: ExamRecord, { locale, resets, proctorNames, times }: ResetView): Html {
  const t = ACCESS_WORDS[locale];
  const each = [...resetsBehind(record, resets)].map(
    ([id, { resetAt, setAt }]) =>
      html`${chip('bad', t.pinWasReset)}<small>${proctorNames.get(id) ?? id}: ${t.resetOn(times.format(resetAt), setAt && times.format(setAt))}</small>`,
  );
  return html`${each}`;
}
