import { useLayoutEffect, useRef } from 'react';
import type { FormItem } from '../../contract/words/form.ts';
import type { OptionId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Content } from '../design/content.tsx';
import { letterOf } from '../design/letters.ts';
import { OptionPictures } from '../design/pictures.tsx';

type OrderEntryProps = {
  readonly item: FormItem;
  readonly order: readonly OptionId[];
  readonly disabled: boolean;
  readonly onOrder: (order: readonly OptionId[]) => void;
};

/** Options that are put into an order, one step up or down at a time. Nothing is answered before something is pressed. */
export function OrderEntry({ item, order, disabled, onOrder }: OrderEntryProps) {
  const { t, contentLocale } = usePage();
  const blank = order.length === 0;
  const rows = blank ? item.options.map(({ id }) => id) : order;
  const { list, keepFocus } = useFocusThatMoves();
  const move = (at: number, by: 1 | -1): void => {
    const [id, other] = [rows[at], rows[at + by]];
    if (id === undefined || other === undefined) return;
    keepFocus(id, by);
    onOrder(rows.map((one) => (one === id ? other : one === other ? id : one)));
  };
  return (
    <div className="order">
      <ol ref={list}>
        {rows.map((id, at) => {
          const place = item.options.findIndex((option) => option.id === id);
          const { text, pictures } = item.options[place] ?? {};
          const letter = letterOf(place);
          return (
            <li key={id} className="order-row" data-option={id}>
              <span className="place">{at + 1}</span>
              <span className="letter">{letter}</span>
              <span className="content">
                {text && <Content text={inLocale(text, contentLocale)} />}
                <OptionPictures pictures={pictures} />
              </span>
              {!disabled &&
                ([-1, 1] as const).map((by) => (
                  <Button
                    key={by}
                    small
                    icon={by < 0 ? 'up' : 'down'}
                    label={t(by < 0 ? 'exam.order-up' : 'exam.order-down', { letter, place: at + 1 })}
                    disabled={rows[at + by] === undefined}
                    onPress={() => move(at, by)}
                    marks={{ 'data-move': by }}
                  />
                ))}
            </li>
          );
        })}
      </ol>
      {blank && !disabled && (
        <Button icon="check" onPress={() => onOrder(rows)} action="keep-order">
          {t('exam.order-keep')}
        </Button>
      )}
    </div>
  );
}

/** A row that is moved takes its focus along; at the end of the list the other of its two buttons has it. */
function useFocusThatMoves() {
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<{ readonly id: OptionId; readonly by: 1 | -1 }>(undefined);
  useLayoutEffect(() => {
    if (!moved.current) return;
    const { id, by } = moved.current;
    moved.current = undefined;
    const row = list.current?.querySelector(`[data-option="${id}"]`);
    const buttons = [by, -by].flatMap((way) => row?.querySelector<HTMLButtonElement>(`[data-move="${way}"]`) ?? []);
    buttons.find((button) => !button.disabled)?.focus();
  });
  const keepFocus = (id: OptionId, by: 1 | -1): void => {
    moved.current = { id, by };
  };
  return { list, keepFocus };
}
