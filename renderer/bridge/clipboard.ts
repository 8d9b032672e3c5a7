/** A page in the desktop has no permission for the clipboard and asks the main process; a browser asks its user. */
export async function writeClipboard(text: string): Promise<void> {
  if (window.finops === undefined) {
    await navigator.clipboard.writeText(text)
    return
  }
  const copied = await window.finops.copy(text)
  if (!copied.ok) throw new Error(copied.failure.message)
}
