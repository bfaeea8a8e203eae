import type { z } from 'zod';
import { type ErrorCode, HelicalError } from './errors.ts';

/** What a document is, for the sentence about one that does not fit. */
export interface DocumentKind {
  /** As the beginning of a sentence: `The profile /a/b.json`. */
  name: string;
  code: ErrorCode;
  safe?: string | undefined;
  remedy?: string | undefined;
}

/** More wrong places than these make no sentence. */
const placesNamed = 12;

/** Reads JSON that must fit a schema. HelicalError of the kind's code, which names every wrong place, or says that it is no JSON. */
export function parseDocument<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  kind: DocumentKind,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const { name, code, safe, remedy } = kind;
    const problem = `${name} is not JSON: ${(cause as Error).message}.`;
    throw new HelicalError(code, { problem, safe, remedy }, { cause });
  }
  return fitDocument(value, schema, kind);
}

/** Holds a value to a schema, as `parseDocument` does. */
export function fitDocument<Schema extends z.ZodType>(
  value: unknown,
  schema: Schema,
  { name, code, safe, remedy }: DocumentKind,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const places = issues
    .slice(0, placesNamed)
    .map(({ path, message }) => `${path.map(String).join('.') || 'the whole'}: ${message}`);
  const more = issues.length > placesNamed ? `; and ${issues.length - placesNamed} more` : '';
  const problem = `${name} does not fit its form: ${places.join('; ')}${more}.`;
  throw new HelicalError(code, { problem, safe, remedy }, { cause: parsed.error });
}
