import { STATUS_CODES } from 'node:http';

/** An error as RFC 9457 describes it. Every error of the server has this form. */
export interface ProblemDetails {
  /** `about:blank`: the status says what kind of problem it is. */
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  /** What was wrong with this request, for a person to read. */
  readonly detail: string;
}

export const PROBLEM_TYPE = 'application/problem+json';

/** Ends a request with a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
  }

  get details(): ProblemDetails {
    const { status, message } = this;
    return { type: 'about:blank', title: STATUS_CODES[status]!, status, detail: message };
  }
}
