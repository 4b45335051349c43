import { useSignal } from '@preact/signals'
import type { AssignmentRole } from '../../domain/assignment.ts'
import type { AssignmentView } from '../../http/assignment-schemas.ts'
import type { BoardCell, BoardRow } from '../../http/board-schemas.ts'
import type { SessionView } from '../../http/session-schemas.ts'
import { omegatPath, xliffPath } from '../api.ts'
import { t } from '../i18n.ts'
import { notify } from '../notices.tsx'
import { describeFailure } from '../request.ts'
import { may } from '../session.ts'
import { localeName } from '../words.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { assign } from './board-api.ts'
import { roleWords } from './board-words.ts'
import { receive } from './documents.ts'
import { HandBackDialog } from './hand-back-dialog.tsx'
import { Menu } from './menu.tsx'
import { ReturnDialog } from './return-dialog.tsx'

type CellMenuProps = {
  readonly document: BoardRow
  readonly cell: BoardCell
  readonly session: SessionView
}

/** Takes a role in a language for whoever is signed in. */
export async function take(document: BoardRow, cell: BoardCell, role: AssignmentRole): Promise<void> {
  const answer = await assign(document.id, { locale: cell.locale, role })
  if (answer.kind !== 'ok') {
    notify(describeFailure(answer), 'problem')
    return
  }
  receive(answer.value)
  notify(
    t('It is yours: {language}, as {role}.', { language: localeName(cell.locale), role: roleWords(role) }),
  )
}

/** The roles that whoever is signed in could take now. */
export function takeable(cell: BoardCell, session: SessionView): readonly AssignmentRole[] {
  const { locale } = cell
  const roles: readonly AssignmentRole[] = ['translator', 'editor']
  return roles.filter((role) => {
    if (!may(session, role === 'editor' ? 'review' : 'translate', locale)) return false
    const held = cell.people.find((one) => one.role === role)
    return held === undefined ? cell.state !== 'approved' : held.lapsed && held.person !== session.name
  })
}

/** What can be done with one language of a document. */
export function CellMenu({ document, cell, session }: CellMenuProps) {
  const dialog = useSignal<'assign' | 'return' | AssignmentView | null>(null)
  const close = () => (dialog.value = null)
  const { locale } = cell
  const ended = cell.people.filter(({ person }) => person === session.name || may(session, 'review', locale))
  const open = cell.state !== 'queued' && cell.segments > 0
  return (
    <>
      <Menu label="⋯" of={t('Actions for {language}', { language: localeName(locale) })} quiet>
        {takeable(cell, session).map((role) => (
          <li key={role}>
            <button type="button" onClick={() => void take(document, cell, role)}>
              {cell.people.some((one) => one.role === role)
                ? t('Take over as {role}', { role: roleWords(role) })
                : t('Take it as {role}', { role: roleWords(role) })}
            </button>
          </li>
        ))}
        {may(session, 'review', locale) && cell.state !== 'approved' && (
          <li>
            <button type="button" onClick={() => (dialog.value = 'assign')}>
              {t('Assign to somebody…')}
            </button>
          </li>
        )}
        {ended.map((held) => (
          <li key={held.id}>
            <button type="button" onClick={() => (dialog.value = held)}>
              {held.person === session.name
                ? t('Hand back as {role}…', { role: roleWords(held.role) })
                : t('Take it from {person}…', { person: held.person })}
            </button>
          </li>
        ))}
        {open && <Files document={document} locale={locale} />}
        {open && may(session, 'translate', locale) && (
          <li>
            <button type="button" onClick={() => (dialog.value = 'return')}>
              {t('Return a translated XLIFF…')} <small>{t('see first what would change')}</small>
            </button>
          </li>
        )}
      </Menu>
      {dialog.value === 'assign' && (
        <AssignDialog document={document} cell={cell} session={session} onClose={close} />
      )}
      {dialog.value === 'return' && <ReturnDialog document={document} locale={locale} onClose={close} />}
      {dialog.value !== null && typeof dialog.value === 'object' && (
        <HandBackDialog document={document} held={dialog.value} session={session} onClose={close} />
      )}
    </>
  )
}

function Files({ document, locale }: { readonly document: BoardRow; readonly locale: string }) {
  return (
    <>
      <li>
        <a href={omegatPath(document.id, locale)} download>
          {t('Download for OmegaT')} <small>{t('a ready project: unpack it and open the folder')}</small>
        </a>
      </li>
      <li>
        <a href={xliffPath(document.id, locale, '1.2', 'poedit')} download>
          {t('Download for Poedit')} <small>XLIFF 1.2</small>
        </a>
      </li>
      <li>
        <a href={xliffPath(document.id, locale, '1.2', 'rich')} download>
          {t('Download for Trados, memoQ, Phrase')} <small>{t('XLIFF 1.2 with proposals')}</small>
        </a>
      </li>
      <li>
        <a href={xliffPath(document.id, locale, '1.2')} download>
          {t('Download XLIFF 1.2')} <small>{t('for other tools')}</small>
        </a>
      </li>
      <li>
        <a href={xliffPath(document.id, locale, '2.0')} download>
          {t('Download XLIFF 2.0')} <small>{t('for newer tools')}</small>
        </a>
      </li>
    </>
  )
}
