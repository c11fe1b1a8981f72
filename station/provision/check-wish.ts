import type { z } from 'zod';
import {
  type ProvisionField as Field,
  type FieldProblem,
  ProvisionField,
  type WrongField,
} from '../../contract/page/provision.ts';
import { TerminalSettings } from '../../contract/shell/terminal-settings.ts';
import { CameraNames } from '../../contract/words/cameras.ts';
import { wayTo } from '../../proof/center-line/index.ts';
import { sha256 } from '../../proof/index.ts';
import { makeCode, normalCode } from '../../proof/secrets/codes.ts';
import { hashSecret } from '../../proof/secrets/secret-hash.ts';

export type Checked =
  | {
      readonly ok: true;
      readonly settings: TerminalSettings;
      /** One that was made here, because none was given: to be shown once. */
      readonly recoveryCode?: string;
    }
  | { readonly ok: false; readonly wrong: readonly WrongField[] };

/** What is there already: it is kept where the wish is silent. */
export type Kept = { readonly before: TerminalSettings | undefined; readonly enrolled: boolean };

const { shape } = TerminalSettings.unwrap();

/** 125 bits, so that nobody needs to be kept from guessing it; one that people made up is not taken far below. */
const [GROUPS, GROUP, FEWEST_LETTERS] = [5, 5, 20];
export const makeRecoveryCode = (): string => makeCode(GROUPS, GROUP);
const PIN = /^\d{6,12}$/;

/** Fields that are written down as they are said, and what is wrong with one that cannot be. */
type Plain = Exclude<Field, 'cameras' | 'plainHttp' | 'administratorPin' | 'recoveryCode'>;
const PROBLEMS = {
  name: 'long',
  room: 'long',
  center: 'address',
  enrolmentCode: 'code',
  centerKey: 'key',
  display: 'long',
  reader: 'long',
  relay: 'long',
  printer: 'long',
  seat: 'seat',
} as const satisfies Readonly<Record<Plain, FieldProblem>>;
const PLAIN = Object.keys(PROBLEMS) as readonly Plain[];

/** Everything that is wrong, each with its field; or what is to be written. PIN and recovery code leave here as hashes. */
export function checkWish(wish: Readonly<Record<string, unknown>>, { before, enrolled }: Kept): Checked {
  const { wrong, text, read, must, complain } = openFields(wish);
  const pin = pinIn(text('administratorPin'), (problem) => complain('administratorPin', problem));
  const said: Partial<Record<Plain, unknown>> = Object.fromEntries(
    PLAIN.map((field) => [field, read(field, shape[field], PROBLEMS[field])]),
  );
  if (!before) must('administratorPin', pin);
  if (!enrolled) must('enrolmentCode', said.enrolmentCode);
  must('name', said.name);
  must('center', said.center);
  const plainHttp = switchIn(text('plainHttp'), (problem) => complain('plainHttp', problem));
  // One that is enrolled goes on as it is, and warns of it; what comes new is not begun in the open.
  if (!enrolled && !plainHttp && typeof said.center === 'string' && wayTo(said.center) === 'plain')
    complain('center', 'plain');
  const cameras = camerasIn(wish.cameras, (problem) => complain('cameras', problem));
  const recovery = recoveryIn(text('recoveryCode'), (problem) => complain('recoveryCode', problem));
  const made = recovery || before ? undefined : makeRecoveryCode();
  const newCode = recovery ?? made;
  if (wrong.length > 0) return { ok: false, wrong };
  const content = {
    ...{ format: 'exam-station/terminal@1', ...said, cameras, plainHttp },
    ...(enrolled ? { enrolmentCode: undefined } : {}),
    administratorPinHash: pin ? hashSecret(pin) : before?.administratorPinHash,
    recoveryCodeHash: newCode ? sha256(normalCode(newCode)) : before?.recoveryCodeHash,
  };
  // Without the fields that nobody filled in, so that the file reads as it was meant.
  const settings = TerminalSettings.parse(JSON.parse(JSON.stringify(content)));
  return { ok: true, settings, ...(made ? { recoveryCode: made } : {}) };
}

/** Reads field by field, and collects what is wrong. */
function openFields(wish: Readonly<Record<string, unknown>>) {
  const wrong: WrongField[] = Object.keys(wish)
    .filter((field) => !ProvisionField.safeParse(field).success)
    .map((field) => ({ field: field.slice(0, 100), problem: 'unknown' }));
  const complain = (field: Field, problem: FieldProblem): undefined => void wrong.push({ field, problem });
  /** Nothing where it is empty or none. */
  const text = (field: Field): string | undefined => {
    const value = wish[field] ?? '';
    return typeof value === 'string' ? value.trim() || undefined : complain(field, 'not-text');
  };
  const read = <S extends z.ZodType>(field: Field, schema: S, problem: FieldProblem): z.output<S> | undefined => {
    const given = text(field);
    if (given === undefined) return undefined;
    const { data, success } = schema.safeParse(given);
    return success ? data : complain(field, problem);
  };
  const must = (field: Field, value: unknown): void => {
    if (value === undefined && !wrong.some((one) => one.field === field)) complain(field, 'missing');
  };
  return { wrong, text, read, must, complain };
}

type Complain = (problem: FieldProblem) => undefined;

function pinIn(pin: string | undefined, complain: Complain): string | undefined {
  if (pin === undefined) return undefined;
  if (!PIN.test(pin)) return complain('pin');
  return isEasy(pin) ? complain('pin-easy') : pin;
}

/** One digit again and again, or each one more or one less than the one before. */
function isEasy(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  return steps.size === 1 && [-1, 0, 1].some((step) => steps.has(step));
}

/** Nothing where it is off: the file then does not name it. */
function switchIn(given: string | undefined, complain: Complain): true | undefined {
  if (given === undefined || given === '0' || given === 'false') return undefined;
  return given === '1' || given === 'true' ? true : complain('switch');
}

function recoveryIn(code: string | undefined, complain: Complain): string | undefined {
  if (code === undefined) return undefined;
  return normalCode(code).length < FEWEST_LETTERS || code.length > 40 ? complain('recovery') : code;
}

/** A list, or one text with semicolons between. */
function camerasIn(given: unknown, complain: Complain): readonly string[] | undefined {
  const listed = Array.isArray(given) ? given.join(';') : (given ?? '');
  if (typeof listed !== 'string') return complain('not-text');
  const names = CameraNames.parse(listed);
  if (names.length === 0) return undefined;
  return shape.cameras.safeParse(names).success ? names : complain('long');
}
