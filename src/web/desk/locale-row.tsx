import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { DocumentSummary, LocaleProgress } from '../../http/schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { bundlePath, omegatPath, xliffPath } from '../api.ts'
import { ProgressBar } from '../progress-bar.tsx'
import { may } from '../session.ts'
import { count, engineName, LOCALE_STATE_WORDS, localeName, plural } from '../words.ts'
import { ReturnDialog } from './return-dialog.tsx'

type LocaleRowProps = {
  readonly document: DocumentSummary
  readonly progress: LocaleProgress
  readonly session: SessionView
}

/** One language of a document: how far it is, what is wrong, what can be done. */
export function LocaleRow({ document, progress, session }: LocaleRowProps) {
  const { locale, state } = progress
  const name = localeName(locale)
  const open = state !== 'queued' && progress.segments > 0
  return (
    <li class="locale" data-state={state} data-locale={locale}>
      <div class="locale-name">
        <span>{name}</span> <code>{locale}</code>
      </div>
      <div class="locale-progress">
        <ProgressBar
          label={`${name}: progress`}
          total={progress.segments}
          translated={progress.translated}
          approved={progress.approved}
        />
        <p class="locale-facts">
          <strong class="state">{progress.bundle ? 'Finished' : LOCALE_STATE_WORDS[state]}</strong>
          {factsOf(progress).map((fact) => (
            <span key={fact.text} class={fact.alarm ? 'alarm' : undefined}>
              {fact.text}
            </span>
          ))}
        </p>
        {progress.notice !== null && <p class="locale-notice">{progress.notice}</p>}
        {progress.error !== null && <p class="wrong">{progress.error}</p>}
      </div>
      <div class="locale-actions">
        {progress.bundle && may(session, 'publish', locale) && (
          <a class="button small primary" href={bundlePath(document.id, locale)} download>
            Download<span class="visually-hidden"> the finished document in {name}</span>
          </a>
        )}
        {open && (
          <a
            class={progress.bundle ? 'button small' : 'button small primary'}
            href={`/documents/${document.id}/${locale}`}
          >
            Open<span class="visually-hidden"> {name} in the editor</span>
          </a>
        )}
        {open && <XliffMenu document={document} locale={locale} name={name} session={session} />}
      </div>
    </li>
  )
}

type Fact = { readonly text: string; readonly alarm: boolean }

/** The numbers that matter in a state, as short phrases. */
function factsOf(progress: LocaleProgress): readonly Fact[] {
  const { segments, translated, approved, blocked, conflicts, terms } = progress
  const facts: Fact[] = []
  const say = (text: string, alarm = false) => facts.push({ text, alarm })
  if (segments === 0) return facts
  if (translated < segments) say(`${count(translated)} of ${plural(segments, 'segment')} translated`)
  if (approved < segments || translated === segments) {
    say(
      approved === segments
        ? `all ${count(segments)} approved`
        : `${count(approved)} of ${count(segments)} approved`,
    )
  }
  if (conflicts > 0) say(`${count(conflicts)} with two texts`, true)
  if (blocked > 0) say(`${count(blocked)} blocked`, true)
  if (terms.flagged > 0) say(`${plural(terms.flagged, 'term')} to check`, true)
  else if (terms.ok > 0) say(`${plural(terms.ok, 'term')} right`)
  if (progress.engines.length > 0) say(`by ${progress.engines.map(engineName).join(', ')}`)
  return facts
}

type XliffMenuProps = {
  readonly document: DocumentSummary
  readonly locale: string
  readonly name: string
  readonly session: SessionView
}

function XliffMenu({ document: summary, locale, name, session }: XliffMenuProps) {
  const returning = useSignal(false)
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const closeOutside = ({ target }: Event) => {
      if (menu.current !== null && target instanceof Node && !menu.current.contains(target)) {
        menu.current.open = false
      }
    }
    document.addEventListener('pointerdown', closeOutside)
    document.addEventListener('focusin', closeOutside)
    return () => {
      document.removeEventListener('pointerdown', closeOutside)
      document.removeEventListener('focusin', closeOutside)
    }
  }, [])
  return (
    <>
      <details ref={menu} class="menu" onKeyDown={closeOnEscape}>
        <summary class="button small">
          Files<span class="visually-hidden"> for {name}</span>
        </summary>
        <ul class="menu-list">
          <li>
            <a href={omegatPath(summary.id, locale)} download>
              Download for OmegaT <small>a ready project: unpack it and open the folder</small>
            </a>
          </li>
          <li>
            <a href={xliffPath(summary.id, locale, '1.2', 'poedit')} download>
              Download for Poedit <small>XLIFF 1.2</small>
            </a>
          </li>
          <li>
            <a href={xliffPath(summary.id, locale, '1.2', 'rich')} download>
              Download for Trados, memoQ, Phrase <small>XLIFF 1.2 with proposals</small>
            </a>
          </li>
          <li>
            <a href={xliffPath(summary.id, locale, '1.2')} download>
              Download XLIFF 1.2 <small>for other tools</small>
            </a>
          </li>
          <li>
            <a href={xliffPath(summary.id, locale, '2.0')} download>
              Download XLIFF 2.0 <small>for newer tools</small>
            </a>
          </li>
          {may(session, 'translate', locale) && (
            <li>
              <button type="button" onClick={() => (returning.value = true)}>
                Return a translated XLIFF… <small>see first what would change</small>
              </button>
            </li>
          )}
        </ul>
      </details>
      {returning.value && (
        <ReturnDialog document={summary} locale={locale} onClose={() => (returning.value = false)} />
      )}
    </>
  )
}

function closeOnEscape(event: KeyboardEvent) {
  if (event.key !== 'Escape' || !(event.currentTarget instanceof HTMLDetailsElement)) return
  event.currentTarget.open = false
  event.currentTarget.querySelector('summary')?.focus()
}
