import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXAM, MOCK } from '../../../authoring/bank.fixture.ts';
import { CandidateId, ExamId } from '../../../contract/words/ids.ts';
import { templateOf } from '../../../native/face/index.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { type Database, openDatabase } from '../../core/database/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { assignmentOf, EMBEDDER, LI, LIS_PHOTO, PIN_HASH, WANG, WANGS_PHOTO } from '../../station.fixture.ts';
import { openRoster, whoIs } from './index.ts';

const wang = CandidateId.parse(WANG.id);
const li = CandidateId.parse(LI.id);
const TEMPLATE = templateOf(EMBEDDER, [Float32Array.from({ length: 256 }, (_, n) => Math.sin(n + 1))]);

function open(assignment = assignmentOf()) {
  const database = openDatabase(':memory:');
  const roster = openRoster(database, openVault(randomBytes(32)));
  roster.apply(assignment);
  return { database, roster };
}
const rows = (database: Database, table: string): unknown =>
  database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

describe('a roster', () => {
  it('knows nobody before the center said who', () => {
    const roster = openRoster(openDatabase(':memory:'), openVault(randomBytes(32)));
    expect([roster.assignment, roster.proctors, roster.withoutTemplate(EMBEDDER)]).toEqual([undefined, [], []]);
    expect(roster.findByNumber(WANG.number)).toBeUndefined();
    expect(reasonOf(() => roster.exam(ExamId.parse(EXAM.id)))).toBe('no-exam');
  });

  it('finds people by number and by id, and nobody else', () => {
    const { roster } = open();
    expect(roster.findByNumber(WANG.number)).toEqual(WANG);
    expect(roster.find(li)).toEqual(LI);
    expect(roster.findByNumber('110105194912310039')).toBeUndefined();
    expect(roster.findByNumber('')).toBeUndefined();
    expect(roster.find(CandidateId.parse('cd_nobody'))).toBeUndefined();
  });

  it('finds people by other documents, whom the center sends apart', () => {
    const john = { ...LI, id: 'cd_john', name: 'PUBLIC JOHN', number: 'USA110080080110' };
    const { roster } = open(assignmentOf({ candidates: [WANG], otherDocuments: [john] }));
    expect(roster.findByNumber(john.number)?.id).toBe('cd_john');
    expect(JSON.stringify(roster.assignment)).not.toContain(john.name);
    expect(whoIs(john)).toEqual({ name: john.name, number: 'USA1*******0110', visitor: false });
  });

  it('has the exams and the proctors', () => {
    const { roster } = open();
    expect(roster.exam(ExamId.parse(EXAM.id))).toEqual(EXAM);
    expect(reasonOf(() => roster.exam(ExamId.parse('ex_none')))).toBe('no-exam');
    expect(roster.proctors).toEqual([{ id: 'pr_zhao', name: '赵监考', pinHash: PIN_HASH }]);
  });

  it('has everything when it is opened again with the same key, and nothing with another', () => {
    const database = openDatabase(':memory:');
    const key = randomBytes(32);
    openRoster(database, openVault(key)).apply(assignmentOf());
    const again = openRoster(database, openVault(key));
    expect([again.findByNumber(WANG.number), again.assignment?.tenant.name]).toEqual([WANG, '试验企业']);
    expect(() => openRoster(database, openVault(randomBytes(32)))).toThrow();
  });
});

