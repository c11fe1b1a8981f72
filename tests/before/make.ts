/**
 * Makes, with the code as it is, what later code must still open: `node tests/before/make.ts 2026-11-26`, by hand, once for
 * each format that is to be kept. What it wrote is never made again: later code would write what it reads itself.
 * People, keys and pictures are invented.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { openCenter } from '../../center/run/index.ts';
import { openOperator } from '../../cli/operator.ts';
import { Exam } from '../../contract/words/exam.ts';
import { CandidateId, ExamId, instant, type StationId } from '../../contract/words/ids.ts';
import { FirstRun } from '../../contract/words/programs.ts';
import { SeatLabel } from '../../contract/words/seat-label.ts';
import { templateOf } from '../../native/face/index.ts';
import { batchId, makeBank, makeItem, sha256 } from '../../proof/index.ts';
import { normalCode } from '../../proof/secrets/codes.ts';
import { hashSecret } from '../../proof/secrets/secret-hash.ts';
import { openCenterClient } from '../../station/center-link/index.ts';
import { storeBank } from '../../station/keep/banks/index.ts';
import { writeTerminal } from '../../station/provision/index.ts';
import { EMBEDDER } from '../../station/station.fixture.ts';
import { openData } from './open.ts';
import { packFolder } from './pack.ts';
import {
  clock,
  drawn,
  type Enrolled,
  FORMAL,
  MINUTE,
  movedSitting,
  overriddenSitting,
  practiceSitting,
  runningSitting,
  sentSitting,
  stationIdOf,
  told,
  ZHANG,
} from './sittings.ts';

/** Secrets of nothing but this folder. */
const [ADMINISTRATOR_PIN, RECOVERY_CODE] = ['73190264', 'ABCDE-FGHJK-MNPQR-STVWX-YZ234'];
const NIGHT = ExamId.parse('ex_night');

const faceOf = (person: number): Float32Array => Float32Array.from({ length: 256 }, (_, i) => (i === person ? 1 : 0));

type CenterAt = { readonly url: string; readonly firstRun: FirstRun };

async function enrol(data: string, name: string, code: string, { url, firstRun }: CenterAt): Promise<Enrolled> {
  mkdirSync(data, { recursive: true });
  const station = openData(data, clock);
  const client = openCenterClient(url, station.identity, clock);
  await client.mustBe(firstRun.centerKey);
  station.identity.saveEnrolment(await client.enrol({ code, name }));
  return { ...station, client };
}

async function bringDown({ client, roster, banks }: Enrolled): Promise<void> {
  const assignment = await client.assignment();
  roster.apply(assignment);
  for (const { bankId } of assignment.exams)
    if (!banks.has(bankId)) await storeBank(banks, await client.bank(bankId), client.picture);
  for (const [at, { id, photo }] of roster.withoutTemplate(EMBEDDER).entries())
    roster.saveTemplate(id, photo, templateOf(EMBEDDER, [faceOf(at)]));
}

/** Another exam with another bank and somebody new, whom the station has not heard of. */
async function makePackage(url: string, token: string, stationId: StationId) {
  const operator = openOperator(url, token);
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#804020' } })
    .png()
    .toBuffer();
  await operator.putPicture(picture);
  const bank = makeBank({ zh: '夜班题库' }, [
    makeItem({
      ...{ kind: 'single', stem: { zh: '图中是什么颜色？' }, pictures: [{ hash: sha256(picture) }] },
      ...{ options: [{ zh: '红' }, { zh: '褐' }, { zh: '蓝' }], key: [1], topic: '看图' },
    }),
    makeItem({
      ...{ kind: 'numeric', stem: { zh: '动火点周围多少米内不得有易燃物？' }, options: [], key: [], topic: '动火' },
      ...{ number: { value: 10, tolerance: 0 }, unit: '米' },
    }),
  ]);
  const exam = Exam.parse({
    ...{ id: NIGHT, title: { zh: '夜班' }, mode: 'formal', bankId: bank.id, durationSeconds: 600, passMarks: 60 },
    blueprint: {
      rows: [
        { kind: 'single', count: 1, marks: 50 },
        { kind: 'numeric', count: 1, marks: 50 },
      ],
    },
    attempts: 1,
    recapture: { minSeconds: 20, maxSeconds: 40, onOutcome: NOTED },
  });
  await operator.putExam({ exam, bank });
  const photo = await drawn(111);
  const who = { id: CandidateId.parse('cd_night'), name: '周夜班', number: '11010519491231002X' };
  await operator.putCandidate({ ...who, examId: NIGHT, photos: [photo.toString('base64')] });
  const notBefore = clock.wall();
  const notAfter = instant(new Date(Date.parse(notBefore) + 24 * 60 * MINUTE));
  const bytes = await operator.makePackage({ stationId, examId: NIGHT, notBefore, notAfter });
  return { bytes, notBefore, notAfter, who, bankId: bank.id, picture: sha256(picture) };
}

