import { z } from 'zod';
import { platformApi } from '../../contract/platform/api.ts';
import type { Endpoint } from '../../contract/platform/endpoint.ts';

/** What every endpoint answers where it does not do what it is asked. */
const Refused = z.object({
  /** A code; a newer center may have more of them. */
  reason: z.string(),
  /** For whoever writes a program against it; never a value that was sent. */
  detail: z.string().optional(),
  /** After which it may be tried again, where that is the reason. */
  seconds: z.int().optional(),
});

/** The platform's endpoints as an OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12 as zod draws them. */
export function describePlatform(version: string): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [tag, endpoints] of Object.entries(platformApi))
    for (const [name, one] of Object.entries<Endpoint>(endpoints)) {
      const path = one.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [one.method.toLowerCase()]: operation(tag, name, one) };
    }
  return {
    openapi: '3.1.0',
    info: { title: 'Exam Station platform', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    tags: Object.keys(platformApi).map((name) => ({ name })),
    paths,
    components: {
      schemas: { Refused: schemaOf(Refused, 'output') },
      responses: {
        Refused: {
          description: 'Refused, with the reason.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Refused' } } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'exam_platform' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function operation(tag: string, name: string, { who, says, params, query, body, reply }: Endpoint) {
  return {
    ...{ operationId: `${tag}.${name}`, tags: [tag], summary: says },
    ...(who === 'anyone' ? { security: [] } : { security: [{ session: [] }, { token: [] }] }),
    ...(Array.isArray(who) ? { 'x-roles': who } : {}),
    parameters: [...parameters('path', params), ...parameters('query', query)],
    ...(body ? { requestBody: { required: true, content: json(body, 'input') } } : {}),
    responses: {
      200: { description: 'done', content: json(reply, 'output') },
      default: { $ref: '#/components/responses/Refused' },
    },
  };
}

type Io = 'input' | 'output';
const schemaOf = (shape: z.ZodType, io: Io) => {
  const { $schema: _drawnBy, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  return schema;
};
const json = (shape: z.ZodType, io: Io) => ({ 'application/json': { schema: schemaOf(shape, io) } });

function parameters(place: 'path' | 'query', shape: z.ZodType | undefined): readonly unknown[] {
  if (!(shape instanceof z.ZodObject)) return [];
  return Object.entries<z.ZodType>(shape.shape).map(([name, one]) => ({
    ...{ name, in: place, required: place === 'path' || !one.safeParse(undefined).success },
    schema: schemaOf(one, 'input'),
  }));
}
