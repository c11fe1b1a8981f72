import { withoutKey } from '../../authoring/drawing/index.ts';
import type { FormItem } from '../../contract/words/form.ts';
import type { Sitting } from '../core/sitting/index.ts';
import type { Practising } from '../steps/index.ts';

type DrawnForm = NonNullable<Sitting['form']>;
type DrawnItem = DrawnForm['items'][number];

export const itemFor = ({ banks }: Pick<Practising, 'banks'>, { bankId }: DrawnForm, drawn: DrawnItem): FormItem =>
  withoutKey(banks.item(bankId, drawn.itemId), drawn);
