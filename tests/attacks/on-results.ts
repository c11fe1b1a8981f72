import { batchOf } from '../../center/testing/index.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { ExamRecord } from '../../contract/records/index.ts';
import { type ClaimReply, type Mail, paths } from '../../contract/station-center/center-api.ts';
import type { Bank } from '../../contract/words/items.ts';
import { sha256 } from '../../proof/index.ts';
import type { Attack } from './attack.ts';
import { handsIn, inRoom, type Room } from './results-room.ts';

const DISPUTED = 'the center: it is disputed as soon as it comes in, and does not count until an operator decides';
const MINUTE_MS = 60_000;
const STATION = { about: 'results', attacker: 'administrator of a station' } as const;

type Answered = ExamRecord['answers'][number];

/** Times of a sitting that took so many minutes. */
function satIn(since: number, minutes: number) {
  const [startedAt, submittedAt] = [since, since + minutes * MINUTE_MS].map((at) => new Date(at).toISOString());
  const decisions = [{ action: 'unlocked', by: 'pr_demo-1', at: startedAt }];
  return { startedAt, submittedAt, decisions, activeMs: minutes * MINUTE_MS };
}

/** With an option that is none of the right ones, and the marks of a right answer. */
function wrong({ itemId, marks }: Answered, { items }: Bank): Answered {
  const { options = [], key = [] } = items.find(({ id }) => id === itemId) ?? {};
  const { id } = options.find((option) => !key.includes(option.id)) ?? {};
  return { itemId, marks, chosen: id ? [id] : [] };
}

/** Questions of true and false in the places of those with several answers, all answered rightly. */
function easier(answers: readonly Answered[], { bank: { items } }: Room): readonly Answered[] {
  const drawn = new Set(answers.map(({ itemId }) => itemId));
  const easy = items.filter(({ id, kind }) => kind === 'true-false' && !drawn.has(id));
  return answers.map((answer, at) => {
    const { id, key } = easy[answers.length - 1 - at] ?? {};
    const isHard = items.some((item) => item.id === answer.itemId && item.kind === 'multiple');
    return isHard && id && key ? { itemId: id, marks: answer.marks, chosen: key } : answer;
  });
}

