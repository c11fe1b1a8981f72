import { useCallback, useState } from 'react';
import { organisationEndpoints } from '../../contract/platform/organisations.ts';
import { Eligibility, planningEndpoints, type Turn } from '../../contract/platform/planning.ts';
import type { HeldRole } from '../../contract/platform/roles.ts';
import { ExamId, instant, OrganisationId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { type Choice, ChoiceField, Form, TextField } from './fields.tsx';
import {
  ChooseCourses,
  ChoosePassed,
  ChooseProctors,
  type ChosenCourses,
  type ChosenProctor,
  RoomStations,
} from './plan-choosers.tsx';
import { ChooseGuests, type Guests } from './plan-guests.tsx';
import { Problem } from './problem.tsx';
import { tomorrow, typedMoment } from './turn-words.ts';
import { useDeed } from './use-deed.ts';

type PlanProps = { readonly onClose: () => void; readonly onPlanned: (turn: Turn) => void };

const isPlanner = ({ role }: HeldRole): boolean => ['bureau', 'firm', 'agency', 'room'].includes(role);

/** What is chosen of a turn; all else has a sensible value. */
type Typed = {
  readonly organiser: string;
  readonly room: string;
  readonly examOf: string;
  readonly examId: string;
  readonly begins: string;
  readonly seats: string;
  readonly again: string;
  readonly firms: Guests;
  readonly courses: ChosenCourses;
  readonly passed: ReadonlySet<string>;
  readonly proctors: readonly ChosenProctor[];
};

/** Of another firm other courses and exams are asked for. */
const NOTHING = { courses: new Map(), passed: new Set<string>() };
const SEATS = '30';

/** Plans a turn: where, what and when; a bureau says which firms come besides. */
export function PlanTurn({ onClose, onPlanned }: PlanProps) {
  const { t, ask, me } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const organisers = me?.roles.filter(isPlanner) ?? [];
  const [typed, setTyped] = useState<Typed>(() => ({
    ...{ organiser: organisers[0]?.organisationId ?? '', room: '', examOf: '', examId: '', seats: SEATS },
    ...{ again: 'not-passed', begins: typedMoment(tomorrow(new Date())), firms: new Map() },
    ...{ courses: new Map(), passed: new Set(), proctors: [] },
  }));
  const type = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  const role = organisers.find(({ organisationId }) => organisationId === typed.organiser);
  const rooms = useBelow(typed.organiser, role?.role === 'bureau' ? 'room' : undefined, role);
  const room = typed.room || rooms[0]?.value || '';
  const examOf = typed.examOf || room;
  const exams = useExams(examOf);
  const examId = typed.examId || exams[0]?.value || '';
  const guests = [...typed.firms].map(([id, { quota }]) => ({
    organisationId: OrganisationId.parse(id),
    quota: Number(quota),
  }));
  const send = () =>
    run(async () => {
      const body = {
        ...{ organiserId: OrganisationId.parse(typed.organiser), roomId: OrganisationId.parse(room) },
        ...{ examOf: OrganisationId.parse(examOf), examId: ExamId.parse(examId), seats: Number(typed.seats) },
        begins: instant(new Date(typed.begins)),
        eligibility: Eligibility.parse({
          ...{ again: typed.again, passed: [...typed.passed].filter((id) => id !== examId) },
          courses: [...typed.courses].map(([course, minutes]) => ({ examId: course, minutes: Number(minutes) })),
        }),
        proctors: typed.proctors.map(({ tenantId, proctorId }) => ({ tenantId, proctorId })),
        ...(role?.role === 'bureau' ? { quotas: guests } : {}),
      };
      onPlanned(await ask(planningEndpoints.plan, { body }));
    });
  const own = role?.tenantId ? [{ id: role.organisationId, tenantId: role.tenantId, name: role.organisation }] : [];
  const coming = [...typed.firms].flatMap(([id, { name, tenantId }]) => (tenantId ? [{ id, tenantId, name }] : []));
  const ready = room !== '' && examId !== '' && (role?.role !== 'bureau' || guests.length > 0);
  return (
    <Dialog title={t('turns.plan')} place="wide" onClose={onClose}>
      <Form onSend={send}>
        <div className="fields">
          {organisers.length > 1 && (
            <ChoiceField
              name="organiser"
              label={t('turns.organiser')}
              value={typed.organiser}
              onChange={(organiser) =>
                type({ organiser, room: '', examOf: '', examId: '', firms: new Map(), ...NOTHING, proctors: [] })
              }
              choices={organisers.map((one) => ({ value: one.organisationId, label: one.organisation }))}
            />
          )}
          <ChoiceField
            name="room"
            label={t('turns.room')}
            value={room}
            onChange={(value) => type({ room: value, examId: '', ...NOTHING })}
            choices={rooms}
            hint={rooms.length === 0 ? t('turns.no-room') : undefined}
            required
          />
          {rooms.length > 1 && (
            <ChoiceField
              name="exam-of"
              label={t('turns.exam-of')}
              value={examOf}
              onChange={(value) => type({ examOf: value, examId: '', ...NOTHING })}
              choices={rooms}
            />
          )}
          <ChoiceField
            name="exam"
            label={t('turns.exam')}
            value={examId}
            onChange={(value) => type({ examId: value })}
            choices={exams}
            hint={examOf && exams.length === 0 ? t('turns.no-exam') : undefined}
            required
          />
          <TextField
            name="begins"
            type="datetime-local"
            label={t('turns.begins')}
            value={typed.begins}
            onChange={(begins) => type({ begins })}
            hint={t('turns.ends-hint')}
            required
          />
          <TextField
            name="seats"
            type="number"
            min={1}
            label={t('turns.seats')}
            value={typed.seats}
            onChange={(seats) => type({ seats })}
            required
          />
          <ChoiceField
            name="again"
            label={t('turns.who')}
            value={typed.again}
            onChange={(again) => type({ again })}
            choices={(['not-passed', 're-sit', 'any'] as const).map((value) => ({ value, label: t(`again.${value}`) }))}
          />
        </div>
        {room && <RoomStations room={room} />}
        <ChooseCourses examOf={examOf} chosen={typed.courses} onChange={(courses) => type({ courses })} />
        <ChoosePassed
          exams={exams.filter(({ value }) => value !== examId)}
          chosen={typed.passed}
          onChange={(passed) => type({ passed })}
        />
        {role?.role === 'bureau' && (
          <ChooseGuests
            organiser={typed.organiser}
            firms={typed.firms}
            seats={Number(typed.seats)}
            onChange={(firms) => {
              const there = [...firms.values()].map(({ tenantId }) => tenantId);
              type({ firms, proctors: typed.proctors.filter(({ tenantId }) => there.includes(tenantId)) });
            }}
          />
        )}
        <ChooseProctors
          firms={role?.role === 'bureau' ? coming : own}
          chosen={typed.proctors}
          onChange={(proctors) => type({ proctors })}
        />
        <Problem {...problem} />
        <div className="sheet-deeds">
          <Button action="cancel" onPress={onClose}>
            {t('app.cancel')}
          </Button>
          <Button look="primary" submits action="plan" disabled={busy || !ready}>
            {t('turns.plan')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

type Kind = 'room' | 'firm';

/** What lies below a bureau; of anybody else, they themselves. */
function useBelow(organiser: string, kind: Kind | undefined, own: HeldRole | undefined): readonly Choice[] {
  const { ask } = usePlatform();
  const load = useCallback(async () => {
    const below = OrganisationId.safeParse(organiser).data;
    if (!below || !kind) return [];
    const found: Choice[] = [];
    // Firms and agencies have stations, too, of their own.
    for (const one of kind === 'room' ? (['room', 'agency', 'firm'] as const) : ([kind] as const)) {
      const { rows } = await ask(organisationEndpoints.list, {
        query: { below, kind: one, state: 'approved', size: 200 },
      });
      found.push(...rows.map(({ id, name }) => ({ value: id, label: name })));
    }
    return found;
  }, [ask, organiser, kind]);
  const { value } = useLoaded(load);
  return kind ? (value ?? []) : own ? [{ value: own.organisationId, label: own.organisation }] : [];
}

function useExams(room: string): readonly Choice[] {
  const { ask, locale } = usePlatform();
  const load = useCallback(async () => {
    const id = OrganisationId.safeParse(room).data;
    return id ? (await ask(planningEndpoints.exams, { params: { id } })).exams : [];
  }, [ask, room]);
  const { value = [] } = useLoaded(load);
  return value.map(({ id, title }) => ({ value: id, label: title[locale] ?? title.zh }));
}
