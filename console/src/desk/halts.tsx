/** The kill switch: one officer stops trading at once, two officers let it go on. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useCommand } from '../command.js';
import { t } from '../i18n/index.js';
import { useResource } from '../resource.js';
import { may, useSession } from '../session.js';
import { At, Empty, Panel, Problem, Shown } from '../ui/parts.js';
import { Choice, Field, touchesDesk, useRequestIds } from './parts.js';
import { HALT_SCOPES, type Halt, type HaltScope } from './types.js';
import type { Pair } from './use-market.js';

const REASON_MAX = 400;
const isReason = (text: string): boolean => text.trim() !== '' && text.trim().length <= REASON_MAX;

/** What can be stopped, by scope. */
function useTargets(pairs: readonly Pair[]): Readonly<Record<HaltScope, readonly string[]>> {
  const { ledgers } = useSession();
  return {
    pair: pairs.map(({ name }) => name),
    provider: [...new Set(pairs.flatMap(({ providers }) => providers.map(({ provider }) => provider)))],
    corridor: ledgers.flatMap(({ code }) => ledgers.filter((to) => to.code !== code).map((to) => `${code}-${to.code}`)),
  };
}

interface ConfirmProps {
  readonly title: string;
  readonly what: string;
  readonly action: string;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks once more; what is focused first does nothing. */
function Confirm({ title, what, action, isBusy, onConfirm, onCancel }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={onCancel} aria-labelledby="confirm-title">
      <h2 id="confirm-title">{title}</h2>
      <p>{what}</p>
      <p class="decision">
        <button type="button" onClick={() => dialog.current?.close()}>
          {t('cancel')}
        </button>
        <button type="button" class="danger" disabled={isBusy} onClick={onConfirm}>
          {isBusy ? t('sending') : action}
        </button>
      </p>
    </dialog>
  );
}

function HaltForm({ pairs, done }: { pairs: readonly Pair[]; done: () => void }) {
  const { api } = useSession();
  const targets = useTargets(pairs);
  const ids = useRequestIds();
  const [scope, setScope] = useState<HaltScope>('pair');
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const { isBusy, error, run } = useCommand(done);
  const name = targets[scope].includes(chosen) ? chosen : (targets[scope][0] ?? '');
  const halt = async () => {
    const json = { scope, name, reason: reason.trim() };
    const isDone = await run(() => api.read(`/v1/fx/halts/${ids.of(json)}`, { method: 'PUT', json }));
    setAsked(false);
    if (!isDone) return;
    ids.done();
    setReason('');
    setTried(false);
  };
  return (
    <form
      class="filter"
      aria-label={t('halt.title')}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isReason(reason) && name !== '') setAsked(true);
      }}
    >
      <Choice
        id="halt-scope"
        label={t('halt.scope')}
        value={scope}
        options={HALT_SCOPES.map((one) => [one, t(`halt.${one}`)])}
        onChange={(value) => setScope(value as HaltScope)}
      />
      <Choice
        id="halt-name"
        label={t('halt.name')}
        value={name}
        options={targets[scope].map((one) => [one, one])}
        onChange={setChosen}
      />
      <Field
        id="halt-reason"
        label={t('request.reason')}
        value={reason}
        fault={isTried && !isReason(reason) ? t('desk.reason.fault') : null}
        onInput={setReason}
        size={28}
        maxLength={REASON_MAX + 1}
      />
      <button type="submit" class="danger">
        {t('halt.do')}…
      </button>
      {isAsked ? (
        <Confirm
          title={t('halt.sure', { name })}
          what={t(`halt.${scope}.what`, { name })}
          action={t('halt.now')}
          isBusy={isBusy}
          onConfirm={() => void halt()}
          onCancel={() => setAsked(false)}
        />
      ) : null}
      {error ? <Problem error={error} /> : null}
    </form>
  );
}

function Lift({ halt, done }: { halt: Halt; done: () => void }) {
  const { api, me } = useSession();
  const [reason, setReason] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const { isBusy, error, run } = useCommand(done);
  if (halt.liftedBy.includes(me.keyId)) return <p class="muted">{t('lift.own')}</p>;
  if (reason === null)
    return (
      <button type="button" onClick={() => setReason('')}>
        {t(halt.liftedBy.length > 0 ? 'lift.second' : 'lift.first')}…
      </button>
    );
  return (
    <form
      class="decision"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const json = { reason: reason.trim() };
        if (isReason(reason)) void run(() => api.read(`/v1/fx/halts/${halt.haltId}/lift`, { json }));
      }}
    >
      <Field
        id={`lift-${halt.haltId}`}
        label={t('lift.reason')}
        value={reason}
        fault={isTried && !isReason(reason) ? t('desk.reason.fault') : null}
        onInput={setReason}
        size={24}
        maxLength={REASON_MAX + 1}
      />
      <button type="submit" class="primary" disabled={isBusy}>
        {isBusy ? t('sending') : t(halt.liftedBy.length > 0 ? 'lift.second' : 'lift.first')}
      </button>
      <button type="button" onClick={() => setReason(null)}>
        {t('cancel')}
      </button>
      {error ? <Problem error={error} /> : null}
    </form>
  );
}

/** What is stopped, by whom, and who has let it go on so far. */
export function Halts({ pairs, done }: { pairs: readonly Pair[]; done: () => void }) {
  const { api, me } = useSession();
  const halts = useResource((signal) => api.read<{ halts: Halt[] }>('/v1/fx/halts', { signal }), [api], touchesDesk);
  const changed = () => {
    halts.reload();
    done();
  };
  return (
    <Panel title={t('halt.title')}>
      {may.halt(me) ? <HaltForm pairs={pairs} done={changed} /> : null}
      <Shown of={halts}>
        {({ halts: standing }) =>
          standing.length === 0 ? (
            <Empty what={t('halt.none')} hint={t(may.halt(me) ? 'halt.none.hint' : 'halt.none.hintOther')} />
          ) : (
            <ul class="cards">
              {standing.map((halt) => (
                <li class="card halt" key={halt.haltId}>
                  <p>
                    <strong>{t('halt.stands', { name: halt.name })}</strong> {halt.reason}
                  </p>
                  <p class="muted">
                    {t('halt.by', { who: halt.setBy })} <At iso={halt.setAt} whole />
                    {halt.liftedBy.length > 0 ? ` · ${t('lift.by', { who: halt.liftedBy.join(', ') })}` : ''}
                    {halt.awaited.length > 0 ? ` · ${t('halt.awaited', { who: halt.awaited.join(', ') })}` : ''}
                  </p>
                  {may.halt(me) ? <Lift halt={halt} done={changed} /> : null}
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Panel>
  );
}
