import { type FormEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { DocumentKind } from '../../contract/words/id-number.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { AlphabetPad, Keypad } from '../design/keypad.tsx';
import { Notice } from '../design/notice.tsx';
import { Scene } from '../design/scene.tsx';
import { useCall } from '../design/use-call.ts';
import { DocumentChoice } from './document-choice.tsx';
import { GROUPS, grouped, NUMBER_LENGTH, withoutGaps } from './grouped-number.ts';

/** The longest of other documents: a staff number. */
const LONGEST_OTHER = 20;

/** Whoever has no card that can be read types the number of their document: of an identity card, unless they say of which. */
export function TypeNumber({ onBack }: { readonly onBack: () => void }) {
  const { t } = usePage();
  const [document, setDocument] = useState<DocumentKind>('resident');
  const [choosing, setChoosing] = useState(false);
  if (!choosing)
    return <NumberForm key={document} document={document} onBack={onBack} onOther={() => setChoosing(true)} />;
  const choose = (one: DocumentKind) => {
    setDocument(one);
    setChoosing(false);
  };
  return (
    <Scene screen="type-document" className="type-screen">
      <h1>{t('type.document')}</h1>
      <DocumentChoice chosen={document} onChoose={choose} />
      <div className="deeds">
        <Button look="quiet" icon="back" onPress={() => setChoosing(false)} action="type-back">
          {t('common.back')}
        </Button>
      </div>
    </Scene>
  );
}

type NumberFormProps = {
  readonly document: DocumentKind;
  readonly onBack: () => void;
  readonly onOther: () => void;
};

function NumberForm({ document, onBack, onOther }: NumberFormProps) {
  const { t, station } = usePage();
  const [number, setNumber] = useState('');
  const { busy, refused, run } = useCall();
  const input = useRef<HTMLInputElement>(null);
  // Here, and not below: a scene takes the focus for itself, and then this.
  useEffect(() => input.current?.focus(), []);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') onBack();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number !== '') void run(() => station.call('identify.typed', { number, document }));
  };
  const isEighteen = document === 'resident';
  const type = (text: string) => setNumber(withoutGaps(text).slice(0, isEighteen ? NUMBER_LENGTH : LONGEST_OTHER));
  const pad = { onDigit: (digit: string) => type(number + digit), onErase: () => type(number.slice(0, -1)) };
  return (
    <Scene screen="type" className="type-screen">
      <form
        onSubmit={submit}
        onKeyDown={onKeyDown}
        className={hasLetters(document) ? 'type-number lettered' : 'type-number'}
      >
        <div className="typed">
          <h1>{isEighteen ? t('type.title') : t(`document.${document}`)}</h1>
          <NumberField number={number} isEighteen={isEighteen} input={input} onType={type} />
          <Notice reason={refused} />
          <div className="deeds">
            <Button look="primary" submits disabled={busy || number === ''} action="type-go">
              {t('type.submit')}
            </Button>
            <Button icon="card" onPress={onOther} action="type-other">
              {t('type.other')}
            </Button>
            <Button look="quiet" icon="back" onPress={onBack} action="type-back">
              {t('common.back')}
            </Button>
          </div>
        </div>
        {hasLetters(document) ? <AlphabetPad {...pad} /> : <Keypad {...pad} {...(isEighteen ? { extra: 'X' } : {})} />}
      </form>
    </Scene>
  );
}

/** Letters are on the screen only where the number may have some. */
const hasLetters = (document: DocumentKind): boolean => document !== 'resident' && document !== 'taiwan';

type NumberFieldProps = {
  readonly number: string;
  readonly isEighteen: boolean;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onType: (text: string) => void;
};

/** A place for each of eighteen characters; of other documents nobody knows how many there are. */
function NumberField({ number, isEighteen, input, onType }: NumberFieldProps) {
  const { t } = usePage();
  return (
    <>
      <label className={isEighteen ? 'number-slots' : 'number-slots free'}>
        <span className="visually-hidden">{t(isEighteen ? 'type.label' : 'type.label-other')}</span>
        {isEighteen && <Slots number={number} />}
        <input
          ref={input}
          value={isEighteen ? grouped(number) : number}
          onChange={(event) => onType(event.target.value)}
          inputMode="text"
          autoComplete="off"
          maxLength={24}
          name="number"
          spellCheck={false}
        />
      </label>
      {isEighteen && (
        <p className="muted" aria-live="polite">
          {t('type.count', { count: number.length })}
        </p>
      )}
    </>
  );
}

/** A place for each character, in the groups in which the card shows them. */
function Slots({ number }: { readonly number: string }) {
  const starts = GROUPS.map((_, i) => GROUPS.slice(0, i).reduce((sum, size) => sum + size, 0));
  return (
    <span className="slots" aria-hidden="true">
      {GROUPS.map((size, group) => (
        <span key={starts[group]} className="slot-group">
          {Array.from({ length: size }, (_, i) => (starts[group] ?? 0) + i).map((place) => (
            <span key={place} className={place === number.length ? 'slot next' : 'slot'}>
              {number[place] ?? ''}
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}
