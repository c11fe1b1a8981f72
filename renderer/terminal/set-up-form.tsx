import { type FormEvent, useState } from 'react';
import {
  PROVISION_FIELDS,
  type ProvisionField,
  type ProvisionWish,
  type SetUpSeen,
  type WrongField,
} from '../../contract/page/provision.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Keyboard } from '../design/keyboard.tsx';
import { Keypad, LetterPad } from '../design/keypad.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { CenterTestButton } from './center-test.tsx';
import { type Choice, SetUpField } from './set-up-field.tsx';
import { useCameraNames } from './use-camera-names.ts';

const DIGITS: readonly ProvisionField[] = ['administratorPin', 'seat'];
const CODES: readonly ProvisionField[] = ['enrolmentCode', 'recoveryCode'];

type SetUpFormProps = {
  readonly seen: SetUpSeen;
  /** Written down; with the recovery code, where one was made. */
  readonly onDone: (recoveryCode: string | undefined) => void;
  readonly onBack?: (() => void) | undefined;
};

/** All that is to be said of a terminal, by keyboard or by touch. */
export function SetUpForm({ seen, onDone, onBack }: SetUpFormProps) {
  const { t, station } = usePage();
  const [wish, setWish] = useState<ProvisionWish>(seen.now);
  const [at, setAt] = useState<ProvisionField>('name');
  const [wrong, setWrong] = useState<readonly WrongField[]>([]);
  const { busy, refused, run } = useCall();
  const choices = useChoices(seen, wish);
  const text = (field: ProvisionField): string => wish[field] ?? '';
  const put = (field: ProvisionField, value: string) => {
    setWish((before) => ({ ...before, [field]: value }));
    setWrong((before) => before.filter((one) => one.field !== field));
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const reply = await station.call('provision', { pass: seen.pass, wish });
      setWrong(reply.wrong);
      const [first] = reply.wrong;
      if (!first) return onDone(reply.recoveryCode);
      document.getElementsByName(first.field)[0]?.focus();
    });
  };
  return (
    <form onSubmit={save} className="set-up">
      <div className="set-up-fields">
        {PROVISION_FIELDS.filter((field) => field !== 'enrolmentCode' || !seen.enrolled).map((field) => (
          <SetUpField
            key={field}
            field={field}
            value={text(field)}
            problem={wrong.find((one) => one.field === field)?.problem}
            choices={choices[field]}
            onFocus={() => setAt(field)}
            onValue={(value) => put(field, value)}
          />
        ))}
      </div>
      <div className="set-up-side">
        <Pad of={at} text={text(at)} onText={(value) => put(at, value)} />
        <CenterTestButton pass={seen.pass} center={text('center')} centerKey={text('centerKey')} />
        <Notice reason={refused} />
        <div className="row">
          <Button look="primary" submits disabled={busy} action="set-up-save">
            {t('setup.save')}
          </Button>
          {onBack && (
            <Button look="quiet" onPress={onBack}>
              {t('common.back')}
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}

type PadProps = { readonly of: ProvisionField; readonly text: string; readonly onText: (text: string) => void };

/** What is touched goes where the cursor was last. */
function Pad({ of, text, onText }: PadProps) {
  const type = (key: string) => onText(text + key);
  const erase = () => onText(text.slice(0, -1));
  if (DIGITS.includes(of)) return <Keypad onDigit={type} onErase={erase} {...(of === 'seat' ? { extra: '-' } : {})} />;
  return CODES.includes(of) ? <LetterPad onDigit={type} onErase={erase} /> : <Keyboard onKey={type} onErase={erase} />;
}

/** What is plugged in, and what is written down though it is not. */
function useChoices(
  { displays, ports }: SetUpSeen,
  wish: ProvisionWish,
): Partial<Record<ProvisionField, readonly Choice[]>> {
  const { t } = usePage();
  const cameras = useCameraNames();
  const choicesOf = (field: ProvisionField, none: string, found: readonly Choice[]): readonly Choice[] => {
    const written = wish[field] ?? '';
    const listed = found.some(({ value }) => value === written) || written === '';
    return [{ value: '', label: none }, ...found, ...(listed ? [] : [{ value: written, label: written }])];
  };
  const asThey = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }));
  return {
    plainHttp: choicesOf('plainHttp', t('setup.plain-refused'), [{ value: '1', label: t('setup.plain-allowed') }]),
    display: choicesOf(
      'display',
      t('setup.first-display'),
      displays.map(({ place, label, size }) => ({ value: String(place), label: `${place} · ${label} · ${size}` })),
    ),
    cameras: choicesOf('cameras', t('setup.any-camera'), asThey(cameras)),
    reader: choicesOf('reader', t('setup.find-reader'), asThey(ports)),
    relay: choicesOf('relay', t('setup.no-relay'), asThey(ports)),
  };
}
