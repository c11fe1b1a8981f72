import { randomBytes } from 'node:crypto';
import type { CenterTest, ProvisionReply, ProvisionWish, SetUp, SetUpSeen } from '../../contract/page/provision.ts';
import { having, SETTINGS, settingOf, writeText } from '../../contract/shell/settings.ts';
import { saidIn, type TerminalSettings } from '../../contract/shell/terminal-settings.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { keyId } from '../../proof/index.ts';
import { isSecret } from '../../proof/secrets/secret-hash.ts';
import type { Clock } from '../core/clock/index.ts';
import type { Guesses, Recovery } from '../keep/proctors/index.ts';
import { makeRecoveryCode } from './check-wish.ts';
import { provision } from './provision.ts';
import { readTerminal } from './terminal-file.ts';

/** Sets this terminal up on its own screen: whoever stands there while it is new, its administrator afterwards. */
export type Provisioning = {
  /** Whether it has to be set up, or can be; nothing where that is done elsewhere. */
  readonly setUp: SetUp | undefined;
  /** How long the next PIN of an administrator has to wait. */
  readonly waitMs: number;
  /**
   * Lets somebody in who may: anybody to a new terminal, else with the administrator's PIN or the recovery code.
   * @throws Refusal `not-allowed-now`, `pin-wrong`, `pin-wait`, `pin-locked`
   */
  enter(pin: string | undefined): Promise<SetUpSeen>;
  /** Who answers there, before its code is told to anybody. @throws Refusal `center-down`, `center-refused` */
  test(pass: string, center: string, key: string): Promise<CenterTest>;
  /** Writes it down and starts the station again. */
  provision(pass: string, wish: ProvisionWish): ProvisionReply;
};

export type ProvisionParts = {
  readonly data: string;
  readonly clock: Clock;
  /** Whether it knows of a center, by whatever way. */
  readonly provisioned: boolean;
  readonly enrolled: () => boolean;
  readonly guesses: Guesses;
  readonly recovery: Recovery;
  readonly displays: () => SetUpSeen['displays'];
  readonly ports: () => Promise<readonly string[]>;
  readonly whoAnswers: (center: string) => Promise<PublicKey>;
  readonly quiet: () => boolean;
  /** Ends this run of the station, so that the next one reads what was written; nothing where nobody would start it. */
  readonly restart: (() => void) | undefined;
};

/** So long an administrator may look for a key or a code. */
const PASS_MS = 1_800_000;
/** There is one PIN, and nobody's name before it. */
const ADMINISTRATOR = '';

export function openProvisioning(parts: ProvisionParts): Provisioning {
  const { data, clock, enrolled, restart } = parts;
  let pass: { readonly text: string; readonly until: number; readonly recovered: boolean } | undefined;
  let there = readTerminal(data) !== undefined;
  const setUp = (): SetUp | undefined => {
    if (!restart) return undefined;
    if (there) return 'by-administrator';
    return parts.provisioned || enrolled() ? undefined : 'needed';
  };
  const mustPass = (text: string): void => {
    if (pass?.text !== text || clock.monotonic() > pass.until) throw new Refusal('unauthorised', 'say the PIN again');
    if (!parts.quiet()) throw new Refusal('not-allowed-now', 'somebody sits here');
  };
  return {
    get setUp() {
      return setUp();
    },
    get waitMs() {
      return parts.guesses.waitMs(ADMINISTRATOR);
    },
    async enter(pin) {
      // Somebody may have written it by the command meanwhile.
      there = readTerminal(data) !== undefined;
      const how = setUp();
      if (!how || !parts.quiet()) throw new Refusal('not-allowed-now');
      const recovered = how === 'by-administrator' && (await administrator(parts, pin ?? '')) === 'by-code';
      pass = { text: randomBytes(16).toString('hex'), until: clock.monotonic() + PASS_MS, recovered };
      const now = written(readTerminal(data));
      return { pass: pass.text, enrolled: enrolled(), now, displays: parts.displays(), ports: await parts.ports() };
    },
    async test(text, center, key) {
      mustPass(text);
      const theirs = await parts.whoAnswers(center);
      const pinned = PublicKey.safeParse(key.trim()).data;
      const known = pinned === theirs ? 'as-given' : 'other';
      return { keyId: keyId(theirs), key: key.trim() === '' ? 'not-given' : known };
    },
    provision(text, wish) {
      mustPass(text);
      // Whoever came with the code has used it, and should leave with another.
      const made = pass?.recovered && !wish.recoveryCode ? makeRecoveryCode() : undefined;
      const done = provision(data, made ? { ...wish, recoveryCode: made } : wish, enrolled());
      if (!done.ok) return { wrong: done.wrong };
      pass = undefined;
      restart?.();
      const recoveryCode = made ?? done.recoveryCode;
      return { wrong: [], ...(recoveryCode ? { recoveryCode } : {}) };
    },
  };
}

/** Nobody guesses the recovery code: nobody has to wait with it. It works once, here as everywhere. */
async function administrator(
  { data, guesses, recovery }: ProvisionParts,
  given: string,
): Promise<'by-code' | 'by-pin'> {
  if (recovery.matches(given)) {
    guesses.forgetAll();
    recovery.renew();
    return 'by-code';
  }
  const hash = readTerminal(data)?.administratorPinHash;
  await guesses.attempt([{ of: ADMINISTRATOR, find: async () => (hash && isSecret(given, hash)) || undefined }]);
  return 'by-pin';
}

/** As it would be filled in, without what is secret. */
function written(terminal: TerminalSettings | undefined): ProvisionWish {
  const said = saidIn(terminal);
  const shown = having('file').filter((name) => said[name] !== undefined && !settingOf(name).secret);
  const fields = shown.map((name) => [SETTINGS[name].file.field, said[name]] as const);
  return Object.fromEntries(
    fields.map(([field, value]) => [field, typeof value === 'object' ? value.join('; ') : writeText(value ?? '')]),
  ) as ProvisionWish;
}
