import { expect, it } from 'vitest';
import { z } from 'zod';
import { Assignment, everybodyOn } from '../../contract/station-center/center-api.ts';
import { assignmentOf, LI, WANG } from '../../station/station.fixture.ts';
import { withOthersApart } from './other-documents.ts';

const JOHN = { ...LI, id: 'cd_john', name: 'PUBLIC JOHN', number: 'USA110080080110' };
const CHEN = { ...LI, id: 'cd_chen', name: '陈护照', number: 'passport:E12345678' };

it('whoever a station of before cannot read stands apart, and everybody is still on it', () => {
  const sent = withOthersApart(assignmentOf({ candidates: [JOHN, WANG, CHEN] }));
  const before = z.object({ candidates: z.array(z.object({ number: z.string().length(18) })) });
  expect(before.parse(sent).candidates).toEqual([{ number: WANG.number }]);
  const read = Assignment.parse(JSON.parse(JSON.stringify(sent)));
  expect(everybodyOn(read).map(({ id }) => id)).toEqual([WANG.id, JOHN.id, CHEN.id]);
});

it('where there is nobody else, nothing is said that was not said before', () => {
  expect(withOthersApart(assignmentOf())).not.toHaveProperty('otherDocuments');
});
