import { Router } from 'express';
import type { Clock } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import { bicKey } from '../../kernel/ids.js';
import { callerOf } from '../identity/authenticator.js';
import type { Participant } from '../identity/participants.js';
import { HttpProblem } from '../problem.js';
import {
  listedQuoteView,
  type QuotePage,
  type QuoteScope,
  type QuoteSearch,
  readQuoteSearch,
} from '../quote-search.js';

export interface FxQuoteListRouterOptions {
  readonly search: (search: QuoteSearch, scope: QuoteScope, now: number) => Promise<QuotePage>;
  readonly clock: Clock;
}

/** Whose quotes somebody lists; null for who has none. */
function scopeOf({ role, bic }: Participant): QuoteScope | null {
  if (role === 'operator' || role === 'desk') return { kind: 'all' };
  return role === 'bank' || role === 'provider' ? { kind: role, bic: bicKey(bic) } : null;
}

/** `GET /v1/fx/quotes`: the desk and the operator list all, a provider those that it gave, a bank those that it asked for. */
export function createFxQuoteListRouter({ search, clock }: FxQuoteListRouterOptions): Router {
  const router = Router();
  router.get('/v1/fx/quotes', async (request, response) => {
    const scope = scopeOf(callerOf(response).participant);
    if (scope === null) throw new HttpProblem(refusal('FORBIDDEN'));
    const asked = readQuoteSearch(request.query);
    if (!asked.ok) throw new HttpProblem(asked.error);
    const now = clock.now();
    const { quotes, next } = await search(asked.value, scope, now);
    response.json({ quotes: quotes.map((quote) => listedQuoteView(quote, now)), next });
  });
  return router;
}
