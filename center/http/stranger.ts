import type { FastifyRequest } from 'fastify';

/** Whoever asks without having said who they are, for what a code lets them do: of them only the address is known. */
export const strangerOf = ({ ip }: FastifyRequest) => ({ kind: 'stranger', address: ip }) as const;
