import { Refusal } from '../../contract/words/reasons.ts';

const reasonIn = (error: unknown): string => (error instanceof Refusal ? error.reason : String(error));

/** The reason code of whatever a piece of work throws; `ok` where it throws nothing. */
export function reasonOf(work: () => unknown): string {
  try {
    work();
    return 'ok';
  } catch (error) {
    return reasonIn(error);
  }
}

/** The reason code with which a promise is rejected; `ok` where it is kept. */
export const refusalOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'ok', reasonIn);
