import type { Feedback, FormItem } from '../../contract/words/form.ts';
import type { OptionId } from '../../contract/words/ids.ts';
import { ItemOptionRow } from './item-option.tsx';
import type { ItemVoice } from './use-item-voice.ts';

type ItemOptionsProps = {
  readonly item: FormItem;
  readonly chosen: readonly OptionId[];
  readonly feedback: Feedback | undefined;
  readonly locked: boolean;
  readonly voice: ItemVoice;
  readonly onChoose: (chosen: readonly OptionId[]) => void;
};

/** Options of which one is chosen, or several. */
export function ItemOptions({ item, chosen, feedback, locked, voice, onChoose }: ItemOptionsProps) {
  const pictured = item.options.every(({ text }) => text === undefined);
  const choose = (id: OptionId, on: boolean) => {
    if (item.kind !== 'multiple') return onChoose([id]);
    onChoose(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  };
  return (
    <div className={optionsClass(item.kind, pictured)}>
      {item.options.map((option, i) => (
        <ItemOptionRow
          key={option.id}
          {...{ item, feedback, locked, voice }}
          at={i}
          chosen={chosen.includes(option.id)}
          onChoose={(on) => choose(option.id, on)}
        />
      ))}
    </div>
  );
}

/** Right or wrong stand beside each other, each a tile to touch. */
const optionsClass = (kind: FormItem['kind'], pictured: boolean): string =>
  kind === 'true-false' ? 'options tiles-of-two' : pictured ? 'options pictured' : 'options';
