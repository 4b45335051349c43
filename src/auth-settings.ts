import type { Config } from './env.ts'
import type { AuthSettings } from './http/auth.ts'
import { openMail } from './http/mail.ts'

/** How people can sign in, as the environment says. */
export function authSettingsOf(config: Config): Pick<AuthSettings, 'publicUrl' | 'mail' | 'oidc'> {
  const { TALMACH_SMTP_URL, TALMACH_MAIL_FROM, TALMACH_OIDC_ISSUER, TALMACH_OIDC_CLIENT_ID } = config
  return {
    publicUrl: config.TALMACH_PUBLIC_URL,
    mail:
      TALMACH_SMTP_URL === undefined || TALMACH_MAIL_FROM === undefined
        ? undefined
        : openMail(TALMACH_SMTP_URL, TALMACH_MAIL_FROM),
    oidc:
      TALMACH_OIDC_ISSUER === undefined || TALMACH_OIDC_CLIENT_ID === undefined
        ? undefined
        : {
            issuer: TALMACH_OIDC_ISSUER,
            clientId: TALMACH_OIDC_CLIENT_ID,
            clientSecret: config.TALMACH_OIDC_CLIENT_SECRET,
            name: config.TALMACH_OIDC_NAME,
          },
  }
}
