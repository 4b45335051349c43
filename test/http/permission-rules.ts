/**
 * Who may ask for what, written down a second time and without the program: by hand from docs/people.md. A route of
 * `/api/openapi.json` that is not in it fails the test.
 */
export type Need =
  /** Nobody need be known. */
  | 'anybody'
  /** Whoever is known; they see what is theirs. */
  | 'known'
  /** A person who signed in; a token is refused. */
  | 'session'
  | 'read'
  | 'submit'
  | 'translate'
  | 'review'
  | 'waive'
  | 'propose'
  | 'curate'
  | 'publish'
  | 'manage'
  /** Only whoever wrote it. */
  | 'nobody else'

export type Rule = {
  readonly needs: Need
  /** It touches German: `of the path`, or what stands in the request. */
  readonly german?: true
  /** It touches all languages of the document, German and French. */
  readonly everyLanguage?: true
  /** It is about a document, although the path does not say so. */
  readonly document?: true
  /** A role in any document is enough: the answer is about that document only. */
  readonly anyDocument?: true
  readonly query?: string
  readonly body?: unknown
  /** Whoever wrote it may too. */
  readonly author?: true
  /** In place of JSON. */
  readonly form?: Readonly<Record<string, string>>
  readonly text?: { readonly type: string; readonly body: string }
}

/** README and docs/people.md. */
export const ROLE_MAY: Readonly<Record<string, readonly Need[]>> = {
  submitter: ['read', 'submit'],
  translator: ['read', 'translate', 'propose'],
  editor: ['read', 'submit', 'translate', 'review', 'waive', 'propose'],
  terminologist: ['read', 'waive', 'propose', 'curate'],
  publisher: ['publish'],
  admin: ['read', 'submit', 'translate', 'review', 'waive', 'propose', 'curate', 'publish', 'manage'],
}

const german = { german: true } as const
const concept = {
  subject: '',
  definition: '',
  source: '',
  enforcement: 'hard',
  terms: [{ locale: 'en', text: 'x' }],
} as const
const note = { note: 'because' } as const
const pair = 'sourceLocale=en&targetLocale=de'
const XLIFF = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"></xliff>'

