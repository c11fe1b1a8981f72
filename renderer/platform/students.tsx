import { useMemo, useState } from 'react';
import {
  courseEndpoints,
  MOST_INVITED,
  type SeenCourse,
  STUDY_STATES,
  type Student,
} from '../../contract/platform/courses.ts';
import type { CandidateId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceFilter, Filters, SearchFilter, useFilter } from './filters.tsx';
import { InvitedSheet, useInviting } from './home-invited.tsx';
import { type Column, List } from './list.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

type Props = {
  readonly firm: Firm;
  readonly course: SeenCourse;
  /** Another number asks anew. */
  readonly round: number;
  readonly onChanged: () => void;
};

/** Who is to study a course, and how far each is; some of them are invited to learn at home, or need it no longer. */
export function Students({ firm, course, round, onChanged }: Props) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [search] = useFilter('search');
  const [state] = useFilter('state');
  const [chosen, setChosen] = useState<ReadonlySet<CandidateId>>(new Set());
  const inviting = useInviting(firm);
  const { examId } = course;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks anew
  const asked = useMemo(
    () => ({
      params: { firm: firm.id, id: examId },
      query: { search: search || undefined, state: STUDY_STATES.find((one) => one === state) },
    }),
    [firm.id, examId, search, state, round],
  );
  const choose = (id: CandidateId, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const take = () =>
    run(async () => {
      const body = { whom: { by: 'people' as const, ids: [...chosen] }, end: true };
      await ask(courseEndpoints.give, { params: asked.params, body });
      setChosen(new Set());
      onChanged();
    });
  const invite = async () => {
    if (!(await inviting.invite([...chosen]))) return;
    setChosen(new Set());
    onChanged();
  };
  return (
    <>
      <Filters>
        <SearchFilter label={t('workers.search')} />
        <ChoiceFilter
          name="state"
          label={t('courses.state')}
          choices={STUDY_STATES.map((value) => ({ value, label: t(`study.${value}`) }))}
        />
      </Filters>
      {firm.isOwn && (
        <div className="deeds">
          <span role="status">{t('courses.chosen-count', { count: chosen.size })}</span>
          {course.home && (
            <Button
              action="invite-home"
              disabled={inviting.busy || chosen.size === 0 || chosen.size > MOST_INVITED}
              onPress={invite}
            >
              {t('home-access.invite')}
            </Button>
          )}
          <Button action="take-from-chosen" disabled={busy || chosen.size === 0} onPress={take}>
            {t('courses.take')}
          </Button>
        </div>
      )}
      <Problem {...problem} />
      <Problem refused={inviting.refused} detail={inviting.detail} />
      {inviting.invited && <InvitedSheet invited={inviting.invited} onClose={inviting.close} />}
      <List
        caption={t('courses.students-list')}
        endpoint={courseEndpoints.people}
        {...{ asked }}
        columns={useColumns({ firm, course, chosen, choose })}
        keyOf={({ id }: Student) => id}
        filtered={search !== '' || state !== ''}
      />
    </>
  );
}

type ColumnsOf = Pick<Props, 'firm' | 'course'> & {
  readonly chosen: ReadonlySet<CandidateId>;
  readonly choose: (id: CandidateId, isChosen: boolean) => void;
};
const TONES: Readonly<Record<Student['state'], string>> = { none: '', begun: 'warn', completed: 'good' };

function useColumns({ firm, course, chosen, choose }: ColumnsOf): readonly Column<Student>[] {
  const { t } = usePlatform();
  const all = Math.ceil(course.seconds / 60);
  const minutes = (seconds: number): string => t('courses.minutes-of', { minutes: Math.floor(seconds / 60), all });
  const tick: Column<Student> = {
    name: 'chosen',
    title: t('courses.choose'),
    cell: ({ id, name }) => (
      <input
        type="checkbox"
        name={`choose-${id}`}
        aria-label={t('courses.choose-one', { name })}
        checked={chosen.has(id)}
        onChange={(event) => choose(id, event.target.checked)}
      />
    ),
  };
  return [
    ...(firm.isOwn ? [tick] : []),
    {
      name: 'name',
      title: t('workers.name'),
      cell: ({ id, name, number }) => (
        <span>
          <a href={firm.address('worker', id)}>{name}</a> <small className="muted">{number}</small>
        </span>
      ),
    },
    { name: 'post', title: t('workers.post'), cell: ({ post }) => post ?? '' },
    {
      name: 'proven',
      title: t('courses.proven'),
      cell: ({ state, seconds }) => (
        <span>
          <span className={`badge ${TONES[state]}`}>{t(`study.${state}`)}</span> {minutes(seconds)}
        </span>
      ),
    },
    {
      name: 'home',
      title: t('courses.home-column'),
      cell: ({ atHome, access }) => (
        <span>
          {atHome && `${minutes(atHome.seconds)} ${atHome.completed ? t('study.completed') : ''} `}
          {access && (
            <small className="muted">{t(access.devices > 0 ? 'home-access.in' : 'home-access.invited')}</small>
          )}
        </span>
      ),
    },
  ];
}
