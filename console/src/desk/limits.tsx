/** Limits of banks and providers, what is used of them, what is promised of wallets, and how banks behave. */
import { useState } from 'preact/hooks';
import { useCommand } from '../command.js';
import { amount, number, t } from '../i18n/index.js';
import { useResource } from '../resource.js';
import { may, useSession } from '../session.js';
import { Amount, At, Empty, Panel, Problem, Shown, Table } from '../ui/parts.js';
import { Approvals } from './approvals.js';
import { Choice, decimal, Field, touchesTrade, useRequestIds } from './parts.js';
import {
  type Conduct,
  LIMIT_MEASURES,
  LIMIT_SCOPES,
  type Limit,
  type LimitChange,
  type LimitMeasure,
  type LimitProposal,
  type LimitScope,
  type Reserve,
  type UsedLimit,
} from './types.js';

const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const AMOUNT = /^\d{1,16}(?:\.\d{1,2})?$/;
const COUNT = /^\d{1,9}$/;
const CONDUCT_DAYS = 7;

const quantity = (text: string, currency: string | null): string =>
  currency === null ? amount(text) : `${amount(text)} ${currency}`;

const who = ({ scope, bic }: Pick<Limit, 'scope' | 'bic'>): string =>
  `${t(`limit.${scope}`)} ${bic ?? t('limit.each')}`;

const Change = ({ change }: { change: LimitChange }) => (
  <div>
    {who(change)}: {t(`measure.${change.measure}`)}{' '}
    {change.most === null ? t('limit.none') : `≤ ${quantity(change.most, change.currency)}`}
  </div>
);

const isAmount = (measure: LimitMeasure): boolean => LIMIT_MEASURES[measure].isAmount;
const measuresOf = (scope: LimitScope): LimitMeasure[] =>
  (Object.keys(LIMIT_MEASURES) as LimitMeasure[]).filter((one) =>
    LIMIT_MEASURES[one].scopes.some((known) => known === scope),
  );

/** An officer proposes a limit, or with nothing that there be none. */
function Propose({ done }: { done: () => void }) {
  const { api, ledgers } = useSession();
  const ids = useRequestIds();
  const [scope, setScope] = useState<LimitScope>('bank');
  const [bic, setBic] = useState('');
  const [wanted, setMeasure] = useState<LimitMeasure>('paymentAmount');
  const [currency, setCurrency] = useState(ledgers[0]?.currency ?? '');
  const [most, setMost] = useState('');
  const [isTried, setTried] = useState(false);
  const [said, setSaid] = useState('');
  const { isBusy, error, run } = useCommand(done);
  const measures = measuresOf(scope);
  const measure = measures.includes(wanted) ? wanted : (measures[0] ?? wanted);
  const [name, given] = [bic.trim().toUpperCase(), decimal(most)];
  const isGood = { bic: name === '' || BIC.test(name), most: false };
  isGood.most = given === '' || (isAmount(measure) ? AMOUNT : COUNT).test(given);
  const propose = async () => {
    setTried(true);
    if (!isGood.bic || !isGood.most) return;
    const limits: LimitChange[] = [
      {
        ...{ scope, bic: name === '' ? null : name, measure, currency: isAmount(measure) ? currency : null },
        most: given === '' ? null : given,
      },
    ];
    const path = `/v1/fx/limit-proposals/${ids.of(limits)}`;
    if (!(await run(() => api.read(path, { method: 'PUT', json: { limits } })))) return;
    ids.done();
    setTried(false);
    setMost('');
    setSaid(t('setRate.proposed'));
  };
  return (
    <form
      class="filter"
      aria-label={t('limit.propose')}
      onInput={() => setSaid('')}
      onSubmit={(event) => {
        event.preventDefault();
        void propose();
      }}
    >
      <Choice
        id="limit-scope"
        label={t('limit.of')}
        value={scope}
        options={LIMIT_SCOPES.map((one) => [one, t(`limit.${one}`)])}
        onChange={(value) => setScope(value as LimitScope)}
      />
      <Field
        id="limit-bic"
        label={t('limit.bic')}
        value={bic}
        fault={isTried && !isGood.bic ? t('filter.bank.fault') : null}
        onInput={setBic}
      />
      <Choice
        id="limit-measure"
        label={t('limit.measure')}
        value={measure}
        options={measures.map((one) => [one, t(`measure.${one}`)])}
        onChange={(value) => setMeasure(value as LimitMeasure)}
      />
      {isAmount(measure) ? (
        <Choice
          id="limit-currency"
          label={t('filter.currency')}
          value={currency}
          options={[...new Set(ledgers.map((ledger) => ledger.currency))].map((one) => [one, one])}
          onChange={setCurrency}
        />
      ) : null}
      <Field
        id="limit-most"
        label={t('limit.most')}
        value={most}
        fault={isTried && !isGood.most ? t(isAmount(measure) ? 'filter.amount.fault' : 'limit.count.fault') : null}
        onInput={setMost}
        isDecimal
      />
      <button type="submit" class="primary" disabled={isBusy}>
        {isBusy ? t('sending') : t('setRate.propose')}
      </button>
      <span class="muted" role="status">
        {said}
      </span>
      {error ? <Problem error={error} /> : null}
    </form>
  );
}

