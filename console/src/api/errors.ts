/** Failures of the API, and the one place that says them in the language of the page. */
import type { Translate } from '@/i18n/I18n';

/** What the server refused, or failed at. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly data: unknown;

  constructor(status: number, body: { code?: string; message?: string; data?: unknown } = {}) {
    super(body.message ?? `the server answered ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code;
    this.data = body.data;
  }
}

export const isNotFound = (error: unknown) => error instanceof ApiError && error.status === 404;

/** `fetch` throws a TypeError when no answer came at all. */
const isUnreachable = (error: unknown) => error instanceof TypeError;

/** The server names the member of the request that it did not take, by its path. */
const refusedMember = (data: unknown): string | undefined => {
  const { issues } = (data ?? {}) as { issues?: { path?: (string | number)[] }[] };
  return issues?.[0]?.path?.join('.') || undefined;
};

/** By code, then by status, then in the server's own words: those are English, but say most. */
export const errorText = (error: unknown, t: Translate): string => {
  if (isUnreachable(error)) return t('errors.unreachable');
  // The client library failed to get a token, and holds the answer.
  const cause = error instanceof Error && error.cause instanceof Response ? error.cause : undefined;
  if (cause && cause.status >= 500) return t('errors.server', { status: String(cause.status) });
  if (!(error instanceof ApiError)) return t('errors.unexpected');
  const known = error.code && t.maybe(`errors.codes.${error.code.replaceAll('.', '_')}`);
  if (known) return known;
  const member = refusedMember(error.data);
  if (error.code === 'guard.invalid_input' && member) return t('errors.invalidMember', { member });
  if (error.status === 403) return t('errors.forbidden');
  if (error.status >= 500) return t('errors.server', { status: String(error.status) });
  return error.message;
};
