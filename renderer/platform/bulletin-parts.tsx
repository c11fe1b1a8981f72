import { useState } from 'react';
import { type Bulletin, BulletinWeights, bulletinEndpoints } from '../../contract/platform/bulletin.ts';
import { Button } from '../design/button.tsx';
import { exampleOf } from './bulletin-words.ts';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

/** How it is scored: in words, and in numbers of a row that is there. */
export function BulletinFormula({ bulletin }: { readonly bulletin: Bulletin }) {
  const { t } = usePlatform();
  const { learning, sitting, passing } = bulletin.weights;
  const example = exampleOf(t, bulletin);
  return (
    <section className="part">
      <h2>{t('bulletin.how')}</h2>
      <p>
        <strong>{t('bulletin.formula', { ...bulletin.weights, sum: learning + sitting + passing })}</strong>
      </p>
      {example && <p>{example}</p>}
      <p className="muted">{t('bulletin.formula-rates')}</p>
      <p className="muted">{t('bulletin.formula-people')}</p>
      <p className="muted">{t('bulletin.formula-places')}</p>
    </section>
  );
}

type DeductionsProps = { readonly bulletin: Bulletin; readonly into: (firm: string) => string | undefined };

export function BulletinDeductions({ bulletin: { deductions }, into }: DeductionsProps) {
  const { t } = usePlatform();
  return (
    <section className="part">
      <h2>{t('bulletin.deductions-title', { count: deductions.length })}</h2>
      <p className="muted">{t('bulletin.deductions-mean')}</p>
      {deductions.length === 0 ? (
        <p>{t('bulletin.no-deductions')}</p>
      ) : (
        <ul className="rows">
          {deductions.map(({ id, name, within, toLearn, learned, toSit, sat }) => {
            const to = into(id);
            return (
              <li key={id}>
                <span>
                  {to ? <a href={to}>{name}</a> : name} <small className="muted">{within}</small>
                </span>
                <span>
                  {toLearn > 0 && learned <= 0 && <span className="badge warn">{t('bulletin.nobody-learned')}</span>}{' '}
                  {toSit > 0 && sat <= 0 && <span className="badge warn">{t('bulletin.nobody-sat')}</span>}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

const NAMES = ['learning', 'sitting', 'passing'] as const;
type Typed = Readonly<Record<(typeof NAMES)[number], string>>;

type WeightsProps = { readonly weights: BulletinWeights; readonly onPut: () => void };

/** For whoever runs the platform. */
export function BulletinWeightsForm({ weights, onPut }: WeightsProps) {
  const { t, ask } = usePlatform();
  const { run, busy, ...problem } = useDeed();
  const [typed, setTyped] = useState<Typed>({
    ...{ learning: String(weights.learning), sitting: String(weights.sitting), passing: String(weights.passing) },
  });
  const wish = BulletinWeights.safeParse(Object.fromEntries(NAMES.map((name) => [name, Number(typed[name])]))).data;
  const send = () =>
    wish &&
    run(async () => {
      await ask(bulletinEndpoints.putWeights, { body: wish });
      onPut();
    });
  return (
    <section className="part no-print">
      <h2>{t('bulletin.weights')}</h2>
      <p className="muted">{t('bulletin.weights-mean')}</p>
      <Form onSend={send}>
        <Problem {...problem} />
        <div className="fields">
          {NAMES.map((name) => (
            <TextField
              key={name}
              {...{ name, type: 'number', min: 0, required: true, value: typed[name] }}
              label={t(`bulletin.${name}`)}
              onChange={(value) => setTyped({ ...typed, [name]: value })}
            />
          ))}
        </div>
        <div className="deeds">
          <Button submits action="put-weights" disabled={busy || !wish}>
            {t('app.save')}
          </Button>
        </div>
      </Form>
    </section>
  );
}
