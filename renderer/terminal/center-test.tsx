import { useState } from 'react';
import type { CenterTest } from '../../contract/page/provision.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';

type CenterTestProps = { readonly pass: string; readonly center: string; readonly centerKey: string };

/** Who answers at the address, before anything is saved: its key in short, to compare with what the center published. */
export function CenterTestButton({ pass, center, centerKey }: CenterTestProps) {
  const { t, station } = usePage();
  const [tested, setTested] = useState<CenterTest & { readonly of: string }>();
  const { busy, refused, run } = useCall();
  const of = `${center} ${centerKey}`;
  const test = () =>
    run(async () => {
      setTested(undefined);
      setTested({ ...(await station.call('provision.test', { pass, center: center.trim(), centerKey })), of });
    });
  const shown = tested?.of === of ? tested : undefined;
  return (
    <div className="center-test" aria-live="polite">
      <Button disabled={busy || !/^https?:\/\/./.test(center.trim())} onPress={test} action="set-up-test">
        {t('setup.test')}
      </Button>
      <Notice reason={refused} />
      {shown && (
        <p className={`notice ${shown.key === 'other' ? 'warn' : 'info'}`} data-key={shown.key}>
          <span>{t(`setup.test-${shown.key}`)}</span> <code>{shown.keyId}</code>
        </p>
      )}
    </div>
  );
}
