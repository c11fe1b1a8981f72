import {
  concat,
  type Field,
  readFields,
  readIntegers,
  writeBytes,
  writeFloat,
  writeInteger,
  writeText,
} from './wire.ts';

/**
 * An ONNX file as a graph of nodes and weights. Numbers of fields are those of onnx.proto. Whatever is not named here is
 * kept as it was read, and so is every node and tensor that nobody replaced.
 */
export type Model = {
  readonly graph: Graph /** Version of the standard operators. */;
  readonly opset: number;
  readonly others: Others;
};
export type Graph = {
  readonly nodes: readonly Node[];
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly others: Others;
};
export type Node = {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** AttributeProto messages by name. */
  readonly attributes: ReadonlyMap<string, Uint8Array>;
  readonly others: Others;
};
export type Tensor = { readonly dims: readonly number[]; readonly type: number; readonly others: Others };
type Others = readonly Field[];

export const FLOAT = 1;
export const FLOAT16 = 10;
export const INT64 = 7;
const decoded = (body: Uint8Array): string => Buffer.from(body.buffer, body.byteOffset, body.length).toString();
const textOf = (fields: Others, number: number): string => {
  const field = fields.find((candidate) => candidate.number === number);
  return field ? decoded(field.body) : '';
};
const textsOf = (fields: Others, number: number): string[] =>
  fields.filter((field) => field.number === number).map(({ body }) => decoded(body));
const bodiesOf = (fields: Others, number: number): Uint8Array[] =>
  fields.filter((field) => field.number === number).map(({ body }) => body);
const without = (fields: Others, ...numbers: number[]): Others =>
  fields.filter(({ number }) => !numbers.includes(number));

/** What was read and not changed is written as it was read, name and all. A changed copy is another object and not in here. */
const asRead = new WeakMap<Node | Tensor, Uint8Array>();

/** @throws Error where the bytes are no ONNX model */
export function decodeModel(bytes: Uint8Array): Model {
  try {
    const fields = readFields(bytes);
    const graph = fields.findLast(({ number }) => number === 7);
    const operators = fields.filter(({ number }) => number === 8).map(({ body }) => readFields(body));
    const standard = operators.find((fields) => ['', 'ai.onnx'].includes(textOf(fields, 1)));
    if (!graph || !standard) throw new Error('it has no graph or no operator set');
    return {
      graph: decodeGraph(graph.body),
      opset: readIntegers(standard, 2)[0] ?? 0,
      others: without(fields, 7),
    };
  } catch (error) {
    throw new Error(`not an ONNX model: ${(error as Error).message}`, { cause: error });
  }
}

const nameOfValue = (body: Uint8Array): string => textOf(readFields(body), 1);

function decodeGraph(bytes: Uint8Array): Graph {
  const fields = readFields(bytes);
  const inputs = bodiesOf(fields, 11).map(nameOfValue);
  // A weight that is an input as well may be set by the caller: it is no constant, and stays where it is.
  const settable = (field: Field): boolean => field.number === 5 && inputs.includes(textOf(readFields(field.body), 8));
  const others = fields.filter((field) => ![1, 5].includes(field.number) || settable(field));
  return {
    nodes: bodiesOf(fields, 1).map(decodeNode),
    tensors: new Map(fields.filter((field) => field.number === 5 && !settable(field)).map(decodeTensor)),
    inputs,
    outputs: bodiesOf(fields, 12).map(nameOfValue),
    others,
  };
}

function decodeNode(bytes: Uint8Array): Node {
  const fields = readFields(bytes);
  const node: Node = {
    op: textOf(fields, 4),
    domain: textOf(fields, 7),
    inputs: textsOf(fields, 1),
    outputs: textsOf(fields, 2),
    attributes: new Map(bodiesOf(fields, 5).map((body) => [textOf(readFields(body), 1), body])),
    others: without(fields, 1, 2, 4, 5, 7),
  };
  if (!node.op) throw new Error('a node has no operator');
  asRead.set(node, bytes);
  return node;
}