export const RULES: Readonly<Record<string, Rule>> = {
  'GET /api/session': { needs: 'known' },
  'POST /api/session': { needs: 'anybody', body: { token: 'x' } },
  'DELETE /api/session': { needs: 'anybody' },
  'GET /api/sign-in': { needs: 'anybody' },
  'POST /api/auth/sign-in/email': { needs: 'anybody', body: { email: 'x', password: 'y' } },
  'POST /api/auth/sign-in/magic-link': { needs: 'anybody', body: { email: 'x' } },
  'POST /api/auth/sign-in/social': { needs: 'anybody', body: { provider: 'oidc' } },
  'GET /api/auth/callback/oidc': { needs: 'anybody' },
  'POST /api/auth/link-social': { needs: 'session', body: { provider: 'oidc' } },
  'POST /api/auth/change-password': { needs: 'session', body: { currentPassword: 'x', newPassword: 'y' } },
  'GET /api/auth/passkey/generate-authenticate-options': { needs: 'anybody' },
  'POST /api/auth/passkey/verify-authentication': { needs: 'anybody', body: { response: {} } },
  'GET /api/auth/passkey/generate-register-options': { needs: 'session' },
  'POST /api/auth/passkey/verify-registration': { needs: 'session', body: { response: {} } },
  'POST /api/auth/passkey/delete-passkey': { needs: 'session', body: { id: 'x' } },

  'GET /api/people/me': { needs: 'session' },
  'PATCH /api/people/me': { needs: 'session', body: { name: 'Somebody' } },
  'PUT /api/people/me/email': { needs: 'session', body: { email: null } },
  'POST /api/people/me/password': { needs: 'session', body: { password: 'long enough it is' } },
  'DELETE /api/people/me/sessions/{id}': { needs: 'session' },
  'GET /api/people/me/export': { needs: 'session' },
  'POST /api/people/me/erasure': { needs: 'session', body: { name: 'Somebody' } },
  'GET /api/tokens': { needs: 'session' },
  'POST /api/tokens': { needs: 'session', body: { label: 'x' } },
  'DELETE /api/tokens/{id}': { needs: 'session' },
  'GET /api/people': { needs: 'manage' },
  'GET /api/people/names': { needs: 'read' },
  'GET /api/people/{id}': { needs: 'manage' },
  'PATCH /api/people/{id}': { needs: 'manage', body: { blocked: false } },
  'DELETE /api/people/{id}': { needs: 'manage' },
  'POST /api/people/{id}/link': { needs: 'manage' },
  'GET /api/invitations': { needs: 'manage' },
  'POST /api/invitations': {
    needs: 'manage',
    ...german,
    body: { grants: [{ role: 'translator', locales: ['de'] }] },
  },
  'DELETE /api/invitations/{id}': { needs: 'manage' },
  'POST /api/invitations/look': { needs: 'anybody', body: { code: 'x' } },
  'POST /api/invitations/accept': { needs: 'anybody', body: { code: 'x', name: 'y' } },

  'POST /api/documents': {
    needs: 'submit',
    query: 'dryRun=true',
    body: { text: '# A', format: 'markdown', sourceLocale: 'en', targetLocales: ['de'] },
  },
  'GET /api/documents': { needs: 'read', anyDocument: true },
  'GET /api/documents/{id}': { needs: 'read' },
  'PATCH /api/documents/{id}': { needs: 'submit', body: {} },
  'GET /api/documents/{id}/source': { needs: 'read' },
  'PUT /api/documents/{id}/source': {
    needs: 'submit',
    query: 'dryRun=true',
    body: { text: '# Other', format: 'markdown' },
  },
  'GET /api/documents/{id}/cost': { needs: 'read' },
  'GET /api/documents/{id}/quality': { needs: 'read' },
  'POST /api/intake': { needs: 'submit', body: { html: '<p>x</p>' } },
  'GET /api/board': { needs: 'read', anyDocument: true },
  'GET /api/board/people': { needs: 'read' },
  'GET /api/documents/{id}/assignments': { needs: 'read' },
  'POST /api/documents/{id}/assignments': {
    needs: 'translate',
    ...german,
    body: { locale: 'de', role: 'translator' },
  },
  'POST /api/documents/{id}/assignments/{assignment}/hand-back': { needs: 'read', body: {} },

  'GET /api/documents/{id}/xliff/{locale}': { needs: 'read', ...german },
  'PUT /api/documents/{id}/xliff/{locale}': {
    needs: 'translate',
    ...german,
    query: 'dryRun=true',
    text: { type: 'application/xliff+xml', body: XLIFF },
  },
  'GET /api/documents/{id}/omegat/{locale}': { needs: 'read', ...german },
  'PUT /api/documents/{id}/omegat/{locale}': {
    needs: 'translate',
    ...german,
    query: 'dryRun=true',
    text: { type: 'application/x-tmx+xml', body: '<tmx version="1.4"></tmx>' },
  },
  'POST /api/validate': { needs: 'read', form: { file: XLIFF } },
  'POST /api/convert': { needs: 'read', form: { file: XLIFF, form: 'xliff-2.1' } },

  'GET /api/documents/{id}/segments/{locale}': { needs: 'read', ...german },
  'GET /api/segments/{id}/targets/{locale}': { needs: 'read', ...german },
  'PUT /api/segments/{id}/targets/{locale}': { needs: 'translate', ...german, body: { text: 'x' } },
  'GET /api/segments/{id}/targets/{locale}/history': { needs: 'read', ...german },
  'GET /api/segments/{id}/matches/{locale}': { needs: 'read', ...german },
  'POST /api/segments/{id}/targets/{locale}/approve': { needs: 'review', ...german },
  'POST /api/segments/{id}/targets/{locale}/unapprove': { needs: 'review', ...german },
  'POST /api/segments/{id}/targets/{locale}/restore': { needs: 'translate', ...german, body: { version: 1 } },
  'POST /api/segments/{id}/targets/{locale}/reject': {
    needs: 'review',
    ...german,
    body: { category: 'style' },
  },
  'POST /api/segments/{id}/targets/{locale}/conflicts/{conflict}/resolve': {
    needs: 'review',
    ...german,
    body: { text: 'x' },
  },
  'POST /api/segments/{id}/targets/{locale}/waive': {
    needs: 'waive',
    ...german,
    body: { conceptId: 'omon', reason: 'because of it' },
  },
  'POST /api/segments/{id}/split': { needs: 'review', everyLanguage: true, body: { offset: 1 } },
  'POST /api/segments/{id}/merge': { needs: 'review', everyLanguage: true },
  'POST /api/segments/{id}/cuts/{cut}/undo': { needs: 'review', everyLanguage: true },
  'POST /api/documents/{id}/locales/{locale}/approve': { needs: 'review', ...german },
  'GET /api/documents/{id}/locales/{locale}/approvals': { needs: 'read', ...german },
  'POST /api/documents/{id}/locales/{locale}/approvals/{batch}/undo': { needs: 'review', ...german },
  'GET /api/documents/{id}/review': { needs: 'read' },
  'PUT /api/documents/{id}/review': { needs: 'manage', body: { fourEyes: null } },
  'POST /api/documents/{id}/locales/{locale}/changes': {
    needs: 'translate',
    ...german,
    body: { kind: 'replace', changes: [{ segment: '1', version: 1, text: 'x' }] },
  },

  'GET /api/documents/{id}/comments/{locale}': { needs: 'read', ...german },
  'GET /api/documents/{id}/names': { needs: 'read' },
  'POST /api/segments/{id}/comments': { needs: 'read', ...german, body: { text: 'x', locale: 'de' } },
  'PUT /api/comments/{id}': { needs: 'nobody else', author: true, document: true, body: { text: 'x' } },
  'DELETE /api/comments/{id}': { needs: 'manage', author: true, ...german, document: true },
  'POST /api/comments/{id}/resolve': { needs: 'read', ...german, document: true },
  'POST /api/comments/{id}/reopen': { needs: 'read', ...german, document: true },
  'GET /api/comments': { needs: 'known', query: 'list=mentions' },
  'PUT /api/documents/{id}/presence/{locale}': {
    needs: 'read',
    ...german,
    body: { tab: '00000000-0000-4000-8000-000000000001', segment: null },
  },
  'DELETE /api/documents/{id}/presence/{tab}': { needs: 'read' },

  'GET /api/memories': { needs: 'read' },
  'POST /api/memories': { needs: 'manage', body: { name: 'Another' } },
  'PATCH /api/memories/{id}': { needs: 'manage', body: { penalty: 1 } },
  'DELETE /api/memories/{id}': { needs: 'manage' },
  'GET /api/memories/search': { needs: 'read', ...german, query: `q=x&${pair}` },
  'PUT /api/memories/units/{id}': { needs: 'review', ...german, body: { target: 'x' } },
  'DELETE /api/memories/units/{id}': { needs: 'review', ...german },
  'GET /api/memories/cleaning': { needs: 'read', ...german, query: `find=same&${pair}` },
  'POST /api/memories/removals': { needs: 'review', body: { ids: ['999999999'] } },
  'POST /api/memories/removals/{id}/undo': { needs: 'review' },
  'POST /api/memories/{id}/import': {
    needs: 'manage',
    query: pair,
    text: { type: 'application/x-tmx+xml', body: '<tmx version="1.4"><header/><body/></tmx>' },
  },
  'GET /api/memories/{id}/export': { needs: 'read', ...german, query: pair },

  'GET /api/documents/{id}/bundle/{locale}': { needs: 'publish', ...german },
  'GET /api/documents/{id}/content': { needs: 'publish' },
  'GET /api/bundles/{sha256}': { needs: 'publish' },
  'GET /api/documents/{id}/bundle': { needs: 'publish' },
  'GET /api/releases': { needs: 'publish' },
  'GET /api/releases/{sha256}': { needs: 'publish', everyLanguage: true },
  'GET /api/publications': { needs: 'known' },
  'GET /api/documents/{id}/publications': { needs: 'known' },
  'GET /api/documents/{id}/publication': { needs: 'read' },
  'PATCH /api/documents/{id}/publication': { needs: 'review', everyLanguage: true, body: {} },
  'POST /api/documents/{id}/release': { needs: 'review', everyLanguage: true, body: {} },
  'PUT /api/documents/{id}/retraction': {
    needs: 'review',
    everyLanguage: true,
    body: { notice: 'gone', notices: {} },
  },
  'DELETE /api/documents/{id}/retraction': { needs: 'review', everyLanguage: true },
  'GET /api/documents/{id}/corrections': { needs: 'read' },
  'POST /api/documents/{id}/corrections': { needs: 'review', everyLanguage: true, body: { note: 'x' } },
  'PUT /api/documents/{id}/corrections/{correction}/notes/{locale}': {
    needs: 'review',
    ...german,
    body: { note: 'x' },
  },
  'DELETE /api/documents/{id}/corrections/{correction}': { needs: 'review', everyLanguage: true },

  'GET /api/webhooks': { needs: 'manage' },
  'POST /api/webhooks': { needs: 'manage', body: { url: 'https://127.0.0.1/' } },
  'PATCH /api/webhooks/{id}': { needs: 'manage', body: { paused: true } },
  'DELETE /api/webhooks/{id}': { needs: 'manage' },
  'POST /api/webhooks/{id}/secret': { needs: 'manage', body: {} },
  'GET /api/webhooks/{id}/deliveries': { needs: 'manage' },
  'POST /api/webhooks/{id}/replay': { needs: 'manage', body: {} },
  'GET /api/webhook-errors': { needs: 'manage' },
  'POST /api/webhooks/{id}/test': { needs: 'manage' },
  'POST /api/webhooks/{id}/deliveries/{event}/replay': { needs: 'manage' },
  'GET /api/reports': { needs: 'read', anyDocument: true, query: 'from=2026-01-01&to=2026-01-31' },

  'GET /api/glossaries': { needs: 'read' },
  'POST /api/glossaries/{glossary}/import': {
    needs: 'curate',
    query: 'dryRun=true&file=a.csv',
    text: { type: 'application/octet-stream', body: 'en,de\nhouse,Haus\n' },
  },
  'GET /api/glossaries/{glossary}/export': { needs: 'read', query: 'format=csv' },
  'PUT /api/glossaries/{glossary}/settings': { needs: 'curate', body: {} },
  'GET /api/glossaries/{glossary}/concepts': { needs: 'read' },
  'POST /api/glossaries/{glossary}/concepts': { needs: 'curate', body: { ...concept, ...note } },
  'GET /api/glossaries/{glossary}/concepts/{id}': { needs: 'read' },
  'PUT /api/glossaries/{glossary}/concepts/{id}': { needs: 'curate', body: { ...concept, ...note } },
  'POST /api/glossaries/{glossary}/concepts/{id}/approve': { needs: 'curate', body: note },
  'POST /api/glossaries/{glossary}/concepts/{id}/reject': { needs: 'curate', body: note },
  'POST /api/glossaries/{glossary}/concepts/{id}/deprecate': { needs: 'curate', body: note },
  'POST /api/glossaries/{glossary}/concepts/{id}/merge': { needs: 'curate', body: { into: 'x', ...note } },
  'POST /api/glossaries/{glossary}/concepts/{id}/comments': { needs: 'propose', body: { text: 'x' } },
  'GET /api/glossaries/{glossary}/concepts/{id}/history': { needs: 'read' },
  'GET /api/glossaries/{glossary}/concepts/{id}/use': { needs: 'read' },
  'GET /api/glossaries/{glossary}/concepts/{id}/use/segments': { needs: 'read' },
  'GET /api/glossaries/{glossary}/rechecks': { needs: 'read' },
  'GET /api/term-rechecks/{id}': { needs: 'read' },
  'GET /api/term-rechecks/{id}/segments': { needs: 'read' },
  'GET /api/documents/{id}/term-candidates': { needs: 'read' },
  'GET /api/documents/{id}/checks': { needs: 'read' },
  'PUT /api/documents/{id}/checks': { needs: 'curate', body: {} },
}
