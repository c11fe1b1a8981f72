import { usePage } from '../context.ts';
import { Button, type Look } from '../design/button.tsx';
import { needsNothing, type OfferedAction } from './proctor-actions.ts';

type DeedListProps = {
  readonly actions: readonly OfferedAction[];
  readonly busy: boolean;
  readonly onChoose: (deed: OfferedAction) => unknown;
};

/** What may be done now, the usual first; what cannot be taken back stands apart. */
export function DeedList({ actions, busy, onChoose }: DeedListProps) {
  const { t } = usePage();
  const [first] = actions;
  const usual = actions.filter(({ grave }) => !grave);
  const grave = actions.filter(({ grave }) => grave);
  const list = (deeds: readonly OfferedAction[]) => (
    <ul className="deed-list">
      {deeds.map((deed) => (
        <li key={deed.name}>
          <Deed deed={deed} look={lookOf(deed, deed === first)} busy={busy} onChoose={onChoose} />
        </li>
      ))}
    </ul>
  );
  if (actions.length === 0) return null;
  return (
    <section className="deeds-of" aria-label={t('desk.deeds')}>
      {list(usual)}
      {grave.length > 0 && <h3 className="grave-title">{t('desk.grave')}</h3>}
      {list(grave)}
    </section>
  );
}

const lookOf = ({ grave }: OfferedAction, first: boolean): Look => (grave ? 'danger' : first ? 'primary' : 'secondary');

type DeedProps = {
  readonly deed: OfferedAction;
  readonly look: Look;
  readonly busy: boolean;
  readonly onChoose: (deed: OfferedAction) => unknown;
};

function Deed({ deed, look, busy, onChoose }: DeedProps) {
  const { t } = usePage();
  const { name, label, hint, icon } = deed;
  return (
    <Button
      look={look}
      icon={icon}
      className="deed"
      disabled={busy}
      onPress={() => onChoose(deed)}
      marks={{ 'data-deed': name }}
      action={needsNothing(deed) ? name : undefined}
    >
      <strong>{t(label)}</strong>
      <small>{t(hint)}</small>
    </Button>
  );
}
