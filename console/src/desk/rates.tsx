/** Rates: who asks what now, how it came to that, and how an officer or a provider changes it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { codeText, t } from '../i18n/index.js';
import { place, setQuery } from '../route.js';
import { may, useSession } from '../session.js';
import { At, Badge, Empty, Loading, Panel, Problem, Shown, Table } from '../ui/parts.js';
import { Approvals } from './approvals.js';
import { PriceChart } from './chart.js';
import { Halts } from './halts.js';
import { requoted, seriesOf, sidesOf, spreadOf } from './market.js';
import { Price } from './parts.js';
import { useSetCards } from './set-cards.js';
import { SetRate } from './set-rate.js';
import type { Card, CurrentRate, NewCard, RateProposal, StoredCard } from './types.js';
import { type Market, type Pair, type ProviderPrices, useHistory, useMarket } from './use-market.js';

const SAID_MS = 15_000;
const STEPS = [-5, -1, 1, 5] as const;
const signed = (by: number): string => (by < 0 ? `−${-by}` : `+${by}`);

/** Wider or narrower around the same middle, with one click. */
function Requote({ pair, prices, done }: { pair: Pair; prices: ProviderPrices; done: () => void }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const { isBusy, error, set } = useSetCards(done);
  const { me } = useSession();
  const cards = STEPS.map((by) => ({ by, card: requoted(prices.cards, pair.way, by) }));
  const requote = async (card: NewCard, by: number) => {
    const values = { provider: prices.provider, by: signed(by) };
    if (await set([card])) setSaid(t(me.role === 'provider' ? 'requote.set' : 'requote.proposed', values));
  };
  if (cards.every(({ card }) => card === null)) return <span class="muted">{t('requote.none')}</span>;
  return (
    <span class="requote">
      {cards.map(({ by, card }) => (
        <button
          type="button"
          key={by}
          disabled={isBusy || card === null}
          aria-label={t(by < 0 ? 'requote.narrower' : 'requote.wider', {
            provider: prices.provider,
            by: Math.abs(by),
          })}
          onClick={() => card && void requote(card, by)}
        >
          {signed(by)}
        </button>
      ))}
      <span role="status" class="muted">
        {said}
      </span>
      {error ? <Problem error={error} /> : null}
    </span>
  );
}

function ProviderTable({ pair, done }: { pair: Pair; done: () => void }) {
  const { me } = useSession();
  const head = [t('desk.provider'), t('desk.bid'), t('desk.ask'), t('desk.spread'), t('desk.asOf'), t('desk.state')];
  const mayRequote = may.setRates(me);
  return (
    <Table label={t('desk.providers')} head={mayRequote ? [...head, t('requote.title')] : head}>
      {pair.providers.map((prices) => (
        <tr key={prices.provider}>
          <td>
            <strong>{prices.provider}</strong>
          </td>
          <td class="num">
            <Price rate={prices.sides.bid} />
          </td>
          <td class="num">
            <Price rate={prices.sides.ask} />
          </td>
          <td class="num">{spreadOf(prices.sides) ?? '–'}</td>
          <td>{prices.asOf ? <At iso={prices.asOf} /> : '–'}</td>
          <td>
            {prices.reasons.length === 0 ? (
              <Badge tone="good">{t('desk.quotes')}</Badge>
            ) : (
              prices.reasons.map((reason) => (
                <Badge tone={reason === 'TRADING_HALTED' ? 'bad' : 'warn'} key={reason}>
                  {codeText('reason', reason)}
                </Badge>
              ))
            )}
          </td>
          {mayRequote ? (
            <td>
              <Requote pair={pair} prices={prices} done={done} />
            </td>
          ) : null}
        </tr>
      ))}
    </Table>
  );
}

const HOUR_MS = 3_600_000;
const RANGES = {
  hour: HOUR_MS,
  shift: 8 * HOUR_MS,
  day: 24 * HOUR_MS,
  week: 168 * HOUR_MS,
  month: 720 * HOUR_MS,
} as const;
type Range = keyof typeof RANGES;
const isRange = (text: string | undefined): text is Range => text !== undefined && text in RANGES;
const CHANGES_SHOWN = 8;
const TICK_MS = 15_000;

/** The end of the chart moves on while it is looked at. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The history, and what stands since before it. */
const withStanding = (history: readonly StoredCard[], { providers }: Pair): StoredCard[] => {
  const all = [...history, ...providers.flatMap(({ cards }) => cards)];
  return [...new Map(all.map((card) => [card.sequence, card])).values()];
};

function Course({ pair, range }: { pair: Pair; range: Range }) {
  const now = useNow();
  const since = useMemo(() => Date.now() - RANGES[range], [range]);
  const history = useHistory(pair, since);
  const newest = history.data?.[0];
  const to = Math.max(now, newest ? Date.parse(newest.setAt) : 0);
  return (
    <Shown of={history}>
      {(cards) => (
        <>
          <PriceChart
            series={seriesOf(withStanding(cards, pair), pair.way)}
            way={pair.way}
            from={to - RANGES[range]}
            to={to}
          />
          <details>
            <summary>{t('course.changes')}</summary>
            <Changes cards={cards.slice(0, CHANGES_SHOWN)} />
          </details>
        </>
      )}
    </Shown>
  );
}

