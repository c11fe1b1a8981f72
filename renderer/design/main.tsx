import { type ReactNode, useEffect, useRef } from 'react';

type MainProps = {
  /** Name of the screen, for whoever drives the page. */
  readonly screen: string;
  readonly className?: string;
  /** There, but not to be seen or touched: another screen stands in front. */
  readonly hidden?: boolean;
  readonly receipt?: string;
  readonly children: ReactNode;
};

/** One screen. Takes the focus when it appears, so that somebody who listens instead of looking hears the change. */
export function Main({ screen, className = 'screen', hidden = false, receipt, children }: MainProps) {
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!hidden) main.current?.focus({ preventScroll: true });
  }, [hidden]);
  return (
    <main ref={main} tabIndex={-1} className={className} hidden={hidden} data-screen={screen} data-receipt={receipt}>
      {children}
    </main>
  );
}
