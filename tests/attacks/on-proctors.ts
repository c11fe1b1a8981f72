import { hashSync } from '@node-rs/argon2';
import { demoPictures } from '../../center/seed/index.ts';
import {
  addOtherTenant,
  addProctor,
  batchOf,
  enrolStation,
  newCode,
  openTestCenter,
  recordOf,
  signIn,
  type TestCenter,
  type TestStation,
} from '../../center/testing/index.ts';
import { type Invitation, operatorPaths, setPinPath } from '../../contract/people-center/operator-api.ts';
import { AssignedProctor, paths, type StationGrants, under } from '../../contract/station-center/center-api.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { openDatabase } from '../../station/core/database/index.ts';
import { mustHaveDigits, openProctors } from '../../station/keep/proctors/index.ts';
import type { Attack, Seen } from './attack.ts';

const NIGHT = { opensAt: '2026-01-01T08:00:00.000Z', closesAt: '2099-01-01T09:00:00.000Z' };

/** A center of its own for each replay. */
async function atCenter(work: (open: TestCenter, ask: Ask) => Promise<Seen>, now?: () => Date): Promise<Seen> {
  const open = await openTestCenter(now ? { now } : {});
  const ask: Ask = (method, url, payload, others = {}) =>
    open.app.inject({
      ...{ method, url, ...(payload ? { payload } : {}) },
      ...{ headers: { authorization: `Bearer ${open.secrets.operatorToken}` }, ...others },
    });
  try {
    return await work(open, ask);
  } finally {
    await open.close();
  }
}
type Ask = (
  method: 'GET' | 'PUT' | 'POST',
  url: string,
  payload?: object,
  others?: { readonly remoteAddress?: string },
) => ReturnType<TestStation['call']>;

const prevented = (said: string): Seen => ({ outcome: 'prevented', said });
const detected = (said: string): Seen => ({ outcome: 'detected', said });
const open = (said: string): Seen => ({ outcome: 'open', said });
const windowOf = (said: object) => ({ examId: 'ex_demo', ...NIGHT, ...said });
const command = (changes: object) => ({ examId: 'ex_demo', action: { kind: 'pause' }, seconds: 60, ...changes });
/** A right number and wrong digits of the demonstration's proctor. */
const wrongPins = (pin: string, count: number): readonly string[] =>
  Array.from({ length: count + 1 }, (_, n) => pin.slice(0, 2) + String(n).padStart(4, '0'))
    .filter((one) => one !== pin)
    .slice(0, count);

/** The exam of the demonstration, as another firm's. */
async function putDemoExam({ app }: TestCenter, station: TestStation, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const exam = (await station.assignment()).exams.find(({ id }) => id === 'ex_demo');
  const bank = (await station.call('GET', paths.bank(exam?.bankId ?? ''))).json();
  for (const picture of demoPictures())
    await app.inject({ method: 'POST', url: operatorPaths.pictures, payload: Buffer.from(picture), headers });
  const put = await app.inject({ method: 'POST', url: operatorPaths.exams, payload: { exam, bank }, headers });
  if (put.statusCode !== 200) throw new Error(put.body);
}

const PINS = ['104829', '114829'] as const;
const CHEAP = { memoryCost: 64, timeCost: 1, parallelism: 1 };

/** A station's two proctors, the first with a badge, and a clock that goes on with each PIN that is typed. */
function atStation() {
  const badge = '110105198001010016';
  const list = PINS.map((pin, n) =>
    AssignedProctor.parse({
      ...{ id: n === 0 ? 'pr_a' : 'pr_b', name: pin, number: pin.slice(0, 2), pinHash: hashSync(pin, CHEAP) },
      ...(n === 0 ? { badgeHash: hashSync(badge, CHEAP) } : {}),
    }),
  );
  let passed = 0;
  const clock = { monotonic: () => passed, wall: () => new Date(passed).toISOString() } as never;
  const proctors = openProctors(() => list, clock, openDatabase(':memory:'));
  const answersTo = async (pins: readonly string[], everyMs: number): Promise<string[]> => {
    const said: string[] = [];
    for (const pin of pins) {
      passed += everyMs;
      const answer = proctors.authorise(pin).then(
        ({ id }) => id,
        ({ reason }) => reason as string,
      );
      said.push(await answer);
    }
    return said;
  };
  return { list, proctors, badge, answersTo };
}

