import { useCallback, useState } from 'react';
import { courseEndpoints } from '../../contract/platform/courses.ts';
import { proctorEndpoints } from '../../contract/platform/proctors.ts';
import { stationEndpoints } from '../../contract/platform/stations.ts';
import { OrganisationId, type ProctorId, type TenantId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { type Choice, TextField } from './fields.tsx';

/** How many minutes of each course somebody has to have learned; none is all of it. */
export type ChosenCourses = ReadonlyMap<string, string>;

type CoursesProps = {
  readonly examOf: string;
  readonly chosen: ChosenCourses;
  readonly onChange: (chosen: ChosenCourses) => void;
};

/** Courses of whoever has the exam, by their names. */
export function ChooseCourses({ examOf, chosen, onChange }: CoursesProps) {
  const { t } = usePlatform();
  const courses = useCourses(examOf);
  const put = (id: string, minutes: string | undefined) => {
    const next = new Map(chosen);
    if (minutes === undefined) next.delete(id);
    else next.set(id, minutes);
    onChange(next);
  };
  return (
    <fieldset className="part guests">
      <legend>{t('plan.courses')}</legend>
      {courses.length === 0 && <p className="muted">{t('plan.none-there')}</p>}
      {courses.map(({ value, label }) => (
        <div key={value} className="guest">
          <label className="check">
            <input
              type="checkbox"
              name={`course-${value}`}
              checked={chosen.has(value)}
              onChange={(event) => put(value, event.target.checked ? '0' : undefined)}
            />
            {label}
          </label>
          {chosen.has(value) && (
            <TextField
              name={`minutes-${value}`}
              type="number"
              min={0}
              label={t('plan.minutes')}
              value={chosen.get(value) ?? '0'}
              onChange={(minutes) => put(value, minutes)}
            />
          )}
        </div>
      ))}
    </fieldset>
  );
}

function useCourses(examOf: string): readonly Choice[] {
  const { ask, locale } = usePlatform();
  const load = useCallback(async () => {
    const firm = OrganisationId.safeParse(examOf).data;
    return firm ? (await ask(courseEndpoints.list, { params: { firm } })).courses : [];
  }, [ask, examOf]);
  const { value = [] } = useLoaded(load);
  return value.map(({ examId, title }) => ({ value: examId, label: inLocale(title, locale) }));
}

type PassedProps = {
  readonly exams: readonly Choice[];
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
};

/** Exams to have passed before this one. */
export function ChoosePassed({ exams, chosen, onChange }: PassedProps) {
  const { t } = usePlatform();
  const put = (id: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    onChange(next);
  };
  return (
    <fieldset className="part guests">
      <legend>{t('plan.passed')}</legend>
      {exams.length === 0 && <p className="muted">{t('plan.none-there')}</p>}
      {exams.map(({ value, label }) => (
        <label key={value} className="check">
          <input
            type="checkbox"
            name={`passed-${value}`}
            checked={chosen.has(value)}
            onChange={(event) => put(value, event.target.checked)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** A firm whose proctors may be named, and its data. */
export type WithProctors = { readonly id: string; readonly tenantId: TenantId; readonly name: string };
export type ChosenProctor = { readonly tenantId: TenantId; readonly proctorId: ProctorId; readonly name: string };

type ProctorsProps = {
  readonly firms: readonly WithProctors[];
  readonly chosen: readonly ChosenProctor[];
  readonly onChange: (chosen: readonly ChosenProctor[]) => void;
};

/** Proctors of the firms that come, by name. */
export function ChooseProctors({ firms, chosen, onChange }: ProctorsProps) {
  const { t } = usePlatform();
  const [search, setSearch] = useState('');
  const all = useProctors(firms);
  const isChosen = (one: ChosenProctor) => chosen.some(({ proctorId }) => proctorId === one.proctorId);
  const found = search.trim()
    ? all.filter((one) => one.name.includes(search.trim()) && !isChosen(one)).slice(0, 8)
    : [];
  return (
    <fieldset className="part guests">
      <legend>{t('plan.proctors')}</legend>
      <ul className="found">
        {chosen.map((one) => (
          <li key={one.proctorId}>
            <Button
              small
              icon="cross"
              label={t('plan.proctor-without', { name: one.name })}
              onPress={() => onChange(chosen.filter(({ proctorId }) => proctorId !== one.proctorId))}
            />{' '}
            {one.name}
          </li>
        ))}
      </ul>
      <TextField
        name="proctor-search"
        type="search"
        label={t('plan.proctors')}
        hint={t('plan.proctors-hint')}
        value={search}
        onChange={setSearch}
      />
      <ul className="found">
        {found.map((one) => (
          <li key={one.proctorId}>
            <Button small action="add-proctor" onPress={() => onChange([...chosen, one])}>
              {one.name}
            </Button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function useProctors(firms: readonly WithProctors[]): readonly ChosenProctor[] {
  const { ask } = usePlatform();
  const key = firms.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same firms are asked once
  const load = useCallback(async () => {
    const all: ChosenProctor[] = [];
    for (const { id, tenantId, name } of firms) {
      const { proctors } = await ask(proctorEndpoints.list, { params: { firm: OrganisationId.parse(id) } });
      for (const one of proctors) all.push({ tenantId, proctorId: one.id, name: `${one.name}（${name}）` });
    }
    return all;
  }, [ask, key]);
  return useLoaded(load).value ?? [];
}

/** What stands in a room. */
export function RoomStations({ room }: { readonly room: string }) {
  const { t, ask } = usePlatform();
  const load = useCallback(async () => {
    const firm = OrganisationId.safeParse(room).data;
    return firm ? (await ask(stationEndpoints.list, { params: { firm } })).stations : undefined;
  }, [ask, room]);
  const stations = useLoaded(load).value?.filter(({ revoked }) => !revoked);
  if (!stations) return null;
  return (
    <p className={stations.length === 0 ? 'notice warn' : 'muted'} data-room-stations={stations.length}>
      {stations.length === 0
        ? t('plan.no-stations')
        : t('plan.stations', { count: stations.length, names: stations.map(({ name }) => name).join('、') })}
    </p>
  );
}
