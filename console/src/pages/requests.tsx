import { useState } from 'preact/hooks';
import type { MoneyRequest } from '../api.js';
import { useCommand } from '../command.js';
import { t } from '../i18n/index.js';
import { touchesLedger } from '../ledger/shared.js';
import { useResource } from '../resource.js';
import { may, useSession } from '../session.js';
import { Amount, At, Badge, Empty, Loading, Panel, Problem, Table } from '../ui/parts.js';

const TONE: Readonly<Record<MoneyRequest['status'], string>> = {
  requested: 'busy',
  approved: 'good',
  refused: 'bad',
  expired: 'plain',
};
const AMOUNT = /^\d{1,16}(?:\.\d{1,2})?$/;
const WALLET = /^[A-Za-z0-9._:-]{1,64}$/;
const REASON_MAX = 140;

/** A bank asks for money to be issued into its wallet, or redeemed out of it. */
function AskForm({ code, currency, done }: { code: string; currency: string; done: () => void }) {
  const { api, me } = useSession();
  const [direction, setDirection] = useState<'issuance' | 'redemption'>('issuance');
  const [walletId, setWalletId] = useState(`${code}-${me.bic}-SETTLEMENT`);
  const [amount, setAmount] = useState('');
  const [isTried, setTried] = useState(false);
  // The same request again, should the answer to it have been lost.
  const [idempotencyKey, setIdempotencyKey] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  const { isBusy, error, run } = useCommand(done);
  const given = amount.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  const walletFault = WALLET.test(walletId) ? null : t('request.wallet.fault');
  const amountFault = AMOUNT.test(given) && Number(given) > 0 ? null : t('filter.amount.fault');
  const submit = async () => {
    setTried(true);
    if (walletFault || amountFault) return;
    const headers = { 'idempotency-key': idempotencyKey };
    const json = { walletId, amount: given, currency };
    if (await run(() => api.read(`/v1/ledgers/${code}/${direction}`, { headers, json }))) {
      setAmount('');
      setTried(false);
      setIdempotencyKey(crypto.getRandomValues(new Uint32Array(4)).join('-'));
    }
  };
  return (
    <form
      class="filter"
      aria-label={t('request.ask')}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="field">
        <label for="ask-direction">{t('request.direction')}</label>
        <select
          id="ask-direction"
          value={direction}
          onChange={(event) => setDirection(event.currentTarget.value as 'issuance')}
        >
          <option value="issuance">{t('request.issuance')}</option>
          <option value="redemption">{t('request.redemption')}</option>
        </select>
      </div>
      <div class="field">
        <label for="ask-wallet">{t('wallet.wallet')}</label>
        <input
          id="ask-wallet"
          value={walletId}
          size={26}
          maxLength={80}
          spellcheck={false}
          aria-invalid={isTried && walletFault !== null}
          aria-describedby="fault-ask-wallet"
          onInput={(event) => setWalletId(event.currentTarget.value)}
        />
        <span id="fault-ask-wallet" class="fault" role="alert">
          {isTried ? walletFault : null}
        </span>
      </div>
      <div class="field">
        <label for="ask-amount">
          {t('payment.amount')}, {currency}
        </label>
        <input
          id="ask-amount"
          inputMode="decimal"
          value={amount}
          maxLength={40}
          autoComplete="off"
          aria-invalid={isTried && amountFault !== null}
          aria-describedby="fault-ask-amount"
          onInput={(event) => setAmount(event.currentTarget.value)}
        />
        <span id="fault-ask-amount" class="fault" role="alert">
          {isTried ? amountFault : null}
        </span>
      </div>
      <button type="submit" class="primary" disabled={isBusy}>
        {isBusy ? t('sending') : t('request.ask')}
      </button>
      {error ? <Problem error={error} /> : null}
    </form>
  );
}