/** Against a center, with the keys of stations that it vouched for. */
export const attacksOnResults: readonly Attack[] = [
  {
    ...STATION,
    name: 'result-without-answers',
    does: 'has the station sign 100 marks for a paper on which nothing was answered',
    outcome: 'detected',
    by: DISPUTED,
    told: ['marks-other'],
    replay: () =>
      handsIn((room, at) => {
        const { answers, ...record } = room.record(at, 1);
        const blank = answers.map(({ itemId, marks }) => ({ itemId, marks, chosen: [] }));
        return ExamRecord.parse({ ...record, answers: blank });
      }),
  },
  {
    ...STATION,
    name: 'marks-for-wrong-answers',
    does: 'has it sign full marks for answers that are wrong',
    outcome: 'detected',
    by: DISPUTED,
    told: ['marks-other'],
    replay: () =>
      handsIn((room, at) => {
        const { answers, ...record } = room.record(at, 1);
        const answered = answers.map((answer) => wrong(answer, room.bank));
        return ExamRecord.parse({ ...record, answers: answered });
      }),
  },
  {
    ...STATION,
    name: 'unknown-exam',
    does: 'has it sign a pass in an exam that nobody put',
    outcome: 'detected',
    by: DISPUTED,
    told: ['exam-unknown'],
    replay: () =>
      handsIn((room, at) => {
        const exam = { id: 'ex_mine', title: { zh: '特种作业' }, mode: 'formal' };
        return room.record(at, 1, { changes: { exam } });
      }),
  },
  {
    ...STATION,
    name: 'dated-before-the-station',
    does: 'dates an exam 2019, when there was no such station',
    outcome: 'detected',
    by: DISPUTED,
    told: ['time-early'],
    replay: () => handsIn((room, at) => room.record(at, 1, { at: new Date('2019-03-01T02:00:00Z') })),
  },
  {
    ...STATION,
    name: 'dated-ahead',
    does: 'dates an exam 2035',
    outcome: 'detected',
    by: DISPUTED,
    told: ['time-ahead'],
    replay: () => handsIn((room, at) => room.record(at, 1, { at: new Date('2035-03-01T02:00:00Z') })),
  },
  {
    ...STATION,
    name: 'year-without-a-date',
    does: 'dates an exam with the year 0, which no database can store, so that every later result waits behind it',
    outcome: 'detected',
    by: DISPUTED,
    told: ['time-early'],
    replay: () =>
      handsIn((room, at) => {
        return room.record(at, 1, { at: new Date('0000-01-01T00:10:00Z') });
      }),
  },
  {
    ...STATION,
    name: 'nobody-unlocked',
    does: 'begins a formal exam without a proctor',
    outcome: 'detected',
    by: DISPUTED,
    told: ['unlock-missing'],
    replay: () => handsIn((room, at) => room.record(at, 1, { changes: { decisions: [] } })),
  },
  {
    ...STATION,
    name: 'proctor-who-did-nothing',
    does: 'writes that a proctor let somebody in by hand, who never decided so',
    outcome: 'detected',
    by: DISPUTED,
    told: ['override-missing'],
    replay: () =>
      handsIn((room, at) => {
        const identity = { how: 'overridden', by: 'pr_demo-1', note: '核对无误', reason: 'mismatch' };
        return room.record(at, 1, { changes: { identity } });
      }),
  },
  {
    ...STATION,
    name: 'proctor-nobody-knows',
    does: 'has an exam unlocked by a proctor whom the firm does not have',
    outcome: 'detected',
    by: DISPUTED,
    told: ['proctor-unknown'],
    replay: () => handsIn((room, at) => room.record(at, 1, { proctor: 'pr_nobody' })),
  },
  {
    ...STATION,
    name: 'proctor-word-made-up',
    does: 'writes that a proctor of the firm unlocked an exam, who was not there',
    outcome: 'open',
    by: 'a proctor’s word is the station’s: it would take a signature of the proctor’s own. The proctor can be asked; where they unlock from elsewhere the center gave the command, and a made-up one is disputed',
    replay: () => handsIn((room, at) => room.record(at, 1, { proctor: 'pr_demo-1' })),
  },
  {
    ...STATION,
    name: 'answers-made-up',
    does: 'answers for the candidate, and has the station sign it',
    outcome: 'open',
    by: 'whoever is root where it is answered can answer. What the camera saw is at the station; a second witness in the room, or answers that are checked in another exam',
    replay: () => handsIn((room, at) => room.record(at, 1)),
  },
  {
    ...STATION,
    name: 'form-swapped',
    does: 'gives the candidate a form of easier questions than the blueprint asks for',
    outcome: 'detected',
    by: DISPUTED,
    told: ['paper-other'],
    replay: () =>
      handsIn((room, at) => {
        const record = room.record(at, 1);
        return ExamRecord.parse({ ...record, answers: easier(record.answers, room) });
      }),
  },
  {
    ...STATION,
    name: 'blueprint-swapped',
    does: 'draws the form by a blueprint of their own',
    outcome: 'detected',
    by: DISPUTED,
    told: ['paper-unknown'],
    replay: () =>
      handsIn((room, at) => {
        const blueprint = { rows: [{ kind: 'true-false' as const, count: 20, marks: 5 }] };
        return room.record(at, 1, { exam: { ...room.formal, blueprint } });
      }),
  },
  {
    ...STATION,
    name: 'answers-to-items-not-in-the-form',
    does: 'has answers counted to questions that the bank does not have',
    outcome: 'detected',
    by: DISPUTED,
    told: ['paper-other'],
    replay: () =>
      handsIn((room, at) => {
        const { answers, ...record } = room.record(at, 1);
        const mine = answers.map((answer, n) => ({ ...answer, itemId: `it_mine-${n}` }));
        return ExamRecord.parse({ ...record, answers: mine });
      }),
  },
  {
    ...STATION,
    name: 'form-under-a-false-commitment',
    does: 'gives a form that suits the candidate, and has the station sign that it came of its series',
    outcome: 'detected',
    by: 'the center, once the exams are over and the station has revealed its series (`form reveal`, `dispute reveal`): each form is drawn again',
    told: ['paper-other'],
    replay: () =>
      inRoom(async (room) => {
        const at = await room.station('一号考站');
        const [suits, record] = [room.record(at, 1), room.record(at, 2)];
        const swapped = ExamRecord.parse({ ...record, answers: suits.answers, marks: suits.marks });
        await room.send(at, swapped);
        const { app, secrets } = room.center;
        const headers = { authorization: `Bearer ${secrets.operatorToken}` };
        const payload = { seed: `${at.stationId}${'a'.repeat(32)}/2` };
        await app.inject({ method: 'POST', url: operatorPaths.series, payload, headers });
        const [found] = (await room.disputes()).records;
        const seen = found?.findings[0]?.code === 'paper-other' && (await room.passed()) === 0;
        return { outcome: seen ? 'detected' : 'open', said: `${found?.findings[0]?.code}` };
      }),
  },
  {
    ...STATION,
    name: 'form-chosen-in-the-series',
    does: 'throws forms of its series away until one suits the candidate',
    outcome: 'open',
    by: 'the numbers of the forms that were thrown away are missing between those of the records; it would take a count that nobody keeps yet',
    replay: () =>
      handsIn((room, at) => room.record(at, 77, { changes: { ledger: { sequence: 100, head: sha256('1') } } })),
  },
  {
    ...STATION,
    name: 'form-sat-twice',
    does: 'gives one candidate the form that another had before',
    outcome: 'detected',
    by: 'the center: the second one is disputed',
    told: ['paper-twice'],
    replay: () =>
      inRoom(async (room) => {
        const at = await room.station('一号考站');
        const first = room.record(at, 1);
        const { form, answers } = first;
        const second = room.record(at, 2, { candidateId: 'cd_demo-2', changes: { form, answers } });
        await room.send(at, first, second);
        const found = (await room.disputes()).records.map(({ sittingId, findings }) => [sittingId, findings[0]?.code]);
        const seen = found.length === 1 && found[0]?.[0] === second.sittingId && (await room.passed()) === 1;
        return { outcome: seen ? 'detected' : 'open', said: found.join('; ') };
      }),
  },
  {
    ...STATION,
    name: 'third-attempt-of-two',
    does: 'lets a candidate sit once more at another station than the two before',
    outcome: 'detected',
    by: 'the center: the third is disputed, whatever each station knew',
    told: ['attempts-exceeded'],
    replay: () =>
      inRoom(async (room) => {
        const stations = await Promise.all(['一号考站', '二号考站', '三号考站'].map((name) => room.station(name)));
        const since = Date.now() - 9 * MINUTE_MS;
        // One after the other, so that nothing speaks against them but how many there are.
        for (const [nth, at] of stations.entries())
          await room.send(at, room.record(at, nth + 1, { changes: satIn(since + 3 * nth * MINUTE_MS, 2) }));
        const found = (await room.disputes()).records.map(({ findings }) => findings.map(({ code }) => code).join());
        const seen = found.length === 1 && (await room.passed()) === 2;
        return { outcome: seen ? 'detected' : 'open', said: found.join('; ') };
      }),
  },
  {
    ...STATION,
    name: 'course-without-presence',
    does: 'has the station sign a course as complete in which nobody spent a second',
    outcome: 'detected',
    by: 'the center: it is disputed, and completes the course for nobody until an operator decides',
    told: ['study-other'],
    replay: () =>
      handsIn((room, at) => {
        const record = room.record(at, 1, { exam: room.course });
        const learning = 'learning' in record ? record.learning : undefined;
        const lessons = learning?.lessons.map((one) => ({ ...one, seconds: 0, total: 0 }));
        return ExamRecord.parse({ ...record, learning: { ...learning, lessons } });
      }),
  },
  {
    about: 'results',
    attacker: 'thief of a key',
    name: 'two-batches-of-one-number',
    does: 'signs another batch in the place of one that is logged',
    outcome: 'detected',
    by: 'the center: it refuses it, and keeps both headers for its operator',
    told: ['409', 'rival'],
    replay: () =>
      inRoom(async (room) => {
        const at = await room.station('一号考站');
        await room.send(at, room.record(at, 1));
        const status = await room.send(at, room.record(at, 2, { candidateId: 'cd_demo-2' }));
        const [rival] = (await room.disputes()).rivals;
        const kept = status === 409 && rival?.kind === 'rival' && rival.header !== '' && rival.against !== null;
        return { outcome: kept ? 'detected' : 'open', said: `${status}, ${rival?.kind ?? 'nothing kept'}` };
      }),
  },
  {
    about: 'results',
    attacker: 'administrator of a station',
    name: 'result-taken-back',
    does: 'puts a batch in the place of one as if the center had refused it, and it never did',
    outcome: 'detected',
    by: 'the center: it keeps what it refused, and shows its operator a batch that stands for no refused one',
    told: ['replaced'],
    replay: () =>
      inRoom(async (room) => {
        const at = await room.station('一号考站');
        const batch = await batchOf(at, [room.record(at, 1)], null, { replaces: sha256('a batch that passed') });
        await at.call('POST', paths.batches, batch);
        const [rival] = (await room.disputes()).rivals;
        return { outcome: rival?.kind === 'replaced' ? 'detected' : 'open', said: rival?.kind ?? 'nothing kept' };
      }),
  },
  {
    about: 'results',
    attacker: 'administrator of a station',
    name: 'junk-move-claim',
    does: 'claims an exam that was moved to another station, so that it goes on at neither',
    outcome: 'prevented',
    by: 'the center: the claim takes it from nobody, and is kept as evidence',
    told: ['goes on, kept'],
    replay: () =>
      inRoom(async (room) => {
        const [from, to, junk] = await Promise.all(
          ['一号考站', '二号考站', '三号考站'].map((name) => room.station(name)),
        );
        if (!from || !to || !junk) throw new Error('three stations were enrolled');
        const sittingId = 'si_moved';
        const move = { to: to.stationId, sittingId, candidateId: 'cd_demo-3', examId: room.formal.id, file: 'AAAA' };
        await from.call('POST', paths.rescues, move);
        await junk.call('POST', paths.claims, { sittingId, begun: true });
        const told = (await to.call('POST', paths.claims, { sittingId, begun: true })).json<ClaimReply>();
        const [known] = (await to.call('GET', paths.mail)).json<Mail>().moves;
        const [kept] = (await room.disputes()).moves;
        const goesOn = told.begunBy === to.stationId && known?.begunBy === to.stationId && known?.twice === undefined;
        const isKept = kept?.stationId === junk.stationId && kept.kind === 'claim';
        return {
          outcome: goesOn && isKept ? 'prevented' : 'open',
          said: `${goesOn ? 'goes on' : 'stopped'}, ${isKept ? 'kept' : 'not kept'}`,
        };
      }),
  },
  {
    about: 'results',
    attacker: 'administrator of a station',
    name: 'junk-rescue',
    does: 'sends a file of its own for an exam that another station moved',
    outcome: 'prevented',
    by: 'the center: it delivers it to nobody, and keeps that it was sent',
    told: ['0 files, rescue'],
    replay: () =>
      inRoom(async (room) => {
        const [from, to, junk] = await Promise.all(
          ['一号考站', '二号考站', '三号考站'].map((name) => room.station(name)),
        );
        if (!from || !to || !junk) throw new Error('three stations were enrolled');
        const move = { sittingId: 'si_moved', candidateId: 'cd_demo-3', examId: room.formal.id };
        await from.call('POST', paths.rescues, { ...move, to: to.stationId, file: 'AAAA' });
        await junk.call('POST', paths.rescues, { ...move, to: junk.stationId, file: 'BBBB' });
        const { rescues } = (await junk.call('GET', paths.mail)).json<Mail>();
        const [known] = (await to.call('GET', paths.mail)).json<Mail>().moves;
        const [kept] = (await room.disputes()).moves;
        const held = rescues.length === 0 && known?.to === to.stationId && kept?.kind === 'rescue';
        return {
          outcome: held ? 'prevented' : 'open',
          said: `${rescues.length} files, ${kept?.kind ?? 'nothing kept'}`,
        };
      }),
  },
  {
    about: 'results',
    attacker: 'operator of the center',
    name: 'dispute-decided-away',
    does: 'decides that a disputed record stands, for a favour',
    outcome: 'detected',
    by: 'whoever reads the list of disputes: the dispute stays there with every decision, who took it and why. An operator with the database itself could take both out',
    told: ['1 decisions', 'marks-other'],
    replay: () =>
      inRoom(async (room) => {
        const at = await room.station('一号考站');
        const record = room.record(at, 1, { changes: { marks: 99 } });
        await room.send(at, record);
        const { app, secrets } = room.center;
        const payload = { sittingId: record.sittingId, decision: 'stands', by: '某人', note: '情况属实' };
        const headers = { authorization: `Bearer ${secrets.operatorToken}` };
        await app.inject({ method: 'POST', url: operatorPaths.disputes, payload, headers });
        const [kept] = (await room.disputes()).records;
        const seen = kept?.findings.length !== 0 && kept?.settlements[0]?.by === '某人';
        return {
          outcome: seen ? 'detected' : 'open',
          said: `${kept?.settlements.length} decisions over ${kept?.findings.map(({ code }) => code).join(', ')}`,
        };
      }),
  },
];
