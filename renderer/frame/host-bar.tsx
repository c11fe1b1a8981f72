import type { Host } from '../../contract/words/hosts.ts';
import { usePage } from '../context.ts';

/** Says on every screen that this is not the locked kiosk: nobody shall take what is tried out here for an exam. */
export function HostBar({ host }: { readonly host: Host }) {
  const { t } = usePage();
  if (host === 'kiosk') return null;
  return (
    <aside className="host-bar" data-host={host}>
      {t(`host.${host}`)}
    </aside>
  );
}