/** What an officer of the issuer decides. A second officer's approval is what moves money. */
function Decision({ code, request, done }: { code: string; request: MoneyRequest; done: () => void }) {
  const { api, me } = useSession();
  const [reason, setReason] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const { isBusy, error, run } = useCommand(done);
  const path = `/v1/ledgers/${code}/requests/${encodeURIComponent(request.requestId)}`;
  const isMine = request.approvedBy.includes(me.keyId);
  const given = (reason ?? '').trim();
  const isBad = given === '' || given.length > REASON_MAX;
  if (reason !== null)
    return (
      <form
        class="decision"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!isBad) void run(() => api.read(`${path}/refusal`, { json: { reason: given } }));
        }}
      >
        <label for={`reason-${request.requestId}`}>{t('request.reason')}</label>
        <input
          id={`reason-${request.requestId}`}
          value={reason}
          maxLength={REASON_MAX}
          aria-invalid={isTried && isBad}
          aria-describedby={`fault-${request.requestId}`}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <span id={`fault-${request.requestId}`} class="fault" role="alert">
          {isTried && isBad ? t('request.reason.fault') : ''}
        </span>
        <button type="submit" class="danger" disabled={isBusy}>
          {t('request.refuse')}
        </button>
        <button type="button" onClick={() => setReason(null)}>
          {t('cancel')}
        </button>
        {error ? <Problem error={error} /> : null}
      </form>
    );
  return (
    <span class="decision">
      {isMine ? (
        <span class="muted">{t('request.waitsForSecond')}</span>
      ) : (
        <button
          type="button"
          class="primary"
          disabled={isBusy}
          onClick={() => void run(() => api.read(`${path}/approval`, { json: {} }))}
        >
          {isBusy ? t('sending') : request.approvedBy.length > 0 ? t('request.approveSecond') : t('request.approve')}
        </button>
      )}
      <button type="button" disabled={isBusy} onClick={() => setReason('')}>
        {t('request.refuse')}…
      </button>
      {error ? <Problem error={error} /> : null}
    </span>
  );
}

/** Requests for issuance and redemption. */
export function Requests({ code }: { code: string }) {
  const { api, me, ledgers } = useSession();
  const query = me.role === 'bank' ? `?owner=${me.bic}` : '';
  const { data, error, reload } = useResource(
    async (signal) => {
      const found: MoneyRequest[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const next: string = after === '' ? '' : `${query ? '&' : '?'}after=${encodeURIComponent(after)}`;
        const page: { requests: MoneyRequest[]; next: string | null } = await api.read(
          `/v1/ledgers/${code}/requests${query}${next}`,
          { signal },
        );
        found.push(...page.requests);
        after = page.next;
      }
      return found;
    },
    [api, code],
    touchesLedger(code),
  );
  const currency = ledgers.find((ledger) => ledger.code === code)?.currency ?? '';
  const rank = ({ status }: MoneyRequest) => (status === 'requested' ? 0 : 1);
  return (
    <Panel title={t('requests.title')} wide>
      {may.requestMoney(me) ? <AskForm code={code} currency={currency} done={reload} /> : null}
      {data === null ? (
        error ? (
          <Problem error={error} retry={reload} />
        ) : (
          <Loading />
        )
      ) : data.length === 0 ? (
        <Empty
          what={t('requests.none')}
          hint={t(me.role === 'bank' ? 'requests.none.hintBank' : 'requests.none.hint')}
        />
      ) : (
        <Table
          label={t('requests.title')}
          head={[
            ...[t('request.direction'), t('request.bank'), t('payment.amount'), t('payments.status')],
            ...[t('request.approvers'), t('request.expires'), t('request.decision')],
          ]}
        >
          {[...data]
            .sort((a, b) => rank(a) - rank(b))
            .map((request) => (
              <tr key={request.requestId}>
                <td>{t(`request.${request.direction}`)}</td>
                <td>
                  {request.ownerBic} <code>{request.walletId}</code>
                </td>
                <td class="num">
                  <Amount money={request} />
                </td>
                <td>
                  <Badge tone={TONE[request.status]}>{t(`request.${request.status}`)}</Badge>
                </td>
                <td>{request.approvedBy.join(', ') || '–'}</td>
                <td>
                  <At iso={request.expiresAt} />
                </td>
                <td>
                  {request.status === 'requested' && may.approveRequests(me) ? (
                    <Decision code={code} request={request} done={reload} />
                  ) : (
                    (request.reason ?? '–')
                  )}
                </td>
              </tr>
            ))}
        </Table>
      )}
    </Panel>
  );
}
