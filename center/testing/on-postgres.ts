import { inject } from 'vitest';

/** Before each file of the project: what opens a database opens it there. */
process.env.EXAM_CENTER_TEST_DATABASE_URL = inject('databaseServer');