/** A card's prices the way it is written. */
export function CardText({ card }: { card: Card | StoredCard }) {
  const way = { unit: card.unitCurrency, quoted: card.quotedCurrency };
  const sides = sidesOf(card, way);
  const spread = card.tiers[0]?.spreadBps ?? spreadOf(sides);
  return (
    <span>
      {way.unit}/{way.quoted}{' '}
      {card.vehicle === null ? (
        <>
          <Price rate={sides.bid} /> / <Price rate={sides.ask} />
        </>
      ) : (
        t('card.through', { vehicle: card.vehicle })
      )}
      {spread === null ? '' : ` · ${t('card.spread', { n: spread })}`}
      {card.tiers.length > 1 ? ` · ${t('card.tiers', { n: card.tiers.length })}` : ''}
      {card.amountMax === null ? '' : ` · ≤ ${card.amountMax} ${way.unit}`}
    </span>
  );
}

const Changes = ({ cards }: { cards: readonly StoredCard[] }) => (
  <Table label={t('course.changes')} head={[t('course.at'), t('desk.provider'), t('course.rate'), t('course.by')]}>
    {cards.map((card) => (
      <tr key={card.sequence}>
        <td>
          <At iso={card.setAt} />
        </td>
        <td>{card.provider}</td>
        <td>
          <CardText card={card} />
        </td>
        <td>{card.approvedBy === null ? card.setBy : `${card.setBy} + ${card.approvedBy}`}</td>
      </tr>
    ))}
  </Table>
);

function Prices({ market, reload }: { market: Market; reload: () => void }) {
  const { query } = place.value;
  const pair = market.pairs.find(({ name }) => name === query.pair) ?? market.pairs[0];
  const range: Range = isRange(query.range) ? query.range : 'shift';
  const nameOf = ({ way }: Pair) => `${way.unit}/${way.quoted}`;
  if (!pair) return <Empty what={t('desk.nothing')} hint={t('desk.nothing.hint')} />;
  return (
    <Panel
      title={t('desk.rates', { pair: nameOf(pair) })}
      wide
      actions={
        <span class="choices">
          {market.pairs.length > 1 ? (
            <select
              aria-label={t('desk.pair')}
              value={pair.name}
              onChange={(event) => setQuery({ ...query, pair: event.currentTarget.value })}
            >
              {market.pairs.map((one) => (
                <option value={one.name} key={one.name}>
                  {nameOf(one)}
                </option>
              ))}
            </select>
          ) : null}
          <select
            aria-label={t('desk.range')}
            value={range}
            onChange={(event) => setQuery({ ...query, range: event.currentTarget.value })}
          >
            {(Object.keys(RANGES) as Range[]).map((one) => (
              <option value={one} key={one}>
                {t(`range.${one}`)}
              </option>
            ))}
          </select>
        </span>
      }
    >
      <ProviderTable pair={pair} done={reload} />
      <Course pair={pair} range={range} key={pair.name} />
    </Panel>
  );
}

/** Pairs that nobody trades directly: the best rate through vehicle currencies. */
function CrossRates({ market: { pairs, best } }: { market: Market }) {
  const isDirect = ({ sourceCurrency: from, targetCurrency: to }: CurrentRate) =>
    pairs.some(({ way }) => [way.unit, way.quoted].includes(from) && [way.unit, way.quoted].includes(to));
  const cross = best.filter((rate) => !isDirect(rate));
  if (cross.length === 0) return null;
  return (
    <Panel title={t('desk.cross')} wide>
      <Table label={t('desk.cross')} head={[t('desk.pair'), t('payment.rate'), t('desk.provider'), t('desk.asOf')]}>
        {cross.map(({ pair, rate, provider, setAt }) => (
          <tr key={pair}>
            <td>{pair.replace('-', ' → ')}</td>
            <td class="num">
              <Price rate={rate} />
            </td>
            <td>{provider}</td>
            <td>
              <At iso={setAt} />
            </td>
          </tr>
        ))}
      </Table>
    </Panel>
  );
}

/** The prices, what waits for a second officer, and the kill switch. */
export function Rates() {
  const { me } = useSession();
  const { data, error, reload } = useMarket();
  if (data === null) return error ? <Problem error={error} retry={reload} /> : <Loading />;
  return (
    <>
      {error ? <Problem error={error} retry={reload} /> : null}
      <div class="panels">
        <Prices market={data} reload={reload} />
        <CrossRates market={data} />
        {may.seeProposals(me) ? (
          <Panel title={t('proposals.rates')} wide>
            <Approvals<RateProposal> path="/v1/fx/rate-proposals" describe={proposedCards} />
          </Panel>
        ) : null}
        {may.seeHalts(me) ? <Halts pairs={data.pairs} done={reload} /> : null}
        {may.setRates(me) ? <SetRate pairs={data.pairs} done={reload} /> : null}
      </div>
    </>
  );
}

const proposedCards = ({ rates }: RateProposal) =>
  rates.map((card) => (
    <div key={`${card.provider} ${card.unitCurrency} ${card.quotedCurrency}`}>
      {card.provider} <CardText card={card} />
    </div>
  ));
