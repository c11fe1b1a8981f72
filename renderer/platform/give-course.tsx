import { useCallback, useState } from 'react';
import { courseEndpoints, type SeenCourse } from '../../contract/platform/courses.ts';
import type { Asked } from '../../contract/platform/endpoint.ts';
import { type Worker, workerEndpoints } from '../../contract/platform/workers.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

type Whom = Asked<typeof courseEndpoints.give>['body']['whom'];
type Props = { readonly firm: Firm; readonly course: SeenCourse; readonly onGiven: () => void };
const BY = ['people', 'posts', 'sectors', 'categories', 'audience', 'all'] as const;
type By = (typeof BY)[number];

/** Who is to study a course: some, whoever is of a post, a sector or a category, or everybody. */
export function GiveCourse({ firm, course, onGiven }: Props) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const terms = useLoaded(
    useCallback(() => ask(courseEndpoints.audiences, { params: { firm: firm.id } }), [ask, firm.id]),
  ).value;
  const [by, setBy] = useState<By>('people');
  const [term, setTerm] = useState('');
  const [chosen, setChosen] = useState<readonly Worker[]>([]);
  const [told, setTold] = useState<{ readonly changed: number; readonly assigned: number }>();
  const ways = BY.filter((one) => one !== 'audience' || course.audience !== null);
  const named = by === 'posts' || by === 'sectors' || by === 'categories' ? (terms?.[by] ?? []) : [];
  const meant = named.includes(term) ? term : (named[0] ?? '');
  const whom = (): Whom => {
    if (by === 'all') return { by };
    if (by === 'people') return { by, ids: chosen.map(({ id }) => id) };
    if (by === 'audience') return { by, audience: course.audience ?? {} };
    return { by: 'audience', audience: { [by]: [meant] } };
  };
  const send = (end: boolean) =>
    run(async () => {
      setTold(undefined);
      const params = { firm: firm.id, id: course.examId };
      setTold(await ask(courseEndpoints.give, { params, body: { whom: whom(), end } }));
      setChosen([]);
      onGiven();
    });
  const nobody = by === 'people' ? chosen.length === 0 : by !== 'all' && by !== 'audience' && meant === '';
  return (
    <section className="part" aria-labelledby="give">
      <h2 id="give">{t('courses.give')}</h2>
      <Form onSend={() => send(false)}>
        <div className="fields">
          <ChoiceField
            name="by"
            label={t('courses.whom')}
            value={by}
            onChange={(value) => setBy(BY.find((one) => one === value) ?? 'people')}
            choices={ways.map((value) => ({ value, label: t(`courses.by-${value}`) }))}
          />
          {(by === 'posts' || by === 'sectors' || by === 'categories') && (
            <ChoiceField
              name="term"
              label={t(`courses.by-${by}`)}
              value={meant}
              onChange={setTerm}
              choices={named.map((value) => ({ value, label: value }))}
              hint={named.length === 0 ? t('courses.no-term') : undefined}
            />
          )}
        </div>
        {by === 'people' && <ChoosePeople firm={firm} chosen={chosen} onChange={setChosen} />}
        <Problem {...problem} />
        <div className="deeds">
          <Button look="primary" submits action="give-course" disabled={busy || nobody}>
            {t('courses.give')}
          </Button>
          <Button action="take-course" disabled={busy || nobody} onPress={() => send(true)}>
            {t('courses.take')}
          </Button>
          <span role="status">{told && t('courses.told', told)}</span>
        </div>
      </Form>
    </section>
  );
}

type ChooseProps = {
  readonly firm: Firm;
  readonly chosen: readonly Worker[];
  readonly onChange: (chosen: readonly Worker[]) => void;
};

/** People by how their name or their number begins. */
function ChoosePeople({ firm, chosen, onChange }: ChooseProps) {
  const { t, ask } = usePlatform();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly Worker[]>([]);
  const look = async (text: string) => {
    setSearch(text);
    if (text.trim() === '') return setFound([]);
    const query = { search: text.trim(), size: 10 };
    setFound((await ask(workerEndpoints.list, { params: { firm: firm.id }, query })).rows);
  };
  const others = found.filter(({ id }) => !chosen.some((one) => one.id === id));
  return (
    <div className="form">
      <TextField
        name="people-search"
        type="search"
        label={t('workers.search')}
        value={search}
        onChange={(text) => void look(text).catch(() => setFound([]))}
      />
      {others.length > 0 && (
        <ul className="found" aria-label={t('courses.found')}>
          {others.map((one) => (
            <li key={one.id}>
              <Button small action="choose-person" onPress={() => onChange([...chosen, one])}>
                {one.name} {one.number}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {chosen.length > 0 && (
        <ul className="found" aria-label={t('courses.chosen')}>
          {chosen.map((one) => (
            <li key={one.id}>
              <Button
                small
                icon="cross"
                action="unchoose-person"
                onPress={() => onChange(chosen.filter(({ id }) => id !== one.id))}
              >
                {one.name}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
