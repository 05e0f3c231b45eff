import { randomUUID } from 'node:crypto';

/** An answer in Composio's error envelope. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 422 | 500;
  /** Composio's error number. */
  readonly code: number;
  readonly slug: string;
  readonly details: ErrorDetails;

  constructor(status: ApiError['status'], code: number, slug: string, message: string, details: ErrorDetails = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.slug = slug;
    this.details = details;
  }
}

interface ErrorDetails {
  readonly suggestedFix?: string;
  readonly errors?: readonly string[];
}

/** The body of an {@link ApiError}, as the live API sends it. */
export function errorEnvelope({ status, code, slug, message, details }: ApiError): object {
  return {
    error: {
      message,
      code,
      slug,
      status,
      request_id: randomUUID(),
      ...(details.suggestedFix !== undefined && { suggested_fix: details.suggestedFix }),
      ...(details.errors !== undefined && { errors: details.errors }),
    },
  };
}

export function invalidApiKey(apiKey: string): ApiError {
  const suggestedFix = 'Please check you are using a valid key.';
  return new ApiError(401, 801, 'APIKey_InvalidAPIKey', `Invalid API key: ak_**${apiKey.slice(-4)}`, { suggestedFix });
}

/** The number of this error is not known. The slug is the one that the live API sends. */
export function insufficientPermissions(): ApiError {
  return new ApiError(
    403,
    803,
    'APIKey_InsufficientPermissions',
    'This API key lacks the permission for this request.',
  );
}

export function accountNotFound(id: string): ApiError {
  return new ApiError(404, 606, 'ConnectedAccount_ResourceNotFound', `Connected account "${id}" not found`);
}

export function authConfigNotFound(): ApiError {
  return new ApiError(404, 607, 'Auth_Config_NotFound', 'Auth config not found');
}

export function toolkitNotFound(slug: string): ApiError {
  return new ApiError(404, 2401, 'Toolkit_NotFound', `Toolkit ${slug} not found`);
}

/** An invalid request for connected accounts. `errors` name the fields. */
export function badRequest(message: string, errors?: string[]): ApiError {
  return new ApiError(400, 600, 'ConnectedAccount_BadRequest', message, errors === undefined ? {} : { errors });
}

export function retiredEndpoint(): ApiError {
  return badRequest(
    'Creating connections on this endpoint for Composio-managed OAuth auth configs is no longer supported. ' +
      'Use POST /api/v3/connected_accounts/link instead.',
  );
}

/** 400 where a link or an account is made, 409 where one is renamed. */
export function aliasInUse(alias: string, status: 400 | 409): ApiError {
  const message = `Alias "${alias}" is already in use by another connection for this entity`;
  return new ApiError(status, 600, 'ConnectedAccount_BadRequest', message);
}

export function missingRequiredFields(displayNames: readonly string[]): ApiError {
  const message = `Missing required fields: ${displayNames.join(', ')}`;
  return new ApiError(400, 612, 'ConnectedAccount_MissingRequiredFields', message);
}

export function notRevocable(status: string): ApiError {
  const message = `Connected account is ${status}; only ACTIVE and REVOKED accounts can be revoked`;
  return new ApiError(409, 614, 'ConnectedAccount_NotRevokable', message);
}

export function revocationNotSupported(toolkit: string): ApiError {
  const message = `Revoke is not supported for toolkit ${toolkit}`;
  return new ApiError(400, 613, 'ConnectedAccount_RevocationNotSupported', message);
}

/** A route that was removed after its deprecation. Number and slug are not known. */
export function routeGone(): ApiError {
  return new ApiError(410, 410, 'Route_Gone', 'This endpoint was removed. Create a new connection instead.');
}

/** An error of `complete_auth`, with the texts of Composio's documentation. */
export function completeAuthFailed(status: 400 | 404 | 500, message: string): ApiError {
  return new ApiError(status, 615, 'ConnectedAccount_CompleteAuthFailed', message);
}
