import { RotationRequest, RotationStatement } from '../contract/station-center/center-api.ts';
import { payloadOf, type Signer, verifyJws } from './jws.ts';
import { parseWritten } from './written-json.ts';

/** That a station goes over from one key to another, by whoever has both. */
export function signRotation(
  { former, next }: { readonly former: Signer; readonly next: Signer },
  says: Pick<RotationStatement, 'stationId' | 'centerKey' | 'at'>,
): RotationRequest {
  const { stationId, centerKey, at } = says;
  const keys = { from: former.publicKey, to: next.publicKey };
  const statement: RotationStatement = { format: 'exam-station/rotation@1', stationId, ...keys, centerKey, at };
  const [byFormer, byNext] = [former, next].map((signer) => signer.sign('exam-station/rotation', statement));
  return RotationRequest.parse({ byFormer, byNext });
}

/** What a request says, whoever signed it; nothing where that is nothing. */
export const rotationIn = ({ byFormer }: RotationRequest): RotationStatement | undefined =>
  RotationStatement.safeParse(parseWritten(payloadOf(byFormer) ?? '')).data;

/** Whether both keys that are named signed what it says, word for word the same. */
export function provesRotation({ byFormer, byNext }: RotationRequest, { from, to }: RotationStatement): boolean {
  return (
    payloadOf(byNext) === payloadOf(byFormer) &&
    verifyJws(byFormer, 'exam-station/rotation', from) !== undefined &&
    verifyJws(byNext, 'exam-station/rotation', to) !== undefined
  );
}
