import { useState } from 'preact/hooks';
import { t } from '../i18n/index.js';
import { useSession } from '../session.js';
import { Panel, Problem } from '../ui/parts.js';
import { aroundMiddle } from './market.js';
import { Choice, decimal, Field, Price } from './parts.js';
import { useSetCards } from './set-cards.js';
import type { NewCard } from './types.js';
import type { Pair } from './use-market.js';

const RATE = /^\d{1,11}(?:\.\d{1,10})?$/;
const RATE_DIGITS = 11;
const SPREAD = /^\d{1,5}(?:\.\d{1,4})?$/;
const SPREAD_LIMIT = 20_000;
const AMOUNT = /^\d{1,16}(?:\.\d{1,2})?$/;

/** 11 digits, of which zeros before and after count none. */
const isRate = (text: string): boolean =>
  RATE.test(text) &&
  Number(text) > 0 &&
  text
    .replace(/^0+/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace('.', '').length <= RATE_DIGITS;
const isSpread = (text: string): boolean => SPREAD.test(text) && Number(text) < SPREAD_LIMIT;
const isAmount = (text: string): boolean => AMOUNT.test(text) && Number(text) > 0;

/** A rate by hand: a middle and a spread around it, of any amount or up to one. */
export function SetRate({ pairs, done }: { pairs: readonly Pair[]; done: () => void }) {
  const { me } = useSession();
  const [given, setGiven] = useState({ pair: '', provider: '', mid: '', spread: '', amountMax: '' });
  const [isTried, setTried] = useState(false);
  const [said, setSaid] = useState('');
  const { isBusy, error, set } = useSetCards(done);
  const pair = pairs.find(({ name }) => name === given.pair) ?? pairs[0];
  if (!pair) return null;
  const { unit, quoted } = pair.way;
  const names = pair.providers.map(({ provider }) => provider);
  const provider = names.includes(given.provider) ? given.provider : (names[0] ?? '');
  const [mid, spread, amountMax] = [decimal(given.mid), decimal(given.spread), decimal(given.amountMax)];
  const faults = {
    mid: isRate(mid) ? null : t('setRate.mid.fault'),
    spread: isSpread(spread) ? null : t('setRate.spread.fault'),
    amountMax: amountMax === '' || isAmount(amountMax) ? null : t('filter.amount.fault'),
  };
  const isGood = Object.values(faults).every((fault) => fault === null);
  const sides = isGood ? aroundMiddle(mid, spread) : null;
  const put = (field: keyof typeof given) => (value: string) => {
    setSaid('');
    setGiven((before) => ({ ...before, [field]: value }));
  };
  const submit = async () => {
    setTried(true);
    if (!isGood) return;
    const tiers = [{ amountFrom: '0', banks: [], bid: null, ask: null, spreadBps: spread }];
    const card: NewCard = {
      ...{ provider, unitCurrency: unit, quotedCurrency: quoted, mid, vehicle: null, tiers },
      ...{ amountMax: amountMax === '' ? null : amountMax, validTo: null },
    };
    if (!(await set([card]))) return;
    setSaid(t(me.role === 'provider' ? 'setRate.set' : 'setRate.proposed'));
    setTried(false);
    setGiven((before) => ({ ...before, mid: '', spread: '', amountMax: '' }));
  };
  const shown = (fault: string | null) => (isTried ? fault : null);
  return (
    <Panel title={t('setRate.title')}>
      <form
        class="filter"
        aria-label={t('setRate.title')}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {pairs.length > 1 ? (
          <Choice
            id="rate-pair"
            label={t('desk.pair')}
            value={pair.name}
            options={pairs.map(({ name, way }) => [name, `${way.unit}/${way.quoted}`])}
            onChange={put('pair')}
          />
        ) : null}
        <Choice
          id="rate-provider"
          label={t('desk.provider')}
          value={provider}
          options={names.map((name) => [name, name])}
          onChange={put('provider')}
        />
        <Field
          id="rate-mid"
          label={t('setRate.mid', { unit, quoted })}
          value={given.mid}
          fault={shown(faults.mid)}
          onInput={put('mid')}
          isDecimal
        />
        <Field
          id="rate-spread"
          label={t('setRate.spread')}
          value={given.spread}
          fault={shown(faults.spread)}
          onInput={put('spread')}
          size={7}
          isDecimal
        />
        <Field
          id="rate-max"
          label={t('setRate.amountMax', { unit })}
          value={given.amountMax}
          fault={shown(faults.amountMax)}
          onInput={put('amountMax')}
          isDecimal
        />
        <button type="submit" class="primary" disabled={isBusy}>
          {isBusy ? t('sending') : t(me.role === 'provider' ? 'setRate.do' : 'setRate.propose')}
        </button>
      </form>
      <p class="muted" role="status">
        {sides ? (
          <>
            {t('setRate.gives')} <Price rate={sides.bid} /> / <Price rate={sides.ask} />
          </>
        ) : (
          said || t('setRate.hint')
        )}
      </p>
      {error ? <Problem error={error} /> : null}
    </Panel>
  );
}
