import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a PostgreSQL server, where each test makes a database of its own. */
    databaseServer: string;
  }
}

/** One server for all tests of the project: the one that somebody names, or one of its own. */
export default async function setUp(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const named = process.env.EXAM_CENTER_TEST_DATABASE_URL;
  if (named) {
    project.provide('databaseServer', named);
    return undefined;
  }
  const server = await startPostgres();
  project.provide('databaseServer', server.url);
  return server.stop;
}
