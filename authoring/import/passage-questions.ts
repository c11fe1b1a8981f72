import { type ItemReading, refuse } from './problems.ts';

/** 根据以上材料, 该案例, in the passage above: what is asked is asked of a text that stands elsewhere. */
const LEANS =
  /(以上|上述|上面|前述|上文|前文|本|该|此|下列|给定|所给)(的)?(案例|材料|资料|短文|文章|情景|情境|事故案例|背景|文字|段落)|根据(案例|材料|资料|短文|文章|背景|情景)|\b(passage|case|text|scenario|paragraph)s? above\b|\b(the|this) (passage|case study|scenario)\b|\babove (passage|case|text|scenario)\b/i;

/** Keeps in mind that a passage was read which no item can carry: what leans on it cannot be asked by itself. */
export type Passages = {
  /** What was read of a question of that kind, or why it is none without the passage before it. */
  checked(kind: string | undefined, reading: ItemReading): ItemReading;
  /** Another category begins: the passage is left behind. */
  end(): void;
};

export function openPassages(): Passages {
  let isBehindPassage = false;
  return {
    checked(kind, reading) {
      if (kind === 'description') isBehindPassage = true;
      const leans = isBehindPassage && reading.ok && LEANS.test(reading.item.stem.zh);
      return leans ? refuse('construct-unread', { construct: 'description' }) : reading;
    },
    end() {
      isBehindPassage = false;
    },
  };
}
