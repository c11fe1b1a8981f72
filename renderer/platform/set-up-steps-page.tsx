import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import { firmEndpoints } from '../../contract/platform/firms.ts';
import { type Organisation, organisationEndpoints } from '../../contract/platform/organisations.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { AddOrganisation } from './add-organisation.tsx';
import { AddWorker } from './add-worker.tsx';
import { useHasRole, usePlatform } from './context.tsx';
import { Problem } from './problem.tsx';
import { AddProctor, InvitedDialog } from './proctors-page.tsx';
import { addressFor, go } from './route.ts';
import { NewStation, useStations } from './stations-page.tsx';
import { TreeUpload } from './tree-upload.tsx';
import { useDeed } from './use-deed.ts';
import { type Firm, useFirm } from './use-firm.ts';
import { useExamChoices } from './workers-page.tsx';

/** From an empty center to the first exam: each step knows from what is there whether it is done, and any can wait. */
export function SetUpStepsPage() {
  const { t } = usePlatform();
  const runs = useHasRole('platform');
  const firm = useFirm();
  return (
    <Main screen="set-up-steps" className="page">
      <h1>{t('steps.title')}</h1>
      <p>{t('steps.means')}</p>
      {firm === undefined && <p>{t('app.loading')}</p>}
      {firm !== undefined && <Steps runs={runs} firm={firm?.isOwn ? firm : undefined} />}
    </Main>
  );
}

type Step = {
  readonly name: 'tree' | 'firm' | 'proctor' | 'exam' | 'worker' | 'station' | 'sit';
  readonly isDone: boolean;
  readonly body: ReactNode;
};
const AGAIN_MS = 5_000;

