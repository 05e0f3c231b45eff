import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Operation = Readonly<Record<string, unknown>> & {
  readonly responses: Readonly<Record<string, { $ref?: string }>>;
};

interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** The published document of the protocol, as a judge of what a handler is sent and answers. */
export interface ProtocolContract {
  /** @throws AssertionError for an answer that the document does not allow there. The response stays unread. */
  judgeAnswer(method: string, path: string, response: Response): Promise<void>;
  /** @throws AssertionError for a body that the document does not describe */
  judgeBody(method: string, path: string, body: unknown): void;
}

/** Reads `src/server/openapi.json`. */
export function loadProtocolContract(): ProtocolContract {
  const document: OpenApiDocument = JSON.parse(readFileSync('src/server/openapi.json', 'utf8'));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'protocol');
  const pointerTo = (...path: readonly string[]) => path.map((part) => `/${escaped(part)}`).join('');
  const check = (pointer: string, value: unknown, what: string) => {
    const validate = ajv.getSchema(`protocol#${pointer}`);
    assert.ok(validate, `${what}: the document has nothing at ${pointer}`);
    assert.ok(validate(value), `${what}: ${ajv.errorsText(validate.errors)}`);
  };

  return {
    async judgeAnswer(method, path, response) {
      const name = method.toLowerCase();
      // A preflight is the business of CORS, and HEAD has no body to judge.
      if (name === 'options' || name === 'head') return;
      const what = `${method} ${path} ${response.status}`;
      const body: unknown = isJson(response) ? await response.clone().json() : undefined;
      const template = findTemplate(document, path, name);
      if (template === undefined) return check('/components/schemas/Error', body, what);
      const answer = document.paths[template]?.[name]?.responses[response.status];
      assert.ok(answer, `${what}: this status is not documented`);
      if (body === undefined) return;
      const place = answer.$ref?.slice(1) ?? pointerTo('paths', template, name, 'responses', `${response.status}`);
      check(`${place}${pointerTo('content', 'application/json', 'schema')}`, body, what);
    },
    judgeBody(method, path, body) {
      const name = method.toLowerCase();
      const template = findTemplate(document, path, name) ?? '';
      const place = pointerTo('paths', template, name, 'requestBody', 'content', 'application/json', 'schema');
      check(place, body, `body of ${method} ${path}`);
    },
  };
}

function isJson(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('application/json') ?? false;
}

/** The path with a fixed name comes before the one with an id in its place. */
function findTemplate({ paths }: OpenApiDocument, givenPath: string, method: string): string | undefined {
  // One slash at the end changes nothing.
  const path = givenPath.replace(/(?<=.)\/$/, '');
  const matching = Object.keys(paths).filter((template) => toPattern(template).test(path));
  return matching
    .sort((one, other) => one.split('{').length - other.split('{').length)
    .find((one) => paths[one]?.[method]);
}

function toPattern(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

/** As part of a JSON pointer in a URI fragment (RFC 6901 §6). */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
