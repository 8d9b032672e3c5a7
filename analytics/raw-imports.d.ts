declare module '*?raw' {
  const text: string
  export default text
}

/** The file itself, as a data address. */
declare module '*?inline' {
  const address: string
  export default address
}
