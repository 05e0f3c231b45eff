import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

interface OpenApiDocument {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { responses: Record<string, { content?: object }> }>>>
  >;
}

/** Checks responses against Composio's published OpenAPI document. */
export interface ComposioContract {
  /** Returns a description of what is wrong with a response, or `undefined` when the document allows it. */
  findViolation(answer: { method: string; path: string; status: number; body: string }): string | undefined;
}

/** Reads the document. It is OpenAPI 3.0: Ajv knows `nullable` but not the formats of identifiers. */
export function loadComposioContract(): ComposioContract {
  const document = JSON.parse(readFileSync('test/emulator/composio-openapi.json', 'utf8')) as OpenApiDocument;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'composio');
  const templates = Object.keys(document.paths).map((template) => ({ template, pattern: toPattern(template) }));

  return {
    findViolation: ({ method, path, status, body }) => {
      const name = `${method} ${path} ${status}`;
      const matching = templates.filter(({ pattern }) => pattern.test(path)).map(({ template }) => template);
      const template = matching.find((known) => document.paths[known]?.[method.toLowerCase()]);
      if (template === undefined) return `${name}: no such operation`;
      const response = document.paths[template]?.[method.toLowerCase()]?.responses[status];
      if (response === undefined) return `${name}: this status is not documented`;
      if (response.content === undefined) return undefined;
      const validate = compileSchema(ajv, template, method, status);
      return validate(JSON.parse(body)) ? undefined : `${name}: ${ajv.errorsText(validate.errors)}`;
    },
  };
}

/**
 * Returns the path of the document, like `/api/v3.1/toolkits/{slug}`, for both prefixes. A literal segment (`link`)
 * wins, because it is listed as a separate path.
 */
function toPattern(template: string): RegExp {
  const path = template.replace('/api/v3.1', '');
  return new RegExp(`^/api/v3(\\.1)?${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

function compileSchema(ajv: Ajv, template: string, method: string, status: number): ValidateFunction {
  const pointer = [
    'paths',
    template,
    method.toLowerCase(),
    'responses',
    status,
    'content',
    'application/json',
    'schema',
  ];
  const escaped = pointer.map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')));
  return ajv.compile({ $ref: `composio#/${escaped.join('/')}` });
}