function decodeTensor({ body: bytes }: Field): [name: string, tensor: Tensor] {
  const fields = readFields(bytes);
  const tensor = {
    dims: readIntegers(fields, 1),
    type: readIntegers(fields, 2)[0] ?? 0,
    others: without(fields, 1, 2, 8),
  };
  asRead.set(tensor, bytes);
  return [textOf(fields, 8), tensor];
}

export const encodeModel = ({ graph, others }: Model): Uint8Array =>
  inOrder([...others, ...one(7, encodeGraph(graph))]);

function encodeGraph({ nodes, tensors, others }: Graph): Uint8Array {
  return inOrder([
    ...nodes.flatMap((node) => one(1, asRead.get(node) ?? encodeNode(node))),
    ...[...tensors].flatMap(([name, tensor]) => one(5, asRead.get(tensor) ?? encodeTensor(name, tensor))),
    ...others,
  ]);
}

const encodeNode = ({ op, domain, inputs, outputs, attributes, others }: Node): Uint8Array =>
  concat([
    ...inputs.map((name) => writeText(1, name)),
    ...outputs.map((name) => writeText(2, name)),
    writeText(4, op),
    ...[...attributes.values()].map((attribute) => writeBytes(5, attribute)),
    ...(domain ? [writeText(7, domain)] : []),
    ...others.map(({ raw }) => raw),
  ]);

const encodeTensor = (name: string, { dims, type, others }: Tensor): Uint8Array =>
  concat([
    ...dims.map((dim) => writeInteger(1, dim)),
    writeInteger(2, type),
    writeText(8, name),
    ...others.map(({ raw }) => raw),
  ]);

/** Fields sorted by number, as every writer does, so that a graph nobody changed comes out as it went in. */
const inOrder = (fields: readonly Pick<Field, 'number' | 'raw'>[]): Uint8Array =>
  concat(fields.toSorted((p, q) => p.number - q.number).map(({ raw }) => raw));

const one = (number: number, body: Uint8Array) => [{ number, raw: writeBytes(number, body) }];

/** Integers of an attribute, one or several; `undefined` where the node does not have it. */
export function integers(node: Node, name: string): number[] | undefined {
  const bytes = node.attributes.get(name);
  if (!bytes) return undefined;
  const fields = readFields(bytes);
  return [...readIntegers(fields, 3), ...readIntegers(fields, 8)];
}

/** Text of an attribute. */
export function text(node: Node, name: string): string | undefined {
  const bytes = node.attributes.get(name);
  return bytes && textOf(readFields(bytes), 4);
}

export const integerAttribute = (name: string, value: number): [string, Uint8Array] => [
  name,
  concat([writeText(1, name), writeInteger(3, value), writeInteger(20, 2)]),
];

export const integersAttribute = (name: string, values: readonly number[]): [string, Uint8Array] => [
  name,
  concat([writeText(1, name), ...values.map((value) => writeInteger(8, value)), writeInteger(20, 7)]),
];

export const floatAttribute = (name: string, value: number): [string, Uint8Array] => [
  name,
  concat([writeText(1, name), writeFloat(2, value), writeInteger(20, 1)]),
];

/** A node of the standard operators. */
export const newNode = (
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly [string, Uint8Array][] = [],
): Node => ({ op, domain: '', inputs, outputs: [output], attributes: new Map(attributes), others: [] });

/** The graph without what the file says about the shapes of these values. */
export const forgetShapes = (graph: Graph, names: ReadonlySet<string>): Graph =>
  names.size === 0
    ? graph
    : { ...graph, others: graph.others.filter(({ number, body }) => number !== 13 || !names.has(nameOfValue(body))) };

/** Whether a node carries graphs of its own (If, Loop, Scan): these use names of the graph around them. */
export const hasGraphs = (node: Node): boolean =>
  [...node.attributes.values()].some((bytes) => readFields(bytes).some(({ number }) => number === 6 || number === 11));
