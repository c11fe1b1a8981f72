import type { ReplicaWish } from '../database/index.ts';

const USUAL_SECONDS = '5';
const MOST_SECONDS = 300;

/**
 * Servers that follow the database; nothing where the environment names none.
 * @throws Error with a sentence for the person who typed it: addresses, which may hold a password, are not in it
 */
export function readReplicas(env: NodeJS.ProcessEnv): ReplicaWish | undefined {
  const { EXAM_CENTER_REPLICA_URL: text = '', EXAM_CENTER_REPLICA_SECONDS: seconds = '' } = env;
  const urls = text.split(',').flatMap((one) => one.trim() || []);
  if (urls.length === 0) {
    if (seconds) throw new Error('EXAM_CENTER_REPLICA_SECONDS goes with EXAM_CENTER_REPLICA_URL');
    return undefined;
  }
  if (!env.DATABASE_URL) throw new Error('EXAM_CENTER_REPLICA_URL goes with DATABASE_URL, the server that they follow');
  if (!urls.every((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url)))
    throw new Error('EXAM_CENTER_REPLICA_URL takes postgres://HOST/NAME, several with commas');
  const withinSeconds = Number(seconds || USUAL_SECONDS);
  if (!Number.isInteger(withinSeconds) || withinSeconds < 1 || withinSeconds > MOST_SECONDS)
    throw new Error(`EXAM_CENTER_REPLICA_SECONDS takes a number from 1 to ${MOST_SECONDS}`);
  return { urls, withinSeconds };
}
