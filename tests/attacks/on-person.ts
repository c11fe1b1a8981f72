import { MOST_UNENDED } from '../../center/moves/index.ts';
import { newCode, type TestStation } from '../../center/testing/index.ts';
import { Beginnings } from '../../contract/people-center/beginnings.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { type Beginning, type BeginningReply, paths } from '../../contract/station-center/center-api.ts';
import { CandidateId, SittingId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { mustBeginHere } from '../../station/moving/index.ts';
import type { Attack, Seen } from './attack.ts';
import { inRoom, type Room } from './results-room.ts';
import { at, begin, CANDIDATE, checkIn, EXAM, type Started, setUp, withCenter } from './station-at-center.ts';

const PERSON = { about: 'person', attacker: 'firm' } as const;
const WHO = CandidateId.parse('cd_demo-1');

async function say(
  station: TestStation,
  sitting: string,
  state: Beginning['state'],
  who: CandidateId = WHO,
): Promise<BeginningReply['answer'] | string> {
  const told: Beginning = { sittingId: SittingId.parse(sitting), candidateId: who, examId: EXAM, state };
  const reply = (await station.call('POST', paths.beginnings, told)).json<{ answer?: string; reason?: string }>();
  return reply.answer ?? reply.reason ?? 'no answer';
}

/** What the operator is shown. */
async function begun({ center }: Pick<Room, 'center'>) {
  const headers = { authorization: `Bearer ${center.secrets.operatorToken}` };
  const reply = await center.app.inject({ method: 'GET', url: operatorPaths.beginnings, headers });
  return Beginnings.parse(reply.json()).beginnings;
}

const codesIn = async (room: Room): Promise<readonly string[]> =>
  (await room.disputes()).records.map(({ findings }) => findings.map(({ code }) => code).join(' '));

const refused = (said: string, reason: string): Seen => ({ outcome: said === reason ? 'prevented' : 'open', said });

/** What a real station makes of what the center says, where somebody is to be unlocked. */
async function unlockAt(station: Started): Promise<string> {
  try {
    return (await mustBeginHere({ ...station, askToBegin: station.client.begins })) ?? 'nothing to ask';
  } catch (error) {
    return error instanceof Refusal ? error.reason : String(error);
  }
}

/** Two real stations of one center. */
const withTwo = (replay: (here: Started, there: Started) => Promise<Seen>): Promise<Seen> =>
  withCenter(async (center, folder) => {
    const { station: here } = await setUp(center, at(folder));
    const enrolmentCode = await newCode(center.app, center.secrets.operatorToken);
    const { station: there } = await setUp(
      { ...center, secrets: { ...center.secrets, enrolmentCode } },
      `${at(folder)}-2`,
    );
    try {
      return await replay(here, there);
    } finally {
      here.stop();
      there.stop();
    }
  });

async function tell({ client }: Started, sittingId: SittingId, state: Beginning['state']): Promise<void> {
  await client.begins({ sittingId, candidateId: CANDIDATE, examId: EXAM, state });
}

/** One person, at two stations or too often. */
export const attacksOnPersons: readonly Attack[] = [
  {
    ...PERSON,
    name: 'two-stations-at-once',
    does: 'has one person sit at two stations that both reach the center, another face let in by hand at the second',
    outcome: 'prevented',
    by: 'the station: it asks the center before an exam begins, and no proctor at it can overrule the answer',
    told: ['sits-elsewhere'],
    replay: () =>
      withTwo(async (here, there) => {
        const sitting = checkIn(here);
        const first = await unlockAt(here);
        begin(here);
        await tell(here, sitting, 'begun');
        checkIn(there);
        const second = await unlockAt(there);
        return refused(first === 'granted' ? second : `the first: ${first}`, 'sits-elsewhere');
      }),
  },
  {
    ...PERSON,
    name: 'two-stations-one-unplugged',
    does: 'pulls the network cable of the second station first',
    outcome: 'detected',
    by: 'the center: both records are disputed as soon as both are there',
    told: ['sat-twice'],
    replay: () =>
      inRoom(async (room) => {
        const [here, there] = [await room.station('一号考站'), await room.station('二号考站')];
        await say(here, 'si_a', 'begun');
        await room.send(here, room.record(here, 1));
        await room.send(there, room.record(there, 2, { changes: {} }));
        const found = await codesIn(room);
        const both = found.length === 2 && found.every((codes) => codes.includes('sat-twice'));
        return { outcome: both && (await room.passed()) === 0 ? 'detected' : 'open', said: found.join('; ') };
      }),
  },
  {
    ...PERSON,
    name: 'begun-unasked-and-never-sent',
    does: 'lets one person sit unasked at a second station, and sends up the better record only',
    outcome: 'detected',
    by: 'the center: a station that is heard again says what began, and `dispute begun` shows it beside the record',
    told: ['sits-elsewhere'],
    replay: () =>
      inRoom(async (room) => {
        const [here, there] = [await room.station('一号考站'), await room.station('二号考站')];
        await say(here, 'si_a', 'begun');
        await say(there, 'si_b', 'begun');
        await room.send(here, room.record(here, 1, { changes: { sittingId: 'si_a' } }));
        const kept = (await begun(room)).find(({ sittingId }) => sittingId === 'si_b');
        return { outcome: kept?.against ? 'detected' : 'open', said: kept?.against ?? 'not kept' };
      }),
  },
  {
    ...PERSON,
    name: 'third-attempt-after-a-restart',
    does: 'begins both attempts, pulls the plug before either is handed in, and begins a third at another station',
    outcome: 'prevented',
    by: 'the center: an attempt counts from when it begins, with a record or without',
    told: ['attempts-used'],
    replay: () =>
      inRoom(async (room) => {
        const [here, there] = [await room.station('一号考站'), await room.station('二号考站')];
        for (const sitting of ['si_a', 'si_b'])
          for (const state of ['begun', 'over'] as const) await say(here, sitting, state);
        return refused(await say(there, 'si_c', 'asking'), 'attempts-used');
      }),
  },
  {
    ...PERSON,
    name: 'third-attempt-on-an-emptied-station',
    does: 'deletes the data folder after two attempts, enrols the station again under another name, and begins a third',
    outcome: 'prevented',
    by: 'the center: it counts people and not stations',
    told: ['no-attempt-left'],
    replay: () =>
      withCenter(async (center, folder) => {
        const { station } = await setUp(center, at(folder));
        for (const sitting of ['si_a', 'si_b'])
          for (const state of ['begun', 'over'] as const) await tell(station, SittingId.parse(sitting), state);
        station.stop();
        const enrolmentCode = await newCode(center.app, center.secrets.operatorToken);
        const { station: again } = await setUp(
          { ...center, secrets: { ...center.secrets, enrolmentCode } },
          `${at(folder)}-again`,
        );
        try {
          checkIn(again);
          return refused(await unlockAt(again), 'no-attempt-left');
        } finally {
          again.stop();
        }
      }),
  },
  {
    ...PERSON,
    name: 'attempt-beside-a-moved-one',
    does: 'moves an exam to one station, and begins it anew at a third one before it goes on',
    outcome: 'prevented',
    by: 'the center: an exam that was moved keeps its candidate where it goes on',
    told: ['sits-elsewhere'],
    replay: () =>
      inRoom(async (room) => {
        const [here, there, third] = await Promise.all(['一', '二', '三'].map((name) => room.station(`${name}号考站`)));
        if (!here || !there || !third) throw new Error('three stations were enrolled');
        await say(here, 'si_a', 'begun');
        const move = { to: there.stationId, sittingId: 'si_a', candidateId: WHO, examId: EXAM, file: 'AAAA' };
        await here.call('POST', paths.rescues, move);
        await say(here, 'si_a', 'over');
        return refused(await say(third, 'si_c', 'asking'), 'sits-elsewhere');
      }),
  },
  {
    ...PERSON,
    attacker: 'administrator of a station',
    name: 'claims-everybody',
    does: 'says of everybody on the roster that they sit at its station or sat there, so that they begin nowhere else',
    outcome: 'detected',
    by: `the center: it believes one at a time and ${MOST_UNENDED} a day without a record, shows them, and its operator releases them`,
    told: ['5 of 8 believed, then granted'],
    replay: () =>
      inRoom(async (room) => {
        const [junk, fair] = [await room.station('一号考站'), await room.station('二号考站')];
        const { candidates } = await fair.assignment();
        const whom = candidates.filter(({ examId }) => examId === EXAM).map(({ id }) => id);
        const many = Array.from({ length: MOST_UNENDED + 3 }, (_, n) => whom[n % whom.length] ?? WHO);
        for (const [n, who] of many.entries()) await say(junk, `si_junk${n}`, n % 2 ? 'over' : 'begun', who);
        const shown = await begun(room);
        const headers = { authorization: `Bearer ${room.center.secrets.operatorToken}` };
        for (const { sittingId } of shown) {
          const payload = { sittingId, by: '主考', note: '这台考站没有这些人' };
          await room.center.app.inject({ method: 'POST', url: operatorPaths.beginnings, payload, headers });
        }
        const after = await say(fair, 'si_fair', 'asking', whom[0]);
        const seen = shown.length === MOST_UNENDED && after === 'granted';
        return {
          outcome: seen ? 'detected' : 'open',
          said: `${shown.length} of ${many.length} believed, then ${after}`,
        };
      }),
  },
  {
    ...PERSON,
    attacker: 'administrator of a station',
    name: 'claims-people-of-another-firm',
    does: 'says of people of another firm that they sit at its station',
    outcome: 'prevented',
    by: 'the center: a station speaks for its own firm alone, and for others by a grant',
    told: ['not-on-roster'],
    replay: () =>
      inRoom(async (room) => {
        const junk = await room.station('一号考站');
        return refused(await say(junk, 'si_a', 'begun', CandidateId.parse('cd_not-ours')), 'not-on-roster');
      }),
  },
];
