/** One quote: what it promises, who has it, and what it was chosen against. */
import { codeText, t } from '../i18n/index.js';
import { useResource } from '../resource.js';
import { href } from '../route.js';
import { may, useSession } from '../session.js';
import { Amount, At, Badge, Empty, Id, Panel, Shown, StatusBadge, Table } from '../ui/parts.js';
import { Price, touchesTrade } from './parts.js';
import { QUOTE_TONE, stateNow } from './quotes.js';
import type { ListedQuote, Offers, QuotePage } from './types.js';

function Facts({ quote }: { quote: ListedQuote }) {
  return (
    <dl class="facts">
      <dt>{t('desk.state')}</dt>
      <dd>
        <Badge tone={QUOTE_TONE[stateNow(quote)]}>{t(`quote.${stateNow(quote)}`)}</Badge>
      </dd>
      <dt>{t('quotes.parties')}</dt>
      <dd>
        {quote.bank} ← {quote.provider}
      </dd>
      <dt>{t('payments.source')}</dt>
      <dd>
        <Amount money={quote.source} /> {quote.fixedSide === 'source' ? t('quote.fixed') : ''}
      </dd>
      <dt>{t('payments.target')}</dt>
      <dd>
        <Amount money={quote.target} /> {quote.fixedSide === 'target' ? t('quote.fixed') : ''}
      </dd>
      {quote.charge === null ? null : (
        <>
          <dt>{t('payment.charge')}</dt>
          <dd>
            <Amount money={quote.charge} />
          </dd>
        </>
      )}
      <dt>{t('payment.rate')}</dt>
      <dd>{quote.rate}</dd>
      <dt>{t('quotes.at')}</dt>
      <dd>
        <At iso={quote.issuedAt} whole />
      </dd>
      <dt>{t('quote.validUntil')}</dt>
      <dd>
        <At iso={quote.validUntil} whole />
      </dd>
      {quote.uetr === null ? null : (
        <>
          <dt>{t('quotes.payment')}</dt>
          <dd>
            {quote.paymentStatus ? <StatusBadge status={quote.paymentStatus} /> : null}{' '}
            <a href={href(['payments', quote.uetr])}>{quote.uetr}</a>
          </dd>
        </>
      )}
      {quote.onwardQuoteId === null ? null : (
        <>
          <dt>{t('quote.onward')}</dt>
          <dd>
            <a href={href(['desk', 'quotes', quote.onwardQuoteId])}>{quote.onwardQuoteId}</a>
          </dd>
        </>
      )}
    </dl>
  );
}

/** The record of best execution: who else could have had it, and what kept it back. */
function Contest({ quote }: { quote: ListedQuote }) {
  const { api } = useSession();
  const offers = useResource(
    (signal) => api.read<Offers>(`/v1/fx/quotes/${quote.quoteId}/offers`, { signal }),
    [api, quote.quoteId],
  );
  return (
    <Panel title={t('offers.title')} wide>
      <Shown of={offers}>
        {({ won, lost }) => (
          <Table
            label={t('offers.title')}
            head={[
              ...[t('desk.provider'), t('payment.rate'), t('payments.source'), t('payments.target'), t('offers.why')],
            ]}
          >
            {[{ ...won, reason: 'WON', detail: null }, ...lost].map((offer, i) => (
              <tr key={offer.providers.join()}>
                <td>{offer.providers.join(', ')}</td>
                <td class="num">
                  <Price rate={offer.rate} />
                </td>
                {(['source', 'target'] as const).map((side) => {
                  const [text, currency] = [offer[`${side}Amount`], won[`${side}Currency`]];
                  return (
                    <td class="num" key={side}>
                      <Amount money={text === null ? null : { amount: text, currency }} />
                    </td>
                  );
                })}
                <td>
                  <Badge tone={i === 0 ? 'good' : 'plain'}>{codeText('reason', offer.reason)}</Badge> {offer.detail}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </Shown>
    </Panel>
  );
}

export function Quote({ quoteId }: { quoteId: string }) {
  const { api, me } = useSession();
  const found = useResource(
    (signal) => api.read<QuotePage>(`/v1/fx/quotes?quoteId=${encodeURIComponent(quoteId)}`, { signal }),
    [api, quoteId],
    touchesTrade,
  );
  return (
    <Shown of={found}>
      {({ quotes: [quote] }) =>
        quote === undefined ? (
          <Empty what={t('problem.notFound')} hint={t('quote.none.hint')} />
        ) : (
          <div class="panels">
            <Panel title={t('payment.quote')} wide actions={<Id text={quote.quoteId} />}>
              <Facts quote={quote} />
            </Panel>
            {may.seeOffers(me) ? <Contest quote={quote} /> : null}
          </div>
        )
      }
    </Shown>
  );
}
