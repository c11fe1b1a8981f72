import type { StationView } from '../../contract/page/view.ts';
import { type Check, type CheckStatus, isCheckName, worstFirst } from '../../contract/words/readiness.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { ProctorDesk } from '../proctor/proctor-desk.tsx';

type ReadinessProps = {
  readonly view: StationView;
  readonly onBack: () => void;
  /** Opens the settings of this terminal, where they are changed here. */
  readonly onSettings: (() => void) | undefined;
};

/** For staff, before the doors open: each check, what was found, what should be, what to do. */
export function ReadinessScreen({ view: { readiness, checking, station: self }, onBack, onSettings }: ReadinessProps) {
  const { t, station, locale } = usePage();
  const { busy, refused, run } = useCall();
  const time = new Date(readiness.at).toLocaleTimeString(locale);
  const working = busy || checking !== undefined;
  return (
    <Main screen="readiness" className="staff-screen readiness">
      <h1>
        {t('readiness.title')} <Status of={readiness.status} />
      </h1>
      <p className="muted">{t('readiness.at', { time })}</p>
      <Notice reason={refused} />
      <div className="row" aria-live="polite">
        <Button
          look="primary"
          disabled={working}
          onPress={() => run(() => station.call('readiness.check', {}))}
          action="readiness-check"
        >
          {t(working ? 'readiness.checking' : 'readiness.again')}
        </Button>
        <Button onPress={onBack} action="readiness-back">
          {t('common.back')}
        </Button>
        {onSettings && (
          <Button onPress={onSettings} action="set-up">
            {t('setup.button')}
          </Button>
        )}
        {self.host !== 'browser' && <ProctorDesk about="terminal" actions={['close-kiosk']} />}
      </div>
      <progress value={checking ?? 0} hidden={checking === undefined} aria-label={t('readiness.checking')} />
      <CheckTable checks={worstFirst(readiness.checks)} />
    </Main>
  );
}

const COLUMNS = ['status', 'name', 'found', 'expected', 'advice'] as const;

function CheckTable({ checks }: { readonly checks: readonly Check[] }) {
  const { t } = usePage();
  return (
    <table className="checks">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {t(`readiness.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {checks.map((check) => (
          <CheckRow key={check.name} {...check} />
        ))}
      </tbody>
    </table>
  );
}

function CheckRow({ name, status, found, expected, advice, reason }: Check) {
  const { locale } = usePage();
  const label = useCheckName(name);
  return (
    <tr data-check={name} data-status={status} data-reason={reason}>
      <td>
        <Status of={status} />
      </td>
      <th scope="row">{label}</th>
      <td>{found[locale]}</td>
      <td>{expected[locale]}</td>
      <td>
        {advice?.[locale]} {reason && <code>{reason}</code>}
      </td>
    </tr>
  );
}

/** What the shell names by itself stands as it is. */
function useCheckName(name: string): string {
  const { t } = usePage();
  return isCheckName(name) ? t(`check.${name}`) : name;
}

/** Not by colour alone: a disc, a triangle, a square, and the word. */
const SHAPE = { READY: '●', WARNING: '▲', 'NOT READY': '■' } as const;
const CLASS = { READY: 'ready', WARNING: 'warning', 'NOT READY': 'not-ready' } as const;

function Status({ of }: { readonly of: CheckStatus }) {
  const { t } = usePage();
  return (
    <span className={`status ${CLASS[of]}`}>
      <span aria-hidden="true">{SHAPE[of]}</span> {t(`status.${of}`)}
    </span>
  );
}
