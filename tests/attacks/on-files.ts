import { unzipSync, zipSync } from 'fflate';
import { readQti } from '../../authoring/import/qti/index.ts';
import { instant, StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { openTinyCenter, STATION, TENANT } from '../../proof/proof.fixture.ts';
import { openPackage, openRescue } from '../../proof/sealed/index.ts';
import { reasonOf } from '../kit/refusals.ts';
import type { Attack, Seen } from './attack.ts';

/** Unpacking it all takes several times as long, on whatever machine; refusing it, a few milliseconds on a quiet one. */
const AT_ONCE_MS = 1_500;

/** One entry of zeros, which lies in the zip once and is listed as often as that. */
export function listedOften(
  others: Readonly<Record<string, Uint8Array>>,
  name: string,
  times: number,
  bytes = 16_000_000,
): Uint8Array {
  const zip = Buffer.from(zipSync({ ...others, [name]: new Uint8Array(bytes) }));
  const end = zip.length - 22;
  const start = zip.readUInt32LE(end + 16);
  const lines = zip.subarray(start, end);
  const last = lines.subarray(lines.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])));
  const tail = Buffer.from(zip.subarray(end));
  const count = tail.readUInt16LE(8) + times - 1;
  for (const at of [8, 10]) tail.writeUInt16LE(count, at);
  tail.writeUInt32LE(lines.length + last.length * (times - 1), 12);
  return Buffer.concat([zip.subarray(0, start), lines, ...Array.from({ length: times - 1 }, () => last), tail]);
}

/** With bytes in an entry that nobody can unpack. */
function spoilt(zip: Uint8Array, name: string): Uint8Array {
  const bytes = Buffer.from(zip);
  const start = bytes.indexOf(name) + name.length;
  return bytes.fill(0xff, start, start + 8);
}

/** Whether it is refused, and before anybody notices. */
function refusedAtOnce(read: () => unknown): Seen {
  const start = performance.now();
  try {
    read();
    return { outcome: 'open', said: 'it was read' };
  } catch (error) {
    const ms = Math.round(performance.now() - start);
    if (!(error instanceof Refusal)) return { outcome: 'open', said: String(error) };
    const said = `${error.reason} after ${ms} ms`;
    return { outcome: ms < AT_ONCE_MS ? 'prevented' : 'open', said };
  }
}

const junk = (text: string): Uint8Array => Buffer.from(text);

/** Against what takes files in: small ones that would unpack to very much, or cost much before a signature is looked at. */
export const attacksOnFiles: readonly Attack[] = [
  {
    name: 'rescue-listed-sixty-times',
    about: 'files',
    attacker: 'stranger',
    does: 'puts a zip of 20 KB into the inbox as a rescue file, whose one entry of 16 MB is listed 60 times',
    outcome: 'prevented',
    by: 'the list of a zip is held to its names and sizes before anything is unpacked; statements and their signatures come first',
    told: ['rescue-invalid'],
    async replay() {
      const names = { 'certificate.jws': junk('a.b.c'), 'manifest.jws': junk('a.b.c') };
      const bomb = listedOften(names, 'content.bin', 60);
      const centerKey = openTinyCenter().signer.publicKey;
      const opening = { centerKey, tenantId: TENANT, stationId: STATION, keyFrom: () => Buffer.alloc(32) };
      return refusedAtOnce(() => openRescue(bomb, opening));
    },
  },
  {
    name: 'package-unsigned-and-large',
    about: 'files',
    attacker: 'stranger',
    does: 'puts an exam package into the inbox that nobody signed, and that unpacks to 16 MB',
    outcome: 'prevented',
    by: 'nothing is unpacked or hashed before the center’s signature was found',
    told: ['signature-invalid'],
    async replay() {
      const bomb = spoilt(listedOften({ 'manifest.jws': junk('a.b.c') }, 'content.bin', 1), 'content.bin');
      const centerKey = openTinyCenter().signer.publicKey;
      const stationId = StationId.parse(STATION);
      let asked = 0;
      const keyFrom = () => {
        asked += 1;
        return Buffer.alloc(32);
      };
      // Whoever unpacks it finds first that it cannot be.
      if (reasonOf(() => unzipSync(bomb)) === 'ok') throw new Error('it can be unpacked');
      const reason = reasonOf(() => openPackage(bomb, { centerKey, stationId, keyFrom, now: instant(new Date()) }));
      return reason === 'signature-invalid' && asked === 0
        ? { outcome: 'prevented', said: reason }
        : { outcome: 'open', said: `${reason}, and its key was asked for ${asked} times` };
    },
  },
  {
    name: 'bank-that-unpacks-to-gigabytes',
    about: 'files',
    attacker: 'firm',
    does: 'hands in a package of questions of 20 KB that lists 16 MB of them 60 times',
    outcome: 'prevented',
    by: 'the list of a zip is held to its names and sizes before anything is unpacked',
    told: ['not-a-workbook'],
    async replay() {
      const bomb = listedOften({}, 'items.xml', 60);
      return refusedAtOnce(() => readQti(bomb));
    },
  },
];