/** Against a center and a station's list of proctors. */
export const attacksOnProctors: readonly Attack[] = [
  {
    name: 'pin-set-by-operator',
    about: 'proctors',
    attacker: 'firm',
    does: 'sets a proctor’s PIN, or a badge, and commands in their name',
    outcome: 'prevented',
    by: 'the center takes PINs and badges from the proctor alone, with their one-time code',
    told: ['pin-by-proctor', 'badge-by-proctor'],
    replay: () =>
      atCenter(async (_, ask) => {
        const put = (secret: object) =>
          ask('PUT', operatorPaths.proctors, { id: 'pr_demo-1', name: '王监考', ...secret });
        const said = [
          (await put({ pin: '48291537' })).json().reason,
          (await put({ badge: '110105198001010016' })).json().reason,
        ];
        const told = await ask('POST', operatorPaths.sessions, {
          examId: 'ex_demo',
          proctor: 'pr_demo-1',
          pin: '48291537',
          ...NIGHT,
        });
        return told.statusCode === 200 ? open('the command was given') : prevented(said.join(', '));
      }),
  },
  {
    name: 'pin-reset-by-operator',
    about: 'proctors',
    attacker: 'firm',
    does: 'resets a proctor’s PIN, sets another one with the code that was meant for them, and decides in their name',
    outcome: 'detected',
    by: 'the proctor, whose PIN is dead; whoever reads the audit log; and the records’ page, beside each decision since',
    told: ['marked beside the record', 'one line pin-reset in the audit log'],
    replay: () =>
      atCenter(async ({ app, secrets }, ask) => {
        const station = await enrolStation(app, secrets.enrolmentCode);
        const { code, number } = (
          await ask('POST', `${operatorPaths.proctors}/pr_demo-1/invitation`)
        ).json<Invitation>();
        await app.inject({ method: 'POST', url: setPinPath, payload: { proctor: number, code, pin: '4829' } });
        const given = await ask('POST', operatorPaths.sessions, { examId: 'ex_demo', pin: `${number}4829`, ...NIGHT });
        if (given.statusCode !== 200) return prevented(given.json().reason);
        const at = new Date().toISOString();
        const record = recordOf(station, { decisions: [{ action: 'unlocked', by: 'pr_demo-1', at }] });
        await station.call('POST', paths.batches, await batchOf(station, [record]));
        const page = await app.inject({
          url: '/?lang=en',
          headers: { cookie: await signIn(app, secrets.operatorToken) },
        });
        const { lines } = (await ask('GET', `${operatorPaths.audit}?what=pin-reset`)).json<{ lines: unknown[] }>();
        return page.body.includes('PIN was reset before') && lines.length === 1
          ? detected('marked beside the record, and one line pin-reset in the audit log')
          : open('nothing tells of it');
      }),
  },
  {
    name: 'proctor-invented',
    about: 'proctors',
    attacker: 'firm',
    does: 'puts in a proctor who does not exist, sets the PIN with the code, and decides in that name',
    outcome: 'open',
    by: 'it takes somebody outside of the firm who knows its proctors: the list with dates of the audit log is theirs to compare',
    replay: () =>
      atCenter(async ({ app }, ask) => {
        const put = await ask('PUT', operatorPaths.proctors, { id: 'pr_none', name: '无此人' });
        const { code, number } = put.json<{ invitation: Invitation }>().invitation;
        await app.inject({ method: 'POST', url: setPinPath, payload: { proctor: number, code, pin: '4829' } });
        const given = await ask('POST', operatorPaths.sessions, { examId: 'ex_demo', pin: `${number}4829`, ...NIGHT });
        return given.statusCode === 200 ? open('the code was told') : prevented(given.json().reason);
      }),
  },
  {
    name: 'pin-oracle',
    about: 'proctors',
    attacker: 'proctor',
    does: 'tries PINs of their own until one is refused for being another’s',
    outcome: 'prevented',
    by: 'two proctors may choose the same digits: their numbers tell them apart',
    told: ['both are taken'],
    replay: () =>
      atCenter(async ({ app }, ask) => {
        const said: number[] = [];
        for (const name of ['甲', '乙']) {
          const put = await ask('PUT', operatorPaths.proctors, { id: `pr_${name === '甲' ? 'a' : 'b'}`, name });
          const { code } = put.json<{ invitation: Invitation }>().invitation;
          const set = { proctor: name, code, pin: '4829' };
          said.push((await app.inject({ method: 'POST', url: setPinPath, payload: set })).statusCode);
        }
        return said.every((status) => status === 200) ? prevented('both are taken') : open(said.join(', '));
      }),
  },
  {
    name: 'pin-guessed-by-account',
    about: 'proctors',
    attacker: 'firm',
    does: 'guesses a proctor’s PIN at the center, from a new address each time',
    outcome: 'prevented',
    by: 'after three wrong ones each costs twice the wait, up to an hour; each is a line of the audit log',
    told: ['pin-wrong', 'try-later'],
    replay: () =>
      atCenter(async ({ secrets }, ask) => {
        const pin = secrets.proctorPin ?? '';
        const said: Reason[] = [];
        for (const [n, guess] of wrongPins(pin, 6).entries())
          said.push(
            (
              await ask('POST', operatorPaths.sessions, windowOf({ pin: guess }), { remoteAddress: `10.0.0.${n}` })
            ).json().reason,
          );
        return said.at(-1) === 'try-later' && said.filter((one) => one === 'pin-wrong').length <= 3
          ? prevented(said.join(', '))
          : open(said.join(', '));
      }),
  },
  {
    name: 'pin-guessed-by-address',
    about: 'proctors',
    attacker: 'firm',
    does: 'guesses the PINs of many proctors at the center from one address, each a few times',
    outcome: 'prevented',
    by: 'tries from one address are counted together',
    told: ['try-later'],
    replay: () =>
      atCenter(async (center, ask) => {
        for (let n = 0; n < 25; n++)
          await center.center.db.query(
            "INSERT INTO proctors (tenant_id, id, name, number) VALUES ('tn_demo', $1, $1, $2)",
            [`pr_many-${n}`, String(9_000 + n)],
          );
        const said: string[] = [];
        for (let n = 0; n < 50; n++)
          said.push(
            (
              await ask(
                'POST',
                operatorPaths.sessions,
                windowOf({ proctor: `pr_many-${n % 25}`, pin: `${9_000 + (n % 25)}4829` }),
              )
            ).json().reason,
          );
        return said.at(-1) === 'try-later'
          ? prevented(`after ${said.indexOf('try-later')} tries: try-later`)
          : open('each is tried');
      }),
  },
  {
    name: 'pin-guessed-at-station',
    about: 'proctors',
    attacker: 'candidate',
    does: 'types PINs at a station’s screen until one opens the sheet',
    outcome: 'prevented',
    by: 'a wait that doubles after three wrong ones with one number, and is half an hour from ten on; during an exam each is an incident, and the station says so at the center',
    told: ['pin-locked'],
    async replay() {
      const { list, answersTo } = atStation();
      const said = await answersTo([...wrongPins(PINS[0], 60), PINS[0]], 300_000);
      const tried = said.filter((one) => one === 'pin-wrong').length;
      return tried < 25 && said.at(-1) === 'pin-locked' && list.length === 2
        ? prevented(`${tried} tries in five hours, then pin-locked, even for the right one`)
        : open(said.join(', '));
    },
  },
  {
    name: 'pin-guessed-between-own',
    about: 'proctors',
    attacker: 'proctor',
    does: 'guesses another proctor’s PIN at a station, two at a time, and types their own in between',
    outcome: 'prevented',
    by: 'wrong ones are counted by number, and the right one of somebody else takes none of them back',
    told: ['pin-wait'],
    async replay() {
      const { answersTo } = atStation();
      const said = await answersTo(
        wrongPins(PINS[0], 20).flatMap((guess, n) => (n % 2 ? [guess, PINS[1]] : [guess])),
        1_000,
      );
      const tried = said.filter((one) => one === 'pin-wrong').length;
      return tried <= 5 && said.includes('pin-wait')
        ? prevented(`${tried} were tried, of the others it said pin-wait`)
        : open(said.join(', '));
    },
  },
  {
    name: 'proctors-kept-out-by-wrong-pins',
    about: 'denial',
    attacker: 'stranger',
    does: 'types wrong PINs with a proctor’s number at a screen where nobody sits, for hours, so that no proctor can do anything there',
    outcome: 'prevented',
    by: 'only the number that was typed has to wait: not other proctors, a badge, the recovery code or commands from the center; and it ends by itself after half an hour. Whose PIN is older than numbers waits with all of those',
    told: ['pin-locked'],
    async replay() {
      const { answersTo, proctors, badge } = atStation();
      await answersTo(wrongPins(PINS[0], 40), 300_000);
      const said = await answersTo([PINS[0], PINS[1], await proctors.byBadge(badge)], 10_000);
      proctors.vouchedFor('pr_a' as never);
      said.push(...(await answersTo([PINS[0]], 10_000)));
      return said.join() === 'pin-locked,pr_b,pr_a,pr_a' ? prevented(said.join(', ')) : open(said.join(', '));
    },
  },
  {
    name: 'short-pin-in-formal-exam',
    about: 'proctors',
    attacker: 'proctor',
    does: 'decides about a formal exam with a PIN of four digits from before',
    outcome: 'prevented',
    by: 'stations and the center ask for six digits there, and for more where the policy does',
    told: ['pin-short'],
    replay: () =>
      atCenter(async (center, ask) => {
        await addProctor(center, 'tn_demo', { id: 'pr_old', name: '老监考', pin: '0391' });
        const given = await ask('POST', operatorPaths.commands, command({ proctor: 'pr_old', pin: '0391' }));
        await enrolStation(center.app, await newCode(center.app, center.secrets.operatorToken));
        const again = await ask('POST', operatorPaths.commands, command({ proctor: 'pr_old', pin: '0391' }));
        try {
          mustHaveDigits({ id: 'pr_old' as never, name: '老监考', digits: 4 }, { mode: 'formal' });
          return open('the station takes it');
        } catch {
          const said = [given, again].map((reply) => reply.json().reason ?? 'given');
          return said.at(-1) === 'pin-short' ? prevented('pin-short') : open(said.join(', '));
        }
      }),
  },
  {
    name: 'verifiers-of-another-firm',
    about: 'proctors',
    attacker: 'administrator of a station',
    does: 'asks for the roster of another firm, without a grant, under one where it has no exam, and after it has ended, to guess its proctors’ PINs at leisure',
    outcome: 'prevented',
    by: 'what stands for a PIN goes to stations where an exam of the firm may be sat, while the grant runs',
    told: ['told while the grant ran with an exam, not before and not after'],
    replay: () => {
      let now = new Date();
      return atCenter(
        async (center, ask) => {
          const { app, secrets } = center;
          const station = await enrolStation(app, secrets.enrolmentCode);
          const { token } = await addOtherTenant(center);
          await addProctor(center, 'tn_other', { id: 'pr_b', name: '乙监考', pin: '204829' });
          const [from, until] = [now, new Date(now.getTime() + 60_000)].map((at) => at.toISOString());
          const wish = { tenantId: 'tn_other', stations: [station.stationId], exams: 'all', from, until };
          const [id = ''] = (await ask('POST', operatorPaths.grants, wish)).json<{ ids: string[] }>().ids;
          const seen = async (path: string) =>
            JSON.stringify((await station.call('GET', path)).json()).includes('pr_b');
          const granted = under(paths.assignment, id as never);
          const all = [await seen(paths.assignment), await seen(granted)];
          await putDemoExam(center, station, token);
          if (!(await seen(granted))) return open('not told while the grant runs either: nothing is shown by this');
          now = new Date(now.getTime() + 61_000);
          all.push(await seen(granted));
          const { grants } = (await station.call('GET', paths.grants)).json<StationGrants>();
          return all.some(Boolean)
            ? open('another firm’s verifier was told')
            : prevented(
                `told while the grant ran with an exam, not before and not after; grants left ${grants.length}`,
              );
        },
        () => now,
      );
    },
  },
  {
    name: 'verifiers-of-own-firm',
    about: 'proctors',
    attacker: 'administrator of a station',
    does: 'takes what stands for the PINs of the own firm’s proctors out of a station’s memory, and tries all digits at leisure',
    outcome: 'open',
    by: 'argon2id makes each try slow, no more: it takes a longer PIN (`pinDigits: 10` in the policy), or a second proctor',
    async replay() {
      const [number, own] = ['10', '0042'];
      const pinHash = hashSync(number + own, { memoryCost: 64, timeCost: 1, parallelism: 1 });
      const { verify } = await import('@node-rs/argon2');
      for (let n = 0; n < 10_000; n++) {
        const guess = number + String(n).padStart(4, '0');
        if (await verify(pinHash, guess)) return open(`found after ${n + 1} tries`);
      }
      return prevented('not found');
    },
  },
];
