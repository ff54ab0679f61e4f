/** What providers have, what trading brought them, and what each payment moved. */
import { useState } from 'preact/hooks';
import { useCommand } from '../command.js';
import { amount, t } from '../i18n/index.js';
import { usePages, useResource } from '../resource.js';
import { href } from '../route.js';
import { may, useSession } from '../session.js';
import { Amount, At, Badge, Empty, More, Panel, Problem, Shown, Table } from '../ui/parts.js';
import { decimal, Field, Price, touchesTrade } from './parts.js';
import type { Position, Trade, TradePage } from './types.js';

const AMOUNT = /^\d{1,16}(?:\.\d{1,2})?$/;
const TRADES_SHOWN = 50;

/** An officer sets below what funds are low, or, with nothing, takes the mark away. */
function LowWater({ position, done }: { position: Position; done: () => void }) {
  const { api } = useSession();
  const [text, setText] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const { isBusy, error, run } = useCommand(done);
  const { provider, currency, lowWater } = position;
  const shown = lowWater ? `${amount(lowWater.amount)} ${currency}` : '–';
  if (text === null)
    return (
      <span class="decision">
        {shown}
        <button type="button" onClick={() => setText(lowWater?.amount ?? '')}>
          {t('lowWater.change')}…
        </button>
      </span>
    );
  const given = decimal(text);
  const isBad = given !== '' && !AMOUNT.test(given);
  const save = async () => {
    setTried(true);
    if (isBad) return;
    const path = `/v1/fx/positions/${provider}/${currency}/low-water`;
    const json = { amount: given === '' ? null : given };
    if (await run(() => api.read(path, { method: 'PUT', json }))) setText(null);
  };
  return (
    <form
      class="decision"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        id={`low-${provider}-${currency}`}
        label={t('lowWater.field', { currency })}
        value={text}
        fault={isTried && isBad ? t('filter.amount.fault') : null}
        onInput={setText}
        isDecimal
      />
      <button type="submit" class="primary" disabled={isBusy}>
        {isBusy ? t('sending') : t('lowWater.set')}
      </button>
      <button type="button" onClick={() => setText(null)}>
        {t('cancel')}
      </button>
      {error ? <Problem error={error} /> : null}
    </form>
  );
}

function Funds({ positions, done }: { positions: readonly Position[]; done: () => void }) {
  const { me } = useSession();
  const head = [
    ...[t('desk.provider'), t('wallet.wallet'), t('wallet.available'), t('wallet.held')],
    ...[t('reserve.reserved'), t('desk.state'), t('lowWater.title')],
  ];
  return (
    <Table label={t('funds.title')} head={head}>
      {positions.map((position) =>
        position.wallets.map(({ walletId, available, held, reserved }, i) => (
          <tr key={walletId}>
            <td>
              <strong>{position.provider}</strong>
            </td>
            <td>
              <code>{walletId}</code>
            </td>
            <td class="num">
              <Amount money={available === null ? null : { amount: available, currency: position.currency }} />
            </td>
            <td class="num">
              <Amount money={held === null ? null : { amount: held, currency: position.currency }} />
            </td>
            <td class="num">
              <Amount money={{ amount: reserved, currency: position.currency }} />
            </td>
            <td>
              {available === null ? (
                <Badge tone="warn">{t('funds.unknown')}</Badge>
              ) : position.isLow ? (
                <Badge tone="bad">{t('funds.low')}</Badge>
              ) : (
                <Badge tone="good">{t('funds.enough')}</Badge>
              )}
            </td>
            <td>
              {i > 0 ? null : may.decide(me) ? (
                <LowWater position={position} done={done} />
              ) : position.lowWater ? (
                `${amount(position.lowWater.amount)} ${position.currency}`
              ) : (
                '–'
              )}
            </td>
          </tr>
        )),
      )}
    </Table>
  );
}

