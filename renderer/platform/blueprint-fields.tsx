import { useId, useState } from 'react';
import type { BankContents, RulesLook } from '../../contract/platform/exams.ts';
import { ITEM_KINDS } from '../../contract/words/items.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import type { DraftRow, ExamDraft } from './exam-draft.ts';
import { CheckField, type Choice, ChoiceField } from './fields.tsx';
import { NumberField } from './number-field.tsx';

type BlueprintProps = {
  readonly draft: ExamDraft;
  readonly bank: BankContents;
  readonly lacks: RulesLook['lacks'];
  readonly onChange: (typed: Partial<ExamDraft>) => void;
};

/** How a form is made: so many items of a kind and a topic, each worth so much; and what holds for all of it. */
export function BlueprintFields({ draft, bank, lacks, onChange }: BlueprintProps) {
  const { t } = usePlatform();
  const [next, setNext] = useState(draft.rows.length);
  const { rows, form } = draft;
  const put = (key: number, typed: Partial<DraftRow>) =>
    onChange({ rows: rows.map((row) => (row.key === key ? { ...row, ...typed } : row)) });
  const add = () => {
    const added: DraftRow = { key: next, kind: 'single', count: 10, marks: 2, from: undefined, to: undefined };
    setNext(next + 1);
    onChange({ rows: [...rows, added] });
  };
  const items = rows.reduce((sum, { count = 0 }) => sum + count, 0);
  const setForm = (typed: Partial<ExamDraft['form']>) => onChange({ form: { ...form, ...typed } });
  return (
    <section className="part" aria-labelledby="blueprint">
      <h3 id="blueprint">{t('exams.blueprint')}</h3>
      <p className="muted">{t('exams.bank-has', { items: bank.items, drawn: items })}</p>
      <ol className="blueprint">
        {rows.map((row, at) => (
          <Row
            key={row.key}
            {...{ row, bank, number: at + 1 }}
            missing={lacks.find((lack) => lack.rows.includes(at + 1))?.missing}
            onChange={(typed) => put(row.key, typed)}
            onRemove={rows.length > 1 ? () => onChange({ rows: rows.filter(({ key }) => key !== row.key) }) : undefined}
          />
        ))}
      </ol>
      <div>
        <Button small action="add-row" onPress={add}>
          {t('exams.add-row')}
        </Button>
      </div>
      <details className="more">
        <summary>{t('exams.form-rules')}</summary>
        <div className="fields">
          <ChoiceField
            name="scoring"
            label={t('exams.scoring')}
            value={form.scoring}
            onChange={(scoring) => setForm({ scoring: scoring === 'subset' ? 'subset' : 'all-or-nothing' })}
            choices={(['all-or-nothing', 'subset'] as const).map((one) => ({ value: one, label: t(`scoring.${one}`) }))}
          />
          {(['maxExposure', 'maxOverlap', 'unseenMonths', 'target', 'tolerance'] as const).map((name) => (
            <NumberField
              key={name}
              name={name}
              label={t(`exams.${name}`)}
              hint={t(`exams.${name}-hint`)}
              value={form[name]}
              onChange={(value) => setForm({ [name]: value })}
            />
          ))}
          <CheckField
            name="wholeCases"
            label={t('exams.wholeCases')}
            value={form.wholeCases}
            onChange={(wholeCases) => setForm({ wholeCases })}
          />
        </div>
      </details>
    </section>
  );
}

type RowProps = {
  readonly row: DraftRow;
  readonly number: number;
  readonly bank: BankContents;
  readonly missing: number | undefined;
  readonly onChange: (typed: Partial<DraftRow>) => void;
  readonly onRemove: (() => void) | undefined;
};

const NAMED = [
  ['topic', 'topics'],
  ['industry', 'industries'],
  ['area', 'areas'],
  ['category', 'categories'],
] as const;

function Row({ row, number, bank, missing, onChange, onRemove }: RowProps) {
  const { t } = usePlatform();
  const id = useId();
  const kinds = ITEM_KINDS.map((kind) => {
    const items = bank.kinds.find((one) => one.kind === kind)?.items ?? 0;
    return { value: kind, label: `${t(`item-kind.${kind}`)} (${items})` };
  });
  const choicesOf = (name: (typeof NAMED)[number][1], chosen: string | undefined): readonly Choice[] => {
    const known = bank[name].map((one) => ({ value: one.name, label: `${one.name} (${one.items})` }));
    const other = chosen && !known.some(({ value }) => value === chosen) ? [{ value: chosen, label: chosen }] : [];
    return [{ value: '', label: t('list.all') }, ...known, ...other];
  };
  return (
    <li className={missing ? 'card lacking' : 'card'} data-blueprint-row={number} aria-labelledby={id}>
      <div className="head">
        <strong id={id}>{t('exams.row', { number })}</strong>
        {missing !== undefined && <span className="badge bad">{t('exams.missing', { missing })}</span>}
        {onRemove && (
          <Button small look="quiet" action="remove-row" onPress={onRemove}>
            {t('exams.remove-row')}
          </Button>
        )}
      </div>
      <div className="fields">
        <ChoiceField
          name="kind"
          label={t('exams.kind')}
          value={row.kind}
          onChange={(kind) => onChange({ kind: ITEM_KINDS.find((one) => one === kind) ?? 'single' })}
          choices={kinds}
        />
        {NAMED.filter(([field, list]) => bank[list].length > 0 || row[field]).map(([field, list]) => (
          <ChoiceField
            key={field}
            name={field}
            label={t(`exams.${field}`)}
            value={row[field] ?? ''}
            onChange={(value) => onChange({ [field]: value || undefined })}
            choices={choicesOf(list, row[field])}
          />
        ))}
        <NumberField
          name="count"
          label={t('exams.count')}
          value={row.count}
          onChange={(count) => onChange({ count })}
        />
        <NumberField
          name="marks"
          label={t('exams.marks')}
          value={row.marks}
          onChange={(marks) => onChange({ marks })}
        />
        {(bank.withDifficulty > 0 || row.from !== undefined || row.to !== undefined) && (
          <>
            <NumberField name="from" label={t('exams.from')} value={row.from} onChange={(from) => onChange({ from })} />
            <NumberField name="to" label={t('exams.to')} value={row.to} onChange={(to) => onChange({ to })} />
          </>
        )}
      </div>
    </li>
  );
}
