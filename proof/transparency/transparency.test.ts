import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateSigningKey, openSigner, sha256 } from '../index.ts';
import {
  COSIGNATURE,
  checkpointText,
  cosign,
  cosignaturesOf,
  isSignedBy,
  logKey,
  type NoteKey,
  noteKey,
  openCheckpoint,
  openCheckpointBy,
  readAddCheckpoint,
  readCheckpoint,
  readNote,
  readNoteKey,
  readTilePath,
  signCheckpoint,
  tilePath,
  witnessKey,
  writeAddCheckpoint,
  writeNote,
  writeNoteKey,
} from './index.ts';
import { strictBase64 } from './signed-note.ts';

/** As c2sp.org/signed-note has them. */
const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
/** As c2sp.org/tlog-cosignature has it. */
const COSIGNED = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`;
/** As c2sp.org/tlog-witness has it. */
const ADD = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

${COSIGNED}`;

const signer = openSigner(generateSigningKey());
const key = logKey('exam.example/log', signer.publicKey);
const checkpoint = { origin: key.name, size: 7, root: Buffer.from(sha256('root'), 'hex') };
const text = checkpointText(checkpoint);
const note = writeNote(text, [signCheckpoint(checkpoint, signer)]);

describe('a signed note', () => {
  it('of the specification holds under its key, and under no other', () => {
    const known = readNoteKey(VKEY) as NoteKey;
    expect(writeNoteKey(known)).toBe(VKEY);
    const read = readNote(NOTE);
    expect(read && isSignedBy(read, known)).toBe('good');
    const changed = readNote(NOTE.replace('example message', 'example massage'));
    expect(changed && isSignedBy(changed, known)).toBe('bad');
    expect(read && isSignedBy(read, key)).toBe('none');
  });

  it.each([
    ['no signature', 'text\n\n'],
    ['no empty line', NOTE.replace('\n\n', '\n')],
    ['no end of line', NOTE.slice(0, -1)],
    ['a carriage return', NOTE.replaceAll('\n', '\r\n')],
    ['a tab', NOTE.replace(' ', '\t')],
    ['another dash', NOTE.replace('—', '-')],
    ['a lenient base64', NOTE.replace('M=\n', 'N=\n')],
    ['a name with a plus', NOTE.replace('example.com/foo', 'example.com+foo')],
    ['something below', `${NOTE}more\n`],
    ['nothing', ''],
  ])('with %s is none', (_, broken) => {
    expect(readNote(broken)).toBeUndefined();
  });

  it.each([
    VKEY.replace('530d903a', '530d903b'),
    VKEY.replace('+Ae', '+Aa'),
    VKEY.replace('+Ae', '+Be'),
    VKEY.slice(0, -1),
    '',
    '++',
  ])('is checked with no key %s', (broken) => {
    expect(readNoteKey(broken)).toBeUndefined();
  });

  it('is signed over no text that passes for another statement', () => {
    expect(() => signer.signNote('exam-station/result-receipt@1\n')).toThrow(TypeError);
    expect(() => signer.signNote('no end of line')).toThrow(TypeError);
  });

  it('that is any text at all is read or not, and breaks nothing', () => {
    fc.assert(fc.property(fc.string(), (any) => void readNote(any)));
    fc.assert(
      fc.property(fc.string(), (any) => {
        expect(readNote(`${any}\n\n— a AAAAAAA=\n`)?.text ?? `${any}\n`).toBe(`${any}\n`);
      }),
    );
  });
});

describe('a checkpoint', () => {
  it('of the specification is read', () => {
    const read = readNote(COSIGNED);
    expect(read && readCheckpoint(read.text)).toMatchObject({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
    });
    expect(read?.signatures.map(({ name }) => name)).toEqual(['example.com/behind-the-sofa', 'witness.example.com/w1']);
  });

  it('is opened with the key of its log, by name or without', () => {
    expect(openCheckpoint(note, key)).toMatchObject(checkpoint);
    expect(openCheckpointBy(note, signer.publicKey)).toMatchObject(checkpoint);
    const other = openSigner(generateSigningKey());
    expect(openCheckpoint(note, logKey('other.example/log', signer.publicKey))).toBe('foreign');
    expect(openCheckpoint(note, logKey(key.name, other.publicKey))).toBe('unsigned');
    expect(openCheckpoint(note.replace('\n7\n', '\n8\n'), key)).toBe('unsigned');
    expect(openCheckpointBy('+\n1\n', signer.publicKey)).toBe('unread');
  });

  it.each(['07', '-1', '1e3', '', '9007199254740993'])('of the size %j is none', (size) => {
    expect(readCheckpoint(text.replace('\n7\n', `\n${size}\n`))).toBeUndefined();
  });

  it('may have lines below that say nothing here', () => {
    expect(readCheckpoint(`${text}more\n`)).toEqual(checkpoint);
    expect(readCheckpoint(`${text}\nmore\n`)).toBeUndefined();
  });
});

