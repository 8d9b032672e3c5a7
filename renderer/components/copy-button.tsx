import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { writeClipboard } from '../bridge/clipboard'
import { showToast } from '../stores/toasts'
import { Button } from './button'

export async function copyText(text: string): Promise<boolean> {
  try {
    await writeClipboard(text)
    return true
  } catch (cause) {
    showToast('bad', 'Nothing was copied.', cause instanceof Error ? cause.message : null)
    return false
  }
}

interface CopyButtonProps {
  readonly text: () => string
  readonly label: string
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    if (!(await copyText(text()))) return
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <Button kind="quiet" onClick={() => void copy()}>
      {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </Button>
  )
}
