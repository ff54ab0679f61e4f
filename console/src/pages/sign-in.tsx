import { useState } from 'preact/hooks';
import { ApiError } from '../api.js';
import { t } from '../i18n/index.js';
import { readKey } from '../key.js';
import { signIn } from '../session.js';
import { Problem } from '../ui/parts.js';

const FILE_MAX_BYTES = 16_384;
const DEFAULT_PORT = '8080';

/** Whoever has a key file is whom it belongs to; the file is read here and sent nowhere. */
export function SignIn() {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [isOver, setOver] = useState(false);

  const read = async (file: File | undefined) => {
    setError(null);
    if (!file) return;
    const key = file.size > FILE_MAX_BYTES ? 'notAKey' : readKey(await file.text());
    setFault(typeof key === 'string' ? t(`signIn.${key}`) : null);
    if (typeof key === 'string') return;
    setBusy(true);
    try {
      await signIn(key);
    } catch (refused) {
      setError(refused instanceof ApiError ? refused : new ApiError('PAGE', 0, String(refused), 'later'));
      setBusy(false);
    }
  };
  const command = `${location.port && location.port !== DEFAULT_PORT ? `PORT=${location.port} ` : ''}npm run -s otkel -- send`;

  return (
    <main id="main" class="sign-in" tabIndex={-1}>
      <h1>Otkel</h1>
      <p class="lead">{t('signIn.lead')}</p>
      <form
        class={isOver ? 'drop over' : 'drop'}
        onSubmit={(event) => event.preventDefault()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void read(event.dataTransfer?.files[0]);
        }}
      >
        <label for="key-file">{t('signIn.file')}</label>
        <input
          id="key-file"
          type="file"
          accept=".json,application/json"
          disabled={isBusy}
          aria-invalid={fault !== null}
          aria-describedby="key-help key-fault"
          onChange={(event) => {
            const field = event.currentTarget;
            // So that the same file can be chosen again.
            void read(field.files?.[0]).then(() => {
              field.value = '';
            });
          }}
        />
        <p id="key-help" class="muted">
          {t('signIn.help')}
        </p>
        <p id="key-fault" class="fault" role="alert">
          {fault ?? ''}
        </p>
        {isBusy ? <p role="status">{t('loading')}</p> : null}
      </form>
      {error ? (
        error.code === 'KEY_UNKNOWN' ? (
          <div class="problem" role="alert">
            <p>
              <strong>{t('signIn.unknown')}</strong>
            </p>
            <p>{t('signIn.unknown.hint')}</p>
          </div>
        ) : (
          <Problem error={error} />
        )
      ) : null}
      <section class="first-steps" aria-label={t('signIn.first')}>
        <h2>{t('signIn.first')}</h2>
        <p>{t('signIn.demo')}</p>
        <p>{t('signIn.send')}</p>
        <pre>{command}</pre>
        <ul>
          <li>
            <a href="/docs">{t('signIn.docs')}</a>
          </li>
          <li>
            <a href="/docs/messages">{t('signIn.messages')}</a>
          </li>
          <li>
            <a href="/openapi.json">OpenAPI</a>
          </li>
        </ul>
      </section>
    </main>
  );
}