const Results = ({ positions }: { positions: readonly Position[] }) => (
  <Table
    label={t('results.title')}
    head={[
      ...[t('desk.provider'), t('results.position'), t('results.average'), t('results.middle')],
      ...[t('results.realised'), t('results.unrealised'), t('results.residue'), t('results.trades')],
    ]}
  >
    {positions.flatMap((position) =>
      position.results.map((result) => (
        <tr key={`${position.provider} ${position.currency} ${result.against}`}>
          <td>
            <strong>{position.provider}</strong>
          </td>
          <td class="num">
            <Amount money={{ amount: result.position, currency: position.currency }} />
          </td>
          <td class="num">
            <Price rate={result.averageRate} />
          </td>
          <td class="num">
            <Price rate={result.middleRate} />
          </td>
          <td class="num">
            <Amount money={{ amount: result.realised, currency: result.against }} />
          </td>
          <td class="num">
            <Amount
              money={result.unrealised === null ? null : { amount: result.unrealised, currency: result.against }}
            />
          </td>
          <td class="num">
            <Amount money={{ amount: position.residue, currency: position.currency }} />
          </td>
          <td class="num">{position.tradeCount}</td>
        </tr>
      )),
    )}
  </Table>
);

/** What each settled payment moved, beside what the provider signed. */
function Trades({ provider }: { provider: string }) {
  const { api } = useSession();
  const pages = usePages<Trade>(
    async (after, signal) => {
      const path = `/v1/fx/positions/${provider}/trades?limit=${TRADES_SHOWN}${after === null ? '' : `&after=${after}`}`;
      const { trades, next } = await api.read<TradePage>(path, { signal });
      return { rows: trades, next };
    },
    [api, provider],
    touchesTrade,
  );
  return (
    <Shown of={pages}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty what={t('trades.none')} hint={t('trades.none.hint')} />
        ) : (
          <>
            <Table
              label={t('trades.title', { provider })}
              head={[t('trades.at'), t('trades.got'), t('trades.gave'), t('results.residue'), t('trades.quote')]}
            >
              {rows.map((trade) => (
                <tr key={trade.sequence}>
                  <td>
                    <At iso={trade.bookedAt} />
                  </td>
                  <td class="num">
                    <Amount money={trade.got} />
                  </td>
                  <td class="num">
                    <Amount money={trade.gave} />
                  </td>
                  <td class="num">
                    <Amount money={trade.residue} />
                  </td>
                  <td>
                    <Badge tone={trade.equalsQuote ? 'good' : 'bad'}>
                      {t(trade.equalsQuote ? 'trades.equal' : 'trades.unequal')}
                    </Badge>{' '}
                    <a href={href(['desk', 'quotes', trade.quoteId])}>
                      <code>{trade.quoteId.slice(0, 8)}…</code>
                    </a>
                  </td>
                </tr>
              ))}
            </Table>
            <More pages={pages} />
          </>
        )
      }
    </Shown>
  );
}

/** Funds, positions and results, and the movements of one provider. */
export function Positions() {
  const { api } = useSession();
  const [chosen, setChosen] = useState('');
  const found = useResource(
    (signal) => api.read<{ positions: Position[] }>('/v1/fx/positions', { signal }),
    [api],
    (change) => change.topic === 'ledgers' || touchesTrade(change),
  );
  return (
    <Shown of={found}>
      {({ positions }) => {
        const providers = [...new Set(positions.map(({ provider }) => provider))];
        const provider = providers.includes(chosen) ? chosen : providers[0];
        if (provider === undefined) return <Empty what={t('desk.nothing')} hint={t('desk.nothing.hint')} />;
        return (
          <div class="panels">
            <Panel title={t('funds.title')} wide>
              <Funds positions={positions} done={found.reload} />
            </Panel>
            <Panel title={t('results.title')} wide>
              <Results positions={positions} />
            </Panel>
            <Panel
              title={t('trades.title', { provider })}
              wide
              actions={
                providers.length > 1 ? (
                  <select
                    aria-label={t('desk.provider')}
                    value={provider}
                    onChange={(event) => setChosen(event.currentTarget.value)}
                  >
                    {providers.map((one) => (
                      <option value={one} key={one}>
                        {one}
                      </option>
                    ))}
                  </select>
                ) : null
              }
            >
              <Trades provider={provider} key={provider} />
            </Panel>
          </div>
        );
      }}
    </Shown>
  );
}
