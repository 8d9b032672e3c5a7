import { digestOf, mintSecret, sameDigest } from './secrets'

export interface Sessions {
  /** Starts a session and answers the Set-Cookie value that carries it. */
  open(): string
  /** Whether a Cookie header carries a session that was opened here. */
  holds(cookieHeader: string | undefined): boolean
}

const mostSessions = 1_000

/**
 * Browsers share cookies between all ports of one address, so the port is part of the name: two workspaces
 * open side by side keep their sessions apart.
 */
export function sessionCookieName(port: number): string {
  return `finops_session_${port}`
}

export function createSessions(cookieName: string): Sessions {
  let digests: readonly Buffer[] = []
  return {
    open: () => {
      const secret = mintSecret()
      digests = [...digests, digestOf(secret)].slice(-mostSessions)
      return `${cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/`
    },
    holds: (cookieHeader) =>
      cookieValues(cookieHeader ?? '', cookieName).some((value) => {
        const digest = digestOf(value)
        // Every known session is compared: stopping at the first match would tell how many there are before it.
        return digests.filter((known) => sameDigest(known, digest)).length > 0
      }),
  }
}

function cookieValues(header: string, name: string): readonly string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}