/** How much of a limit is used, in figures and as a bar. */
function Used({ limit: { used, most, currency, measure } }: { limit: UsedLimit }) {
  if (used === null) return <span class="muted">–</span>;
  return (
    <span class="used">
      {quantity(used, currency)}
      <meter
        min={0}
        max={Number(most) || 1}
        high={(Number(most) || 1) * 0.8}
        value={Math.abs(Number(used))}
        aria-label={t(`measure.${measure}`)}
      />
    </span>
  );
}

const Limits = ({ limits }: { limits: readonly UsedLimit[] }) => (
  <Table
    label={t('limit.title')}
    head={[t('limit.of'), t('limit.measure'), t('limit.at'), t('limit.used'), t('course.by')]}
  >
    {limits.map((limit) => (
      <tr key={`${limit.scope} ${limit.bic} ${limit.measure} ${limit.currency}`}>
        <td>{who(limit)}</td>
        <td>{t(`measure.${limit.measure}`)}</td>
        <td class="num">{quantity(limit.most, limit.currency)}</td>
        <td class="num">
          <Used limit={limit} />
        </td>
        <td>
          {limit.setBy} + {limit.approvedBy} <At iso={limit.setAt} />
        </td>
      </tr>
    ))}
  </Table>
);

const Reserves = ({ reserves }: { reserves: readonly Reserve[] }) => (
  <Table
    label={t('reserve.title')}
    head={[t('desk.provider'), t('wallet.wallet'), t('reserve.reserved'), t('reserve.free')]}
  >
    {reserves.map(({ provider, walletId, currency, reserved, free }) => (
      <tr key={walletId}>
        <td>
          <strong>{provider}</strong>
        </td>
        <td>
          <code>{walletId}</code>
        </td>
        <td class="num">
          <Amount money={{ amount: reserved, currency }} />
        </td>
        <td class="num">
          <Amount money={free === null ? null : { amount: free, currency }} />
        </td>
      </tr>
    ))}
  </Table>
);

function ConductOfBanks() {
  const { api } = useSession();
  const found = useResource(
    (signal) => api.read<{ conduct: Conduct[] }>(`/v1/fx/conduct?days=${CONDUCT_DAYS}`, { signal }),
    [api],
    touchesTrade,
  );
  return (
    <Panel title={t('conduct.title', { n: CONDUCT_DAYS })}>
      <Shown of={found}>
        {({ conduct }) =>
          conduct.length === 0 ? (
            <Empty what={t('conduct.none')} hint={t('conduct.none.hint')} />
          ) : (
            <Table
              label={t('conduct.title', { n: CONDUCT_DAYS })}
              head={[t('filter.bank'), t('conduct.day'), t('measure.lapsedQuotes'), t('measure.abortedPayments')]}
            >
              {conduct.map(({ bank, day, lapsedQuotes, abortedPayments }) => (
                <tr key={`${bank} ${day}`}>
                  <td>{bank}</td>
                  <td>{day}</td>
                  <td class="num">{number(lapsedQuotes)}</td>
                  <td class="num">{number(abortedPayments)}</td>
                </tr>
              ))}
            </Table>
          )
        }
      </Shown>
    </Panel>
  );
}

const proposedLimits = ({ limits }: LimitProposal) =>
  limits.map((change) => (
    <Change change={change} key={`${change.scope} ${change.bic} ${change.measure} ${change.currency}`} />
  ));

export function LimitsPage() {
  const { api, me } = useSession();
  const found = useResource(
    (signal) => api.read<{ limits: readonly UsedLimit[]; reserves: readonly Reserve[] }>('/v1/fx/limits', { signal }),
    [api],
    touchesTrade,
  );
  return (
    <Shown of={found}>
      {({ limits, reserves }) => (
        <div class="panels">
          <Panel title={t('limit.title')} wide>
            {may.decide(me) ? <Propose done={found.reload} /> : null}
            {limits.length === 0 ? (
              <Empty what={t('limit.empty')} hint={t(may.decide(me) ? 'limit.empty.hint' : 'limit.empty.hintOther')} />
            ) : (
              <Limits limits={limits} />
            )}
          </Panel>
          {may.seeProposals(me) ? (
            <Panel title={t('proposals.limits')} wide>
              <Approvals<LimitProposal> path="/v1/fx/limit-proposals" describe={proposedLimits} done={found.reload} />
            </Panel>
          ) : null}
          <Panel title={t('reserve.title')}>
            <Reserves reserves={reserves} />
          </Panel>
          {may.seeProposals(me) ? <ConductOfBanks /> : null}
        </div>
      )}
    </Shown>
  );
}
