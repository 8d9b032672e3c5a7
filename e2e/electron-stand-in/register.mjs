import { register } from 'node:module'

/** `node --import .../register.mjs out/main/desktop.js` */
register('./resolve-hooks.mjs', import.meta.url)
