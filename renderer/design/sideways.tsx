import { type ReactNode, useEffect, useRef, useState } from 'react';

type SidewaysProps = { readonly label: string; readonly className: string; readonly children: ReactNode };

/** What may be wider than its place, and then scrolls inside of it: by touch, and by the arrows once Tab has come there. */
export function Sideways({ label, className, children }: SidewaysProps) {
  const box = useRef<HTMLSpanElement>(null);
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const look = new ResizeObserver(() => setWide(current.scrollWidth > current.clientWidth + 1));
    for (const one of [current, ...current.children]) look.observe(one);
    return () => look.disconnect();
  }, []);
  const reachable = wide ? { tabIndex: 0, role: 'group', 'aria-label': label, 'data-sideways': true } : {};
  return (
    <span ref={box} className={`sideways ${className}`} {...reachable}>
      {children}
    </span>
  );
}
