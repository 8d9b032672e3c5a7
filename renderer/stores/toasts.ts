import { create } from 'zustand'

export interface Toast {
  readonly id: number
  readonly tone: 'good' | 'bad' | 'plain'
  readonly message: string
  readonly detail: string | null
}

interface ToastStore {
  readonly toasts: readonly Toast[]
}

export const useToasts = create<ToastStore>()(() => ({ toasts: [] }))

let lastId = 0
const shownAtOnce = 4

export function showToast(tone: Toast['tone'], message: string, detail: string | null = null): void {
  lastId += 1
  const toast: Toast = { id: lastId, tone, message, detail }
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, toast].slice(-shownAtOnce) }))
}

export function hideToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}