function Steps({ runs, firm }: { readonly runs: boolean; readonly firm: Firm | undefined }) {
  const { t, ask } = usePlatform();
  const id = firm?.id;
  const load = useCallback(
    async () => ({
      tree: runs ? await ask(organisationEndpoints.counts, {}) : undefined,
      counts: id && (await ask(firmEndpoints.counts, { params: { firm: id } })),
    }),
    [ask, runs, id],
  );
  const { value, refused, again } = useLoaded(load);
  useEffect(() => {
    const timer = setInterval(again, AGAIN_MS);
    return () => clearInterval(timer);
  }, [again]);
  const [open, setOpen] = useState<Step['name'] | 'none'>();
  if (!value) return <Problem refused={refused} />;
  const { tree, counts } = value;
  const ofPlatform: readonly Step[] = tree
    ? [
        { name: 'tree', isDone: tree.counties > 0, body: <TreeUpload onDone={again} /> },
        { name: 'firm', isDone: firm !== undefined, body: <FirstFirm onDone={again} /> },
      ]
    : [];
  const ofFirm: readonly Step[] =
    firm && counts
      ? [
          {
            name: 'proctor',
            isDone: counts.ready > 0,
            body: <FirstProctor {...{ firm, again }} waits={counts.proctors > 0} />,
          },
          { name: 'exam', isDone: counts.exams > 0, body: <FirstExam {...{ firm, again }} /> },
          {
            name: 'worker',
            isDone: counts.photographed > 0,
            body: <FirstWorker firm={firm} waits={counts.workers > 0} />,
          },
          { name: 'station', isDone: counts.heard > 0, body: <FirstStation firm={firm} /> },
          { name: 'sit', isDone: counts.sat > 0, body: <p>{t('steps.sit-means')}</p> },
        ]
      : [];
  const steps = [...ofPlatform, ...ofFirm];
  const shown = open ?? steps.find(({ isDone }) => !isDone)?.name;
  const after = (name: Step['name']) => steps[steps.findIndex((one) => one.name === name) + 1]?.name ?? 'none';
  return (
    <ol className="set-up-list">
      {steps.map(({ name, isDone, body }, at) => (
        <li key={name} className="set-up-step" data-step={name} data-done={isDone}>
          <h2>
            <button
              type="button"
              aria-expanded={shown === name}
              onClick={() => setOpen(shown === name ? 'none' : name)}
            >
              <span className="step-number">{at + 1}</span>
              <span className="step-name">{t(`steps.${name}`)}</span>
              <span className={isDone ? 'badge good' : 'badge'}>{t(isDone ? 'steps.done' : 'steps.open')}</span>
            </button>
          </h2>
          {shown === name && (
            <div className="part opened">
              {body}
              {at < steps.length - 1 && (
                <div>
                  <Button look="quiet" action="next-step" onPress={() => setOpen(after(name))}>
                    {t(isDone ? 'steps.next' : 'steps.skip')}
                  </Button>
                </div>
              )}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

/** A firm is added, or one that is there is taken on by whoever sets the platform up. */
function FirstFirm({ onDone }: { readonly onDone: () => void }) {
  const { t, ask, setMe } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [adding, setAdding] = useState(false);
  const load = useCallback(
    () => ask(organisationEndpoints.list, { query: { kind: 'firm', state: 'approved', size: 10 } }),
    [ask],
  );
  const { value, again } = useLoaded(load);
  const takeOn = ({ id }: Pick<Organisation, 'id'>) =>
    run(async () => {
      await ask(firmEndpoints.takeOn, { params: { firm: id } });
      setMe(await ask(accountEndpoints.me, {}));
      onDone();
    });
  return (
    <>
      <p>{t('steps.firm-means')}</p>
      <ul className="rows boxed">
        {value?.rows.map((one) => (
          <li key={one.id}>
            <a href={addressFor('organisation', one.id)}>{one.name}</a>
            <Button small action="take-on" disabled={busy} onPress={() => takeOn(one)}>
              {t('steps.take-on')}
            </Button>
          </li>
        ))}
      </ul>
      <Problem {...problem} />
      <div>
        <Button look="primary" action="add-firm" onPress={() => setAdding(true)}>
          {t('steps.add-firm')}
        </Button>
      </div>
      {adding && (
        <AddOrganisation
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            again();
          }}
        />
      )}
    </>
  );
}

type FirmStep = { readonly firm: Firm; readonly again: () => void };

function FirstProctor({ firm, again, waits }: FirmStep & { readonly waits: boolean }) {
  const { t } = usePlatform();
  const [invited, setInvited] = useState<Parameters<typeof InvitedDialog>[0]['invitation']>();
  return (
    <>
      <p>{t(waits ? 'steps.proctor-waits' : 'steps.proctor-means')}</p>
      {waits ? (
        <a href={firm.address('proctors')}>{t('proctors.title')}</a>
      ) : (
        <AddProctor firm={firm} onAdded={() => undefined} onInvited={setInvited} />
      )}
      {invited && (
        <InvitedDialog
          invitation={invited}
          onClose={() => {
            setInvited(undefined);
            again();
          }}
        />
      )}
    </>
  );
}

function FirstExam({ firm, again }: FirmStep) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const install = () =>
    run(async () => {
      await ask(firmEndpoints.addSeedExam, { params: { firm: firm.id } });
      again();
    });
  return (
    <>
      <p>{t('steps.exam-means')}</p>
      <Problem {...problem} />
      <div className="deeds">
        <Button look="primary" action="seed-exam" disabled={busy} onPress={install}>
          {t('steps.seed-exam')}
        </Button>
        <Button action="to-banks" onPress={() => go(firm.address('banks'))}>
          {t('banks.upload')}
        </Button>
      </div>
    </>
  );
}

function FirstWorker({ firm, waits }: { readonly firm: Firm; readonly waits: boolean }) {
  const { t } = usePlatform();
  const exams = useExamChoices(firm);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <p>{t(waits ? 'steps.worker-waits' : 'steps.worker-means')}</p>
      <div className="deeds">
        <Button look="primary" action="add-worker" onPress={() => setAdding(true)}>
          {t('workers.add')}
        </Button>
        <Button action="to-roster" onPress={() => go(firm.address(waits ? 'workers' : 'roster'))}>
          {t(waits ? 'workers.title' : 'roster.title')}
        </Button>
      </div>
      {adding && (
        <AddWorker
          firm={firm}
          exams={exams}
          onClose={() => setAdding(false)}
          onAdded={(id) => go(firm.address('worker', id))}
        />
      )}
    </>
  );
}

/** It waits, and sees the terminal come. */
function FirstStation({ firm }: { readonly firm: Firm }) {
  const { t } = usePlatform();
  const { value } = useStations(firm);
  const come = value?.stations.filter(({ revoked }) => !revoked) ?? [];
  return (
    <>
      <NewStation firm={firm} />
      <p role="status" data-waiting={come.length === 0}>
        {come.length === 0
          ? t('steps.station-waits')
          : t('steps.station-came', { name: come.map(({ name }) => name).join('、') })}
      </p>
    </>
  );
}
