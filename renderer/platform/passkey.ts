/** Passkeys of the browser: what the center asks with and what it is answered are JSON, with bytes as base64url. */
type Json = Readonly<Record<string, unknown>>;

export const canPasskeys = (): boolean => typeof PublicKeyCredential === 'function';

const bytesOf = (text: unknown): Uint8Array<ArrayBuffer> => {
  const padded = String(text).replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
};
const textOf = (bytes: ArrayBuffer | null): string | undefined =>
  bytes === null
    ? undefined
    : btoa(String.fromCharCode(...new Uint8Array(bytes)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '');

const credentialsIn = (list: unknown): readonly Json[] =>
  (Array.isArray(list) ? (list as readonly Json[]) : []).map((one) => ({ ...one, id: bytesOf(one.id) }));

/** @returns nothing where somebody thought better of it, or the device has none */
export async function makePasskey(options: Json): Promise<Record<string, unknown> | undefined> {
  const user = options.user as Json;
  const publicKey = {
    ...options,
    ...{ challenge: bytesOf(options.challenge), user: { ...user, id: bytesOf(user.id) } },
    excludeCredentials: credentialsIn(options.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = await navigator.credentials.create({ publicKey }).catch(() => null);
  if (!(made instanceof PublicKeyCredential)) return undefined;
  const response = made.response as AuthenticatorAttestationResponse;
  return told(made, {
    ...{ clientDataJSON: textOf(response.clientDataJSON), attestationObject: textOf(response.attestationObject) },
    transports: response.getTransports(),
  });
}

/** @returns nothing where somebody thought better of it, or the device has none */
export async function showPasskey(options: Json): Promise<Record<string, unknown> | undefined> {
  const publicKey = {
    ...{ ...options, challenge: bytesOf(options.challenge) },
    allowCredentials: credentialsIn(options.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
  const shown = await navigator.credentials.get({ publicKey }).catch(() => null);
  if (!(shown instanceof PublicKeyCredential)) return undefined;
  const response = shown.response as AuthenticatorAssertionResponse;
  return told(shown, {
    clientDataJSON: textOf(response.clientDataJSON),
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
    userHandle: textOf(response.userHandle),
  });
}

const told = ({ id, rawId, type, ...rest }: PublicKeyCredential, response: Json): Record<string, unknown> => ({
  ...{ id, rawId: textOf(rawId), type, response, clientExtensionResults: {} },
  ...('authenticatorAttachment' in rest ? { authenticatorAttachment: rest.authenticatorAttachment } : {}),
});
