import { create } from 'zustand'

interface LogoState {
  /** A data address: too large for the view's address, so it lasts as long as the window. */
  readonly logo: string | null
  readonly setLogo: (logo: string | null) => void
}

export const useLogo = create<LogoState>((set) => ({
  logo: null,
  setLogo: (logo) => set({ logo }),
}))
