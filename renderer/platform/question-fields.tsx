import { useId } from 'react';
import type { BankRowProblem, BankUpload, WrittenQuestion } from '../../contract/platform/bank-uploads.ts';
import { ITEM_KINDS, ItemKind, MOST_OPTIONS } from '../../contract/words/items.ts';
import type { PlatformKey } from '../../messages/platform/index.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField, TextField } from './fields.tsx';
import type { Firm } from './use-firm.ts';
import { WrittenPictures } from './written-pictures.tsx';

type Props = {
  readonly firm: Firm;
  readonly upload: BankUpload;
  readonly typed: WrittenQuestion;
  /** Which part of it is wrong. */
  readonly wrong: BankRowProblem['part'];
  readonly onChange: (typed: WrittenQuestion) => void;
};

/** Whoever answers writes: there is nothing to choose from. */
const isTyped = ({ kind }: WrittenQuestion): boolean => kind === 'numeric' || kind === 'text';
/** As it is sent: what the form does not show is not meant. */
export const sendable = (typed: WrittenQuestion): WrittenQuestion => ({
  ...typed,
  ...(isTyped(typed) ? { options: [] } : {}),
  ...(typed.kind === 'match' ? {} : { premises: '' }),
});

/** How the answer to a kind is written. */
function keyHint(kind: WrittenQuestion['kind']): PlatformKey {
  if (kind === 'numeric') return 'uploads.key-number';
  if (kind === 'text') return 'uploads.key-text';
  if (kind === 'order') return 'uploads.key-order';
  if (kind === 'match') return 'uploads.key-match';
  return kind === 'true-false' ? 'uploads.key-judged' : 'uploads.key-letters';
}

const linesOf = (text: string): number => Math.min(text.split('\n').length, 6);
const letterOf = (at: number): string => String.fromCharCode(65 + at);

/** A question as a row has it: what kind it is, what it asks, what can be answered, and what is right. */
export function QuestionFields({ firm, upload, typed, wrong, onChange }: Props) {
  const { t } = usePlatform();
  const put = (change: Partial<WrittenQuestion>) => onChange({ ...typed, ...change });
  const { kind, stem, pictures, options, premises = '', key, topic, explanation } = typed;
  const putOption = (at: number, change: Partial<WrittenQuestion['options'][number]>) =>
    put({ options: options.map((option, place) => (place === at ? { ...option, ...change } : option)) });
  return (
    <>
      <ChoiceField
        name="kind"
        label={t('uploads.part.kind')}
        value={kind ?? ''}
        onChange={(value) => put({ kind: ItemKind.safeParse(value).data ?? null })}
        choices={[
          { value: '', label: t('uploads.choose-kind') },
          ...ITEM_KINDS.map((one) => ({ value: one, label: t(`item-kind.${one}`) })),
        ]}
      />
      <LongField
        name="stem"
        label={t('uploads.part.stem')}
        value={stem}
        wrong={wrong === 'stem'}
        onChange={(value) => put({ stem: value })}
      />
      <WrittenPictures {...{ firm, upload, pictures }} name="stem" onChange={(next) => put({ pictures: next })} />
      {kind === 'match' && (
        <LongField
          name="premises"
          label={t('uploads.premises')}
          hint={t('uploads.premises-hint')}
          value={premises}
          onChange={(value) => put({ premises: value })}
        />
      )}
      {!isTyped(typed) && (
        <fieldset className="bare part written">
          <legend>{t('uploads.part.options')}</legend>
          {options.map((option, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an option is its letter
            <div key={at} className="written-option">
              <LongField
                name={`option-${letterOf(at)}`}
                label={letterOf(at)}
                value={option.text}
                rows={linesOf(option.text)}
                onChange={(text) => putOption(at, { text })}
              />
              <WrittenPictures
                {...{ firm, upload }}
                pictures={option.pictures}
                name={`option-${letterOf(at)}`}
                onChange={(next) => putOption(at, { pictures: next })}
              />
            </div>
          ))}
          <div className="deeds">
            <Button
              small
              action="add-option"
              disabled={options.length >= MOST_OPTIONS}
              onPress={() => put({ options: [...options, { text: '', pictures: [] }] })}
            >
              {t('uploads.add-option')}
            </Button>
            {options.length > 0 && (
              <Button small look="quiet" action="less-option" onPress={() => put({ options: options.slice(0, -1) })}>
                {t('uploads.less-option', { letter: letterOf(options.length - 1) })}
              </Button>
            )}
          </div>
        </fieldset>
      )}
      <LongField
        name="key"
        rows={linesOf(key)}
        wrong={wrong === 'key'}
        label={t('uploads.part.key')}
        hint={t(keyHint(kind))}
        value={key}
        onChange={(value) => put({ key: value })}
      />
      <TextField name="topic" label={t('uploads.topic')} value={topic} onChange={(value) => put({ topic: value })} />
      <LongField
        name="explanation"
        label={t('uploads.explanation')}
        value={explanation}
        onChange={(value) => put({ explanation: value })}
      />
    </>
  );
}

type LongFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly wrong?: boolean;
  readonly rows?: number;
  readonly onChange: (value: string) => void;
};

/** Cells have lines, which a field of one line would throw away. */
function LongField({ name, label, value, hint, wrong = false, rows = 3, onChange }: LongFieldProps) {
  const id = useId();
  const hintId = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <textarea
        {...{ id, name, value, rows, 'aria-invalid': wrong }}
        {...(hint ? { 'aria-describedby': hintId } : {})}
        onChange={({ target }) => onChange(target.value)}
      />
      {hint && (
        <small id={hintId} className="muted">
          {hint}
        </small>
      )}
    </div>
  );
}
