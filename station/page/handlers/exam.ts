import type { Handlers } from '../../../contract/page/rpc/server.ts';
import type { Methods } from '../../../contract/page/station-api.ts';
import { givenOf } from '../../../contract/words/form.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import type { MediaStore } from '../../keep/media/index.ts';
import { type Looking, lastLook, type Practising } from '../../steps/index.ts';
import { formOf, mustBePossible, pictureOf } from '../paper.ts';
import { feedbackOn, mistakesIn } from '../practice.ts';

export type ExamParts = Practising & Looking & { readonly media: MediaStore };

type Asked = 'form' | 'picture' | 'check' | 'mistakes' | 'answer' | 'flag' | 'hand-in';

/** The paper, and what is written on it. */
export function examHandlers(parts: ExamParts): Pick<Handlers<Methods>, Asked> {
  const { seat } = parts;
  return {
    form: () => formOf(parts, seat.taken()),
    picture: ({ hash }) => ({ base64: Buffer.from(pictureOf(parts, seat.taken(), hash)).toString('base64') }),
    check: ({ itemId }) => {
      seat.execute({ kind: 'check', itemId });
      return feedbackOn(parts, seat.taken(), itemId);
    },
    mistakes: () => ({ mistakes: mistakesIn(parts, seat.taken()) }),
    answer: ({ itemId, revision, ...given }) => {
      mustBePossible(parts, seat.taken(), itemId, given);
      seat.execute({ kind: 'answer', itemId, ...givenOf(given), revision });
      return { itemId, revision };
    },
    flag: ({ itemId, flagged }) => {
      seat.execute({ kind: 'flag', itemId, flagged });
      return {};
    },
    'hand-in': async () => {
      const { id, exam } = seat.taken();
      if (exam.mode === 'learning') await lastLook(parts);
      if (seat.current?.id !== id) throw new Refusal('not-allowed-now', 'somebody else sits here by now');
      seat.execute({ kind: 'submit', cause: 'handed-in' });
      return {};
    },
  };
}
