import { useCallback, useMemo } from 'react';
import type { OpenMock } from '../../contract/home/home-api.ts';
import type { Form } from '../../contract/words/form.ts';
import type { MockId, SittingId } from '../../contract/words/ids.ts';
import { useLoaded } from '../link/use-loaded.ts';
import type { HomeApi } from './api.ts';
import { Answering, useHome, useStanding } from './home-context.tsx';
import { Loading } from './loading.tsx';
import { MockPaper } from './mock-paper.tsx';
import { MockResult } from './mock-result.tsx';
import { linkTo } from './page-link.ts';

/** A mock exam: its paper, and once it is over what it came to. */
export function MockPage({ id }: { readonly id: MockId }) {
  const api = useHome();
  const load = useCallback(async () => ({ view: await api.mock(id), receivedAt: performance.now() }), [api, id]);
  const { value, refused, again } = useLoaded(load);
  const away = useStanding() === 'away';
  const station = useMemo(() => linkTo(answersOf(api, id, again)), [api, id, again]);
  if (!value) return <Loading refused={refused} />;
  const { view, receivedAt } = value;
  if (view.state === 'over') return <MockResult mock={view} />;
  return (
    <Answering station={station}>
      <MockPaper mock={view} receivedAt={receivedAt} active={!away} onTimeUp={again} />
    </Answering>
  );
}

/** As a station's screens ask for a paper and send answers. */
function answersOf(api: HomeApi, id: MockId, onEnd: () => void) {
  return {
    form: async (): Promise<Form> => {
      const view = await api.mock(id);
      if (view.state === 'over') onEnd();
      const { items, answers } = view.state === 'open' ? view : NOTHING;
      return { sittingId: id as string as SittingId, items, answers };
    },
    answer: async ({ itemId, chosen, typed, revision }: Parameters<HomeApi['answerMock']>[1]) => {
      await api.answerMock(id, { itemId, chosen, revision, ...(typed === undefined ? {} : { typed }) });
      return { itemId, revision };
    },
    flag: (flag: Parameters<HomeApi['flagMock']>[1]) => api.flagMock(id, flag),
    'hand-in': async () => {
      await api.endMock(id);
      onEnd();
    },
  };
}
const NOTHING: Pick<OpenMock, 'items' | 'answers'> = { items: [], answers: [] };