describe('a cosignature', () => {
  const witness = openSigner(generateSigningKey());
  const known = witnessKey('witness.example/w1', witness.publicKey);
  const at = new Date('2026-03-04T05:06:07.000Z');
  const line = cosign(text, known.name, witness, at);
  const of = (lines: readonly string[], keys = [known], body = text) => {
    const read = readNote(writeNote(body, lines));
    return read && cosignaturesOf(read, keys);
  };

  it('says who saw it and when', () => {
    expect(of([line])).toEqual([{ witness: known, at, line }]);
    expect(known.type).toBe(COSIGNATURE);
  });

  it('counts once for a witness: the newest', () => {
    const later = cosign(text, known.name, witness, new Date('2026-03-04T06:00:00.000Z'));
    expect(of([line, later, line])).toMatchObject([{ line: later }]);
  });

  it('of whom nobody named counts for nothing', () => {
    expect(of([line], [witnessKey('witness.example/w2', witness.publicKey)])).toEqual([]);
    expect(of([line], [witnessKey(known.name, openSigner(generateSigningKey()).publicKey)])).toEqual([]);
  });

  it('of another text, or with another time, spoils the note', () => {
    expect(of([line], [known], text.replace('\n7\n', '\n8\n'))).toBe('bad');
    const bytes = Buffer.from(line.split(' ')[2] ?? '', 'base64');
    bytes[11] = (bytes[11] as number) ^ 1;
    expect(of([`— ${known.name} ${bytes.toString('base64')}`])).toBe('bad');
  });

  it('that is a plain signature of the witness is none', () => {
    expect(isSignedBy(readNote(writeNote(text, [line])) as never, noteKey(known.name, 1, witness.publicKey))).toBe(
      'none',
    );
  });
});

describe('what a witness is sent', () => {
  it('is read and written as the specification has it', () => {
    const read = readAddCheckpoint(ADD);
    expect(read).toMatchObject({ old: 20_852_014, checkpoint: COSIGNED });
    expect(read?.path).toHaveLength(4);
    expect(read && writeAddCheckpoint(read)).toBe(ADD);
    expect(readAddCheckpoint(`old 0\n\n${note}`)).toEqual({ old: 0, path: [], checkpoint: note });
  });

  it.each([
    ADD.replace('old 2', 'old 02'),
    ADD.replace('old', 'new'),
    ADD.replace('kaw=', 'kax='),
    `old 1\n${'PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n'.repeat(64)}\n${note}`,
    '',
    '\n\n',
  ])('is refused in another form', (body) => {
    expect(readAddCheckpoint(body)).toBeUndefined();
  });
});

describe('the path of a tile', () => {
  it.each([
    ['0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['0/273.p/112', { level: 0, index: 273, width: 112 }],
    ['63/000', { level: 63, index: 0, width: 256 }],
  ])('%s is read', (path, tile) => {
    expect(readTilePath(path)).toEqual(tile);
    expect(tilePath(tile)).toBe(path);
  });

  it.each([
    '0/0',
    '64/000',
    '00/000',
    '0/x000/001',
    '0/001/002',
    '0/x001',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/01',
    'entries/000',
    '0/',
  ])('%s is none', (path) => {
    expect(readTilePath(path)).toBeUndefined();
  });

  it('has one spelling', () => {
    const any = fc.record({ level: fc.nat(63), index: fc.nat(2 ** 40), width: fc.integer({ min: 1, max: 256 }) });
    fc.assert(
      fc.property(any, (tile) => {
        expect(readTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
  });
});

it('base64 has one spelling', () => {
  expect(strictBase64('AB==')).toBeUndefined();
  expect(strictBase64('AA==')).toEqual(Buffer.of(0));
});