const NOTED = Object.fromEntries(
  ['no-face', 'several-faces', 'mismatch', 'not-live', 'uncertain'].map((outcome) => [outcome, { action: 'note' }]),
);

async function make(out: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'exam-station-before-'));
  mkdirSync(out, { recursive: true });
  const put = (name: string, content: unknown): void =>
    writeFileSync(
      join(out, name),
      content instanceof Uint8Array || typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`,
    );
  const centerData = join(work, 'center');
  const center = await openCenter({ data: centerData, now: () => new Date(clock.wall()) });
  const firstRun = FirstRun.parse(JSON.parse(readFileSync(center.firstRun, 'utf8')));
  const url = await center.app.listen({ host: '127.0.0.1', port: 0 });
  const operator = openOperator(url, firstRun.operatorToken);
  const photo = (await drawn(10)).toString('base64');
  await operator.putCandidate({
    ...{ id: ZHANG, name: '张示范', number: '110105198001010016', examId: FORMAL, photos: [photo] },
  });
  const [hereData, thereData] = [join(out, 'station'), join(out, 'there')];
  mkdirSync(hereData);
  writeTerminal(hereData, {
    ...{ format: 'exam-station/terminal@1', name: '一号考站', room: '二楼培训室', center: 'http://127.0.0.1:8480' },
    ...{ centerKey: firstRun.centerKey, cameras: ['USB Camera'], seat: SeatLabel.parse('2-3') },
    administratorPinHash: hashSecret(ADMINISTRATOR_PIN),
    recoveryCodeHash: sha256(normalCode(RECOVERY_CODE)),
  });
  const here = await enrol(hereData, '一号考站', firstRun.enrolmentCode, { url, firstRun });
  const there = await enrol(thereData, '二号考站', await operator.newCode(), { url, firstRun });
  for (const station of [here, there]) await bringDown(station);

  const sent = await sentSitting(here);
  const overridden = await overriddenSitting(here);
  const practice = practiceSitting(here);
  const passUntil = here.passes.issue(ZHANG, FORMAL, 12);
  const moved = await movedSitting(here, stationIdOf(there));
  const running = runningSitting(here);
  clock.pass(MINUTE);
  const exam = await makePackage(url, firstRun.operatorToken, stationIdOf(here));

  put('proof.json', sent.proof);
  put('sent-batch.json', JSON.stringify(sent.batch));
  put('receipt.json', JSON.stringify(sent.receipt));
  put('waiting-batch.json', JSON.stringify(overridden.batch));
  put('moved.rescue', moved.file);
  put('night.package', exam.bytes);
  const { bytes: _, ...night } = exam;
  put('facts.json', {
    madeAt: clock.wall(),
    ...{ centerKey: firstRun.centerKey, operatorToken: firstRun.operatorToken, proctorPin: firstRun.proctorPin },
    stations: { here: stationIdOf(here), there: stationIdOf(there) },
    ledger: { head: here.ledger.head(), sittings: here.ledger.sittings() },
    sent: { ...told(sent.sitting), batch: batchId(sent.batch), picture: sent.picture, result: sent.sitting.result },
    overridden: {
      ...{ ...told(overridden.sitting), batch: batchId(overridden.batch), picture: overridden.picture },
      ...{ incidentId: overridden.incidentId, result: overridden.sitting.result },
    },
    practice: { ...told(practice.sitting), mistakes: practice.mistakes },
    moved: { ...told(moved.sitting), remainingMs: moved.remainingMs, fileHash: sha256(moved.file) },
    running: { ...told(running.sitting), remainingMs: running.remainingMs },
    ...{ administratorPin: ADMINISTRATOR_PIN, recoveryCode: RECOVERY_CODE },
    ...{ passUntil, night, seed: running.sitting.form?.seed },
  });
  for (const station of [here, there]) station[Symbol.dispose]();
  await center.close();
  put('center.tar.br', packFolder(centerData));
  rmSync(work, { recursive: true });
}

const [name] = process.argv.slice(2);
if (!name) throw new Error('name the folder to write: a date');
await make(resolve(import.meta.dirname, name));
