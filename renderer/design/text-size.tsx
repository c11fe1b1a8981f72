import { useEffect } from 'react';
import { z } from 'zod';
import type { Print } from '../../contract/words/arrangements.ts';
import { usePage } from '../context.ts';
import { Button } from './button.tsx';
import { useKept } from './use-kept.ts';

const SIZES = [1, 1.2, 1.4] as const;
const Size = z.union([z.literal(1), z.literal(1.2), z.literal(1.4)]);
const SIZE_OF: Readonly<Record<Print, (typeof SIZES)[number]>> = { large: 1.2, largest: 1.4 };

/** For whoever reads small print with trouble: all that is on the screen grows. */
export function TextSize() {
  const { t, arrangements } = usePage();
  const [size, setSize] = useKept('text-size', Size, arrangements.print ? SIZE_OF[arrangements.print] : 1);
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--text', String(size));
    return () => {
      style.removeProperty('--text');
    };
  }, [size]);
  const at = SIZES.indexOf(size);
  const choose = (next: (typeof SIZES)[number] | undefined) => next && setSize(next);
  return (
    <div className="text-size">
      <Button
        look="quiet"
        disabled={at === 0}
        onPress={() => choose(SIZES[at - 1])}
        label={`A− ${t('exam.text-usual')}`}
        action="smaller-text"
      >
        A−
      </Button>
      <Button
        look="quiet"
        disabled={at === SIZES.length - 1}
        onPress={() => choose(SIZES[at + 1])}
        label={`A＋ ${t('exam.text-size')}`}
        action="larger-text"
      >
        A＋
      </Button>
    </div>
  );
}
