/** Chromium knows no scheme of ours, so a host of `app:` is shown under a name that no resolver answers. */
const suffix = '.stand-in.invalid'

/**
 * The address Chromium shows for one that the door gave.
 * @param {string} address
 */
export function toPage(address) {
  return address.replace(/^app:\/\/([^/?#]*)/, (_all, host) => `https://${host}${suffix}`)
}

/**
 * The address the door sees for one that Chromium shows.
 * @param {string} address
 */
export function toApp(address) {
  return address.replace(
    /^(blob:)?https:\/\/([^/?#]*)\.stand-in\.invalid/,
    (_all, blob, host) => `${blob ?? ''}app://${host}`,
  )
}
