import { readFileSync } from 'node:fs';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { explainAtCommandLine } from '../../messages/of-center.ts';
import { decodeStill, type Enrolment, type FaceEngine, type Measure, openFaceEngine } from '../../native/face/index.ts';
import { modelsHere } from '../faces.ts';
import type { CommandResult } from '../output.ts';

type Checked = { readonly file: string } & Pick<Enrolment, 'ok' | 'quality'> & { readonly reasons: readonly Reason[] };

/** Whether photos would do for enrolment, component by component, and what to do about those that would not. */
export async function checkPhotos(files: readonly string[]): Promise<CommandResult> {
  const engine = await openFaceEngine(modelsHere());
  try {
    const checked: Checked[] = [];
    for (const file of files) checked.push(await check(engine, file));
    const ok = checked.every((photo) => photo.ok);
    return { exit: ok ? 0 : 1, json: { ok, photos: checked }, text: checked.flatMap(inWords) };
  } finally {
    await engine.close();
  }
}

async function check(engine: FaceEngine, file: string): Promise<Checked> {
  try {
    const enrolment = await engine.enrol(await decodeStill(readFileSync(file)));
    const { ok, quality } = enrolment;
    // The embedding stays here: it is somebody's face.
    return { file, ok, quality, reasons: enrolment.ok ? [] : enrolment.reasons };
  } catch (error) {
    if (error instanceof Refusal && error.reason !== 'photo-unreadable') throw error;
    return { file, ok: false, quality: [], reasons: ['photo-unreadable'] };
  }
}

const inWords = ({ file, ok, quality, reasons }: Checked): string[] => [
  `${ok ? 'usable  ' : 'refused '} ${file}`,
  ...reasons.map((reason) => `  ${explainAtCommandLine(reason, 'zh')} ${reason}`),
  ...quality.filter(({ verdict }) => verdict !== 'pass').map(measured),
];

function measured({ component, value, limit: { unit, good, usable }, verdict, advice }: Measure): string {
  const range = verdict === 'warn' ? good : usable;
  const [low, high] = range.map((bound) => (Math.abs(bound) === Number.MAX_VALUE ? '…' : String(bound)));
  return `  ${verdict}  ${component} ${value.toFixed(2)}, wanted ${low} to ${high} (${unit}): ${advice}`;
}