describe('a new roster from the center', () => {
  it('takes the place of the old: names, exams, attempts', () => {
    const { roster } = open();
    roster.apply(assignmentOf({ candidates: [{ ...WANG, name: '王改名', attemptsUsed: 1 }], exams: [MOCK] }));
    expect(roster.find(wang)).toMatchObject({ name: '王改名', attemptsUsed: 1 });
    expect(reasonOf(() => roster.exam(ExamId.parse(EXAM.id)))).toBe('no-exam');
  });

  it('erases who is no longer on it, template and all', () => {
    const { database, roster } = open();
    roster.saveTemplate(wang, WANGS_PHOTO, TEMPLATE);
    roster.saveTemplate(li, LIS_PHOTO, TEMPLATE);
    roster.apply(assignmentOf({ candidates: [LI] }));
    expect([roster.find(wang), roster.findByNumber(WANG.number), roster.template(wang, EMBEDDER)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([rows(database, 'candidates'), rows(database, 'templates')]).toEqual([1, 1]);
    expect(roster.template(li, EMBEDDER)).toBeDefined();
  });

  it('lets whoever sits finish with name and template, and erases them at the next word of the center', () => {
    const { database, roster } = open();
    roster.saveTemplate(wang, WANGS_PHOTO, TEMPLATE);
    let sitting = true;
    roster.sparing(() => (sitting ? { id: wang, guest: undefined } : undefined));
    const without = assignmentOf({ candidates: [LI] });
    roster.apply(without);
    expect([roster.find(wang)?.name, roster.template(wang, EMBEDDER)]).toEqual([WANG.name, TEMPLATE]);
    // They sit down no more.
    expect(roster.findByNumber(WANG.number)).toBeUndefined();
    sitting = false;
    roster.apply(without);
    expect([rows(database, 'candidates'), rows(database, 'templates')]).toEqual([1, 0]);
  });

  it('keeps the template of who stays with the same photo', () => {
    const { roster } = open();
    roster.saveTemplate(wang, WANGS_PHOTO, TEMPLATE);
    roster.apply(assignmentOf({ candidates: [{ ...WANG, name: '王改名' }] }));
    expect(roster.template(wang, EMBEDDER)).toEqual(TEMPLATE);
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([]);
  });

  it.each([null, 'c'.repeat(64)])('erases the template of who stays with another photo or none', (photo) => {
    const { roster } = open();
    roster.saveTemplate(wang, WANGS_PHOTO, TEMPLATE);
    roster.apply(assignmentOf({ candidates: [{ ...WANG, photos: photo ? [photo] : [] }] }));
    expect(roster.template(wang, EMBEDDER)).toBeUndefined();
  });

  it('may give one person the number that another had', () => {
    const { roster } = open();
    roster.apply(assignmentOf({ candidates: [{ ...LI, id: 'cd_new', number: WANG.number }] }));
    expect(roster.findByNumber(WANG.number)?.id).toBe('cd_new');
  });

  it('may swap two numbers that had been mixed up', () => {
    const { roster } = open();
    const swapped = [
      { ...WANG, number: LI.number },
      { ...LI, number: WANG.number },
    ];
    roster.apply(assignmentOf({ candidates: swapped }));
    expect([roster.findByNumber(WANG.number)?.id, roster.findByNumber(LI.number)?.id]).toEqual([li, wang]);
  });

  it('that is older than the one that is here is refused: nobody brings back who was taken off', () => {
    const { roster } = open(assignmentOf({ issuedAt: '2026-03-04T05:06:07.890Z', candidates: [LI] }));
    const older = assignmentOf({ issuedAt: '2026-03-04T05:06:07.889Z' });
    expect(reasonOf(() => roster.apply(older))).toBe('signature-invalid');
    expect(roster.find(wang)).toBeUndefined();
  });

  it('that could not be written is not taken for written when it comes again', () => {
    const { roster } = open(assignmentOf({ candidates: [] }));
    const twice = assignmentOf({ candidates: [WANG, { ...LI, number: WANG.number }], exams: [MOCK] });
    expect(() => roster.apply(twice)).toThrow();
    expect(() => roster.apply(twice)).toThrow();
    expect(roster.exam(ExamId.parse(EXAM.id))).toEqual(EXAM);
  });

  it('leaves a visitor who is here alone', () => {
    const { roster } = open();
    const visitor = roster.addVisitor('访客', ExamId.parse(MOCK.id));
    roster.apply(assignmentOf({ candidates: [] }));
    expect(roster.find(visitor)).toBeDefined();
  });
});

describe('a small picture of a registered photo', () => {
  const JPEG = new Uint8Array([255, 216, 7, 7, 7]);

  it('comes back as it was, and lies sealed', () => {
    const { database, roster } = open();
    roster.savePhoto(wang, WANGS_PHOTO, JPEG);
    expect(roster.photosOf(wang).map((one) => new Uint8Array(one))).toEqual([JPEG]);
    expect(roster.photosOf(li)).toEqual([]);
    expect(database.serialize().includes(Buffer.from(JPEG))).toBe(false);
  });

  it('goes with its photo, and with whoever it is of', () => {
    const { database, roster } = open();
    roster.savePhoto(wang, WANGS_PHOTO, JPEG);
    roster.savePhoto(li, LIS_PHOTO, JPEG);
    roster.apply(assignmentOf({ candidates: [{ ...WANG, photos: ['c'.repeat(64)] }] }));
    expect([roster.photosOf(wang), rows(database, 'roster_photos')]).toEqual([[], 0]);
  });

  it('is missed where there is a template of the photo, and nothing to show', () => {
    const { roster } = open();
    expect(roster.withoutPicture(EMBEDDER)).toEqual([]);
    roster.saveTemplate(wang, WANGS_PHOTO, TEMPLATE);
    expect(roster.withoutPicture(EMBEDDER)).toEqual([{ id: wang, photo: WANGS_PHOTO }]);
    roster.savePhoto(wang, WANGS_PHOTO, JPEG);
    expect(roster.withoutPicture(EMBEDDER)).toEqual([]);
  });
});

describe('a template', () => {
  it('comes back number for number', () => {
    const { roster } = open();
    expect(roster.template(wang, EMBEDDER)).toBeUndefined();
    roster.saveTemplate(wang, WANGS_PHOTO, TEMPLATE);
    expect(roster.template(wang, EMBEDDER)).toEqual(TEMPLATE);
  });

  it('is wanted from everybody with a photo and none yet, and again once the photo is another', () => {
    const { roster } = open(assignmentOf({ candidates: [WANG, { ...LI, photos: [] }] }));
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([{ id: wang, photo: WANGS_PHOTO }]);
    roster.saveTemplate(wang, WANGS_PHOTO, TEMPLATE);
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([]);
    const photo = 'c'.repeat(64);
    roster.apply(assignmentOf({ candidates: [{ ...WANG, photos: [photo] }] }));
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([{ id: wang, photo }]);
  });

  it('is not wanted again from a photo that gives none, but is from the next photo', () => {
    const { roster } = open(assignmentOf({ candidates: [WANG] }));
    roster.refusePhoto(wang, WANGS_PHOTO, ['no-face']);
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([]);
    expect(roster.refusedPhotos()).toEqual([{ candidateId: wang, photo: WANGS_PHOTO, reasons: ['no-face'] }]);
    const photo = 'c'.repeat(64);
    roster.apply(assignmentOf({ candidates: [{ ...WANG, photos: [photo] }] }));
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([{ id: wang, photo }]);
    expect(roster.refusedPhotos()).toEqual([]);
  });

  it('of another network is none: the photo is looked at again', () => {
    const { roster } = open();
    roster.apply(assignmentOf({ candidates: [WANG] }));
    roster.saveTemplate(wang, WANGS_PHOTO, { ...TEMPLATE, model: 'another.onnx@00000000' });
    expect(roster.template(wang, EMBEDDER)).toBeUndefined();
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([{ id: wang, photo: WANGS_PHOTO }]);
    expect([roster.isOutdated(wang, WANGS_PHOTO, EMBEDDER), roster.mustEnrolAgain(wang, EMBEDDER)]).toEqual([
      true,
      true,
    ]);
    roster.saveTemplate(wang, WANGS_PHOTO, TEMPLATE);
    expect(roster.template(wang, EMBEDDER)).toEqual(TEMPLATE);
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([]);
    expect([roster.isOutdated(wang, WANGS_PHOTO, EMBEDDER), roster.mustEnrolAgain(wang, EMBEDDER)]).toEqual([
      false,
      false,
    ]);
  });

  it('of nobody is no old one', () => {
    expect(open().roster.mustEnrolAgain(wang, EMBEDDER)).toBe(false);
  });

  it('is of every photo of a person, and of those that are left when one is taken back', () => {
    const { roster } = open(assignmentOf({ candidates: [{ ...WANG, photos: [WANGS_PHOTO, LIS_PHOTO] }] }));
    const [first, second] = [1, 2].map((n) => new Float32Array(256).fill(n)) as [Float32Array, Float32Array];
    expect(roster.withoutTemplate(EMBEDDER).map(({ photo }) => photo)).toEqual([WANGS_PHOTO, LIS_PHOTO]);
    roster.saveTemplate(wang, LIS_PHOTO, templateOf(EMBEDDER, [second]));
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([{ id: wang, photo: WANGS_PHOTO }]);
    roster.saveTemplate(wang, WANGS_PHOTO, templateOf(EMBEDDER, [first]));
    expect(roster.template(wang, EMBEDDER)).toEqual(templateOf(EMBEDDER, [first, second]));
    roster.apply(assignmentOf({ candidates: [{ ...WANG, photos: [LIS_PHOTO] }] }));
    expect(roster.template(wang, EMBEDDER)).toEqual(templateOf(EMBEDDER, [second]));
  });

  it('may be of several vectors', () => {
    const { roster } = open();
    const several = templateOf(
      EMBEDDER,
      [1, 2, 3].map((n) => new Float32Array(256).fill(n)),
    );
    roster.saveTemplate(wang, WANGS_PHOTO, several);
    expect(roster.template(wang, EMBEDDER)).toEqual(several);
  });

  it('that was kept when a person had one photo is kept, and so is the candidate', () => {
    const database = openDatabase(':memory:');
    const vault = openVault(randomBytes(32));
    database.exec(`CREATE TABLE candidates (id TEXT PRIMARY KEY, number_fingerprint TEXT UNIQUE, visitor INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
      CREATE TABLE templates (candidate TEXT PRIMARY KEY REFERENCES candidates (id) ON DELETE CASCADE, photo TEXT, sealed BLOB NOT NULL,
        model TEXT NOT NULL, vectors INTEGER NOT NULL) STRICT;
      CREATE TABLE assignment (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;
      INSERT INTO migrations VALUES ('roster', 0), ('roster', 1)`);
    const { photos: _, ...rest } = WANG;
    const candidate = vault.seal(JSON.stringify({ ...rest, photo: WANGS_PHOTO }), `candidate/${wang}`);
    database.prepare('INSERT INTO candidates VALUES (?, ?, 0, ?)').run(wang, vault.fingerprint(WANG.number), candidate);
    const [vector = new Float32Array()] = TEMPLATE.vectors;
    const template = vault.seal(new Uint8Array(vector.buffer), `template/${wang}`);
    database.prepare('INSERT INTO templates VALUES (?, ?, ?, ?, 1)').run(wang, WANGS_PHOTO, template, TEMPLATE.model);
    const roster = openRoster(database, vault);
    expect(roster.findByNumber(WANG.number)).toEqual(WANG);
    expect(roster.template(wang, EMBEDDER)).toEqual(TEMPLATE);
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([]);
  });

  it('may lie anywhere in a larger buffer', () => {
    const { roster } = open();
    const buffer = new Float32Array(300).fill(9);
    buffer.set(TEMPLATE.vectors[0] ?? [], 17);
    roster.saveTemplate(wang, WANGS_PHOTO, templateOf(EMBEDDER, [buffer.subarray(17, 17 + 256)]));
    expect(roster.template(wang, EMBEDDER)).toEqual(TEMPLATE);
  });

  it('of one person does not open as that of another', () => {
    const { database, roster } = open();
    for (const id of [wang, li]) roster.saveTemplate(id, WANGS_PHOTO, TEMPLATE);
    database.exec(
      `UPDATE templates SET sealed = (SELECT sealed FROM templates WHERE candidate = '${li}') WHERE candidate = '${wang}'`,
    );
    expect(() => roster.template(wang, EMBEDDER)).toThrow();
  });
});

describe('a visitor', () => {
  it('is there until erased, and with the visitor the template goes', () => {
    const { database, roster } = open(assignmentOf({ candidates: [] }));
    const id = roster.addVisitor('访客', ExamId.parse(MOCK.id));
    roster.saveTemplate(id, null, TEMPLATE);
    expect(roster.find(id)).toMatchObject({ number: '', examId: MOCK.id });
    expect(roster.withoutTemplate(EMBEDDER)).toEqual([]);
    roster.eraseVisitor(id);
    expect([rows(database, 'candidates'), rows(database, 'templates')]).toEqual([0, 0]);
  });

  it('who is still here is kept when the others are erased', () => {
    const { database, roster } = open(assignmentOf({ candidates: [WANG] }));
    const ids = [1, 2, 3].map(() => roster.addVisitor('访客', ExamId.parse(MOCK.id)));
    for (const id of ids) roster.saveTemplate(id, null, TEMPLATE);
    roster.eraseVisitorsBut(ids[1]);
    expect(ids.map((id) => roster.find(id) !== undefined)).toEqual([false, true, false]);
    roster.eraseVisitorsBut(undefined);
    expect([rows(database, 'candidates'), rows(database, 'templates')]).toEqual([1, 0]);
  });

  it('is found by no number, not even an empty one, and there may be several', () => {
    const { roster } = open();
    for (let n = 0; n < 3; n++) roster.addVisitor('访客', ExamId.parse(MOCK.id));
    expect(roster.findByNumber('')).toBeUndefined();
  });

  it('is erased as one: the same call leaves people of the roster alone', () => {
    const { roster } = open();
    roster.eraseVisitor(wang);
    expect(roster.find(wang)).toBeDefined();
  });
});

describe('what a screen may show of a candidate', () => {
  it('is the name and a number nobody can copy', () => {
    expect(whoIs(WANG)).toEqual({ name: WANG.name, number: '1101**********002X', visitor: false });
    expect(whoIs({ name: '访客', number: '' })).toEqual({ name: '访客', number: '', visitor: true });
  });
});

describe('the file on the disk', () => {
  const encodings = (text: string): Buffer[] => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  const filesOf = (path: string): Buffer =>
    Buffer.concat(
      ['', '-wal', '-shm']
        .map((end) => `${path}${end}`)
        .filter(existsSync)
        .map((file) => readFileSync(file)),
    );

  it('has no name, no number, no PIN hash and no template in plain bytes, while open and after', () => {
    const path = join(temporaryFolder(), 'station.db');
    const database = openDatabase(path);
    const roster = openRoster(database, openVault(randomBytes(32)));
    roster.apply(assignmentOf());
    roster.saveTemplate(wang, WANGS_PHOTO, TEMPLATE);
    roster.addVisitor('访客甲', ExamId.parse(MOCK.id));
    const open = filesOf(path);
    database.close();
    const bytes = Buffer.concat([open, filesOf(path)]);
    expect(bytes.includes('number_fingerprint')).toBe(true);
    const secrets = [
      WANG.name,
      WANG.number,
      LI.name,
      LI.number,
      '访客甲',
      '赵监考',
      PIN_HASH,
      WANG.number.slice(6, 14),
    ];
    for (const secret of secrets)
      for (const form of encodings(secret)) expect(bytes.includes(form), secret).toBe(false);
    expect(bytes.includes(Buffer.from(TEMPLATE.vectors[0]?.buffer ?? new ArrayBuffer(0)).subarray(0, 16))).toBe(false);
  });
});
