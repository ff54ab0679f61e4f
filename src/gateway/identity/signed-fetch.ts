import type { Clock, Randomness } from '../../kernel/clock.js';
import type { Signer } from '../../kernel/signature.js';
import { signRequest } from './http-signature.js';
import { SIGNATURE_LIFE_SECONDS_MAX } from './signed-text.js';

export interface SignedFetchOptions {
  /** Scheme, host and port; no path. */
  readonly baseUrl: string;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly random: Pick<Randomness, 'bytes'>;
  /** Default: the platform's. */
  readonly fetch?: typeof fetch;
}

export interface SignedFetchRequest {
  /** Default `GET`, or `POST` with a body. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/** Sends a signed request to a path (with its query) or a whole URL. A body without a content type is XML. */
export type SignedFetch = (target: string, request?: SignedFetchRequest) => Promise<Response>;

const NONCE_BYTES = 16;

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));

/** A client whose every request is signed with one key. */
export function createSignedFetch(options: SignedFetchOptions): SignedFetch {
  const { baseUrl, signer, clock, random } = options;
  const send = options.fetch ?? fetch;
  return (target, request = {}) => {
    const url = new URL(target, baseUrl);
    const body = Buffer.from(request.body ?? '');
    const method = (request.method ?? (body.length > 0 ? 'POST' : 'GET')).toUpperCase();
    const headers = lowerCased(request.headers ?? {});
    if (body.length > 0) headers['content-type'] ??= 'application/xml';
    const signed = signRequest({
      method,
      path: url.pathname,
      query: url.search,
      headers,
      body,
      signer,
      now: clock.now(),
      nonce: Buffer.from(random.bytes(NONCE_BYTES)).toString('base64url'),
      lifeSeconds: SIGNATURE_LIFE_SECONDS_MAX,
    });
    return send(url, {
      method,
      headers: { ...headers, ...signed },
      // A signature is for one route: following a redirect would only fail at the next one.
      redirect: 'manual',
      ...(body.length > 0 ? { body } : {}),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
  };
}
