import { useMemo, useState } from 'react';
import { courseEndpoints, type HomeLearner } from '../../contract/platform/courses.ts';
import type { CandidateId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { InvitedSheet, useInviting } from './home-invited.tsx';
import { type Column, List } from './list.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** Who is invited to learn at home, or signed in there. */
export function HomeAccessPage() {
  return (
    <OfFirm screen="home-access" heading="home-access.title">
      {(firm) => <Learners firm={firm} />}
    </OfFirm>
  );
}

function Learners({ firm }: { readonly firm: Firm }) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const inviting = useInviting(firm);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks anew
  const asked = useMemo(() => ({ params: { firm: firm.id }, query: {} }), [firm.id, round]);
  const end = (id: CandidateId) =>
    run(async () => {
      await ask(courseEndpoints.endHome, { params: { firm: firm.id }, body: { ids: [id] } });
      setRound(round + 1);
    });
  const invite = async (id: CandidateId) => {
    if (await inviting.invite([id])) setRound(round + 1);
  };
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const deeds: Column<HomeLearner> = {
    name: 'deeds',
    title: t('home-access.deeds'),
    cell: ({ id, name }) => (
      <span className="deeds">
        <Button small action="invite-again" disabled={inviting.busy} onPress={() => invite(id)}>
          {t('home-access.again')}
        </Button>
        <Button
          small
          action="end-home"
          label={t('home-access.end-of', { name })}
          disabled={busy}
          onPress={() => end(id)}
        >
          {t('home-access.end')}
        </Button>
      </span>
    ),
  };
  const columns: readonly Column<HomeLearner>[] = [
    {
      name: 'name',
      title: t('workers.name'),
      cell: ({ id, name, number }) => (
        <span>
          <a href={firm.address('worker', id)}>{name}</a> <small className="muted">{number}</small>
        </span>
      ),
    },
    {
      name: 'invited',
      title: t('home-access.invited-until'),
      cell: ({ invitedUntil }) => (invitedUntil ? day.format(new Date(invitedUntil)) : ''),
    },
    { name: 'devices', title: t('home-access.devices'), figures: true, cell: ({ devices }) => devices },
    {
      name: 'seen',
      title: t('home-access.seen'),
      cell: ({ seenAt }) => (seenAt ? day.format(new Date(seenAt)) : ''),
    },
    ...(firm.isOwn ? [deeds] : []),
  ];
  return (
    <>
      <p className="muted">{t('home-access.means')}</p>
      <p>
        <a href={firm.address('courses')}>{t('courses.title')}</a>
      </p>
      <Problem {...problem} />
      <Problem refused={inviting.refused} detail={inviting.detail} />
      {inviting.invited && <InvitedSheet invited={inviting.invited} onClose={inviting.close} />}
      <List
        caption={t('home-access.title')}
        endpoint={courseEndpoints.listHome}
        {...{ asked, columns }}
        keyOf={({ id }: HomeLearner) => id}
      />
    </>
  );
}
